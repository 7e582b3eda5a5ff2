"""Is the trail what was written?"""

from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Max, Subquery

from audit.models import Entry, Head
from audit.rules.chain import details_digest, link_hash
from audit.rules.vocabulary import DETAILS_ERASED

BATCH = 2000


class Fault(StrEnum):
    CHANGED = "the entry was changed after it was written"
    OUT_OF_PLACE = "it does not follow the entry before it: one is missing, or the order changed"
    DETAILS = "its details were changed after it was written"
    ERASED_UNRECORDED = "its details were erased without a record of who did it"
    CUT_OFF = "entries after it were cut off the end"
    UNACCOUNTED = "it was added past the writers, or the head was changed"


@dataclass(frozen=True, slots=True)
class Verification:
    """`fault` is None when the trail holds; `entry_id` 0 means before the first entry."""

    count: int
    hash: str
    entry_id: int
    fault: Fault | None = None


def verify() -> Verification:
    """Walk the whole trail, oldest first, to its first broken link."""
    expected_count, expected_hash, last_id = _end()
    count, previous, previous_id = 0, "", 0
    erased: dict[str, int] = {}
    entries = Entry.objects.filter(pk__lte=last_id).order_by("pk")
    for entry in entries.iterator(chunk_size=BATCH):
        if fault := _fault(entry, previous):
            return Verification(count, previous, entry.pk, fault)
        _follow_erasure(entry, erased)
        count, previous, previous_id = count + 1, entry.hash, entry.pk
    if erased:
        return Verification(count, previous, min(erased.values()), Fault.ERASED_UNRECORDED)
    fault = _fault_at_end(count, previous, expected_count, expected_hash)
    return Verification(count, previous, previous_id, fault)


def _end() -> tuple[int, str, int]:
    """Count and hash by the head, and the newest id, all as of one moment: one statement."""
    newest = Subquery(Entry.objects.order_by("-pk").values("pk")[:1])
    head = Head.objects.filter(pk=1).annotate(newest=newest)
    row = head.values_list("entry_count", "hash", "newest").first()
    if row is None:
        last = Entry.objects.aggregate(newest=Max("pk"))["newest"]
        return 0, "", last or 0
    return row[0], row[1], row[2] or 0


def _fault(entry: Entry, previous_hash: str) -> Fault | None:
    if entry.previous_hash != previous_hash:
        return Fault.OUT_OF_PLACE
    if entry.hash != _hash(entry):
        return Fault.CHANGED
    if entry.details is None or entry.salt is None:
        return None if entry.details is entry.salt else Fault.DETAILS
    whole = entry.details_digest == details_digest(entry.salt, entry.details)
    return None if whole else Fault.DETAILS


def _hash(entry: Entry) -> str:
    return link_hash(
        previous_hash=entry.previous_hash,
        at=entry.at,
        action=entry.action,
        actor=entry.actor,
        subject_type=entry.subject_type,
        subject_id=entry.subject_id,
        details_digest=entry.details_digest,
    )


def _follow_erasure(entry: Entry, erased: dict[str, int]) -> None:
    """The record of an erasure always stands after what it erased."""
    if entry.details is None:
        erased[str(entry.pk)] = entry.pk
    if entry.action == DETAILS_ERASED:
        erased.pop(entry.subject_id, None)


def _fault_at_end(
    count: int, last_hash: str, expected_count: int, expected_hash: str
) -> Fault | None:
    if (count, last_hash) == (expected_count, expected_hash):
        return None
    return Fault.CUT_OFF if count < expected_count else Fault.UNACCOUNTED
