"""The two things that may happen to the trail: it grows, and details are erased from it."""

import json
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction

from audit.models import Entry, Head
from audit.rules.chain import details_digest, link_hash
from audit.rules.vocabulary import DETAILS_ERASED

ACTOR_LENGTH = 200


@dataclass(frozen=True, slots=True)
class Note:
    """What one entry says.

    `actor` and `subject_id` can never be erased, so a person is `user:7`, never a name; what is
    personal belongs in `details`.
    """

    action: str
    actor: str
    subject_type: str
    subject_id: str
    details: dict[str, object] | None = None


def record(
    *,
    action: str,
    actor: str,
    subject_type: str,
    subject_id: str,
    at: datetime,
    details: dict[str, object] | None = None,
) -> Entry:
    """Append a Note to the trail. Call inside the transaction of what it records, and last.

    All writers wait at the head, so who took it first and then waits for a row would wait for
    ever for one who did it the other way round.
    """
    [entry] = record_all([Note(action, actor, subject_type, subject_id, details)], at=at)
    return entry


@transaction.atomic
def record_all(notes: Iterable[Note], *, at: datetime) -> list[Entry]:
    """Append several in their order: a handful of queries, however many."""
    head = _locked_head()
    entries = []
    for note in notes:
        entries.append(_entry(note, head.hash, at=at))
        head.hash = entries[-1].hash
        head.entry_count += 1
    Entry.objects.bulk_create(entries)
    head.save(update_fields=["entry_count", "hash"])
    return entries


@transaction.atomic
def erase(entry: Entry, *, actor: str, at: datetime, reason: str) -> Entry:
    """Take an entry's details out for good. The chain holds, and says who did it and why."""
    Entry.objects.filter(pk=entry.pk).update(details=None, salt=None)
    return record(
        action=DETAILS_ERASED,
        actor=actor,
        subject_type="audit.entry",
        subject_id=str(entry.pk),
        at=at,
        details={"reason": reason},
    )


def _entry(note: Note, previous_hash: str, *, at: datetime) -> Entry:
    kept = _as_stored(note.details or {})
    salt = secrets.token_hex(16)
    digest = details_digest(salt, kept)
    actor = note.actor[:ACTOR_LENGTH]
    return Entry(
        at=at,
        action=note.action,
        actor=actor,
        subject_type=note.subject_type,
        subject_id=note.subject_id,
        details=kept,
        salt=salt,
        details_digest=digest,
        previous_hash=previous_hash,
        hash=link_hash(
            previous_hash=previous_hash,
            at=at,
            action=note.action,
            actor=actor,
            subject_type=note.subject_type,
            subject_id=note.subject_id,
            details_digest=digest,
        ),
    )


def _locked_head() -> Head:
    """Writers queue here, so that two entries never name the same predecessor."""
    head, _created = Head.objects.select_for_update().get_or_create(pk=1)
    return head


def _as_stored(details: dict[str, object]) -> dict[str, object]:
    """The details as the database will give them back.

    It keeps no difference between 1e2 and 100, so fractions become text; and no NUL.
    """
    text = json.dumps(details, cls=DjangoJSONEncoder).replace(r"\u0000", "")
    stored: dict[str, object] = json.loads(text, parse_float=str)
    return stored
