"""Documents from elsewhere: streamed, in batches, each committed whole, as often as one likes."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from pathlib import Path

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from audit.services import record
from disclosure.models import Document
from disclosure.services.batches import process
from disclosure.services.entries import Row, Surroundings
from disclosure.services.folders import Folder
from disclosure.services.lookups import Bodies, Topics, referred_to
from disclosure.services.rows import Unreadable
from disclosure.services.seen import Pending, Seen
from disclosure.services.tally import Outcome, Remark, Sinks, Tally
from search.services import mark_changed

BATCH_ROWS = 500
BATCH_CHARACTERS = 8_000_000  # rows may carry long texts
_ATTEMPTS = 3


def import_rows(  # noqa: PLR0913  a source, its options, and where the news of it goes
    rows: Iterable[Row],
    *,
    at: datetime,
    actor: str,
    create_agencies: bool = False,
    folder: Path | None = None,
    on_progress: Callable[[Tally], None] | None = None,
    sinks: Sinks | None = None,
) -> Tally:
    """Bring rows (line number, fields) into the catalogue. Doing it again changes nothing.

    Cut short at any moment, what was committed stays, and the next run does the rest.
    """
    tally = Tally()
    seen = Seen()
    around = Surroundings(
        at=at,
        bodies=Bodies(create=create_agencies, at=at, actor=actor),
        topics=Topics(),
        folder=Folder(folder),
        seen=seen,
    )
    _note("documents.import_began", tally, actor=actor, at=at)
    try:
        for batch in _batches(rows):
            _attempt(batch, around).add_to(tally, sinks or Sinks())
            if on_progress:
                on_progress(tally)
        _link_late(seen).add_to(tally, sinks or Sinks())
        if tally.created:
            _count_anew()
    finally:
        seen.close()
        _note("documents.imported", tally, actor=actor, at=at)
    return tally


def _batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    batch: list[Row] = []
    characters = 0
    for line, row in rows:
        batch.append((line, row))
        fields = row.row if isinstance(row, Unreadable) else row
        characters += sum(len(value) for value in fields.values() if isinstance(value, str))
        if len(batch) >= BATCH_ROWS or characters >= BATCH_CHARACTERS:
            yield batch
            batch, characters = [], 0
    if batch:
        yield batch


def _attempt(batch: list[Row], around: Surroundings) -> Outcome:
    """Once more if somebody else wrote the same number in between."""
    for _attempt_but_last in range(_ATTEMPTS - 1):
        try:
            return _commit(batch, around)
        except IntegrityError:
            continue
    return _commit(batch, around)


def _commit(batch: list[Row], around: Surroundings) -> Outcome:
    try:
        with transaction.atomic():
            outcome = process(batch, around)
    except BaseException:
        around.seen.rollback()
        around.bodies.forget()
        raise
    around.seen.commit()
    return outcome


def _link_late(seen: Seen) -> Outcome:
    """Interpretations that came before what they interpret."""
    outcome = Outcome()
    for chunk in seen.pending(BATCH_ROWS):
        with transaction.atomic():
            _link_chunk(chunk, outcome)
    return outcome


def _link_chunk(chunk: list[Pending], outcome: Outcome) -> None:
    documents = Document.objects.only("agency_id", "interprets_id", "import_digest").in_bulk(
        [late.document_id for late in chunk]
    )
    present = [late for late in chunk if late.document_id in documents]
    found = referred_to(
        [(late.reference, documents[late.document_id].agency_id) for late in present]
    )
    linked: list[Document] = []
    for late in present:
        document = documents[late.document_id]
        target = found.get((late.reference, document.agency_id))
        if target and target != document.pk:
            document.interprets_id = target
            document.import_digest = late.digest
            linked.append(document)
        else:
            words = _("The document it interprets is not here: %s") % late.reference
            outcome.remarks.append(Remark(late.line, words))
    Document.objects.bulk_update(linked, ["interprets", "import_digest"])
    mark_changed("document", [document.pk for document in linked])


def _count_anew() -> None:
    """Until PostgreSQL has looked at new rows it sorts all of them for a page of twenty.

    It would look by itself, a minute or more later.
    """
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE disclosure_document, disclosure_topic, agencies_agency")


def _note(action: str, tally: Tally, *, actor: str, at: datetime) -> None:
    counts: dict[str, object] = {
        "created": tally.created,
        "updated": tally.updated,
        "unchanged": tally.unchanged,
        "rejected": tally.rejected_count,
    }
    record(
        action=action,
        actor=actor,
        subject_type="import",
        subject_id=at.isoformat(),
        at=at,
        details=counts,
    )
