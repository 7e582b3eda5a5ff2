"""A batch's documents written, numbered, linked and announced to the index."""

from collections.abc import Sequence
from datetime import datetime

from deadlines.rules.dates import day_of
from disclosure.models import Document
from disclosure.services import attachments
from disclosure.services.entries import Entry, Surroundings
from disclosure.services.folders import Folder
from disclosure.services.lookups import referred_to
from disclosure.services.numbering import take_many
from disclosure.services.seen import Seen
from search.services import mark_changed

_WRITTEN = [
    field.name
    for field in Document._meta.concrete_fields
    if field.name not in ("id", "index_number", "agency", "interprets", "created_at")
]


def write(entries: Sequence[Entry], around: Surroundings) -> None:
    new = [(entry, entry.document) for entry in entries if entry.new and entry.document]
    _number([document for _entry, document in new], at=around.at)
    Document.objects.bulk_create([document for _entry, document in new])
    old = [entry.document for entry in entries if not entry.new and entry.document]
    # Several times as fast as bulk_update, which compares every id for every column.
    Document.objects.bulk_create(
        old, update_conflicts=True, unique_fields=["id"], update_fields=_WRITTEN
    )
    for entry in entries:
        _attach(entry, around.folder)
    link(entries, around.seen)
    mark_changed("document", [entry.document.pk for entry in entries if entry.document])


def _number(documents: Sequence[Document], *, at: datetime) -> None:
    unnumbered = [document for document in documents if not document.index_number]
    days = [document.issued_on or day_of(document.published_at or at) for document in unnumbered]
    wanted = [(document.agency, day) for document, day in zip(unnumbered, days, strict=True)]
    for document, number in zip(unnumbered, take_many(wanted), strict=True):
        document.index_number = number


def _attach(entry: Entry, folder: Folder) -> None:
    """What the row names is attached; what an earlier import brought and it now lacks goes."""
    names, document = entry.files(), entry.document
    if document is None or not names:
        return
    digests = [folder.digest(name) for name in names]
    for attachment in () if entry.new else document.attachments.exclude(sha256__in=digests):
        attachments.remove(attachment)
    for name in names:
        attachments.put(document, name=name, content=folder.read(name))


def link(entries: Sequence[Entry], seen: Seen) -> None:
    """To the documents they interpret; one that is still to come is linked at the end."""
    wanted = [entry for entry in entries if entry.document and entry.incoming.interprets]
    if not wanted:
        return
    found = referred_to([(entry.incoming.interprets, entry.agency.pk) for entry in wanted])
    documents: list[Document] = []
    for entry in wanted:
        document = entry.document
        if document is None:
            continue
        target = found.get((entry.incoming.interprets, entry.agency.pk))
        document.interprets_id = target if target != document.pk else None
        if document.interprets_id is None:
            # Should this import be cut short, the next takes up a row without a digest.
            document.import_digest = ""
            seen.put_off(
                line=entry.line,
                document_id=document.pk,
                reference=entry.incoming.interprets,
                digest=entry.digest,
            )
        documents.append(document)
    Document.objects.bulk_update(documents, ["interprets", "import_digest"])
