"""One batch of an import: matched, cleaned, numbered and written in a fixed number of queries."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import connection
from django.utils.translation import gettext as _

from agencies.models import Agency
from deadlines.rules.dates import start_of_day
from disclosure.extraction import bodies as texts
from disclosure.extraction.bodies import Body
from disclosure.extraction.limits import ExtractionError
from disclosure.models import Document, Topic
from disclosure.rules.cleaning import Finding, Note
from disclosure.rules.vocabulary import Publicity
from disclosure.services import attachments
from disclosure.services.entries import Entry, Row, Surroundings
from disclosure.services.folders import Folder
from disclosure.services.lookups import Held
from disclosure.services.rows import Incoming, RejectionError, Unreadable, read_row
from disclosure.services.tally import Outcome, Remark
from disclosure.services.writing import write

ONE_IMPORT_AT_A_TIME = 7_116_001  # the advisory lock; two would trip over each other's keys


def process(rows: Sequence[Row], around: Surroundings) -> Outcome:
    """Call inside a transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_IMPORT_AT_A_TIME])
    outcome = Outcome()
    entries = _entries(rows, around, outcome)
    while entries:
        # A row that may be the same document as an earlier one of the batch waits for it.
        first, entries = _apart(entries)
        _process_apart(first, around, outcome)
    return outcome


def _entries(rows: Sequence[Row], around: Surroundings, outcome: Outcome) -> list[Entry]:
    read: list[tuple[int, Mapping[str, object], Incoming]] = []
    for line, row in rows:
        if isinstance(row, Unreadable):
            outcome.reject(line, row.reason, row.row)
            continue
        try:
            read.append((line, row, read_row(row, at=around.at)))
        except RejectionError as error:
            outcome.reject(line, str(error), row)
    around.bodies.learn(incoming.agency for _line, _row, incoming in read)
    entries: list[Entry] = []
    for line, row, incoming in read:
        try:
            entries.append(_entry(line, row, incoming, around))
        except RejectionError as error:
            outcome.reject(line, str(error), row)
    return entries


def _entry(line: int, row: Mapping[str, object], incoming: Incoming, around: Surroundings) -> Entry:
    """Raises RejectionError."""
    agency = around.bodies.get(incoming.agency)
    names = [name for name in (incoming.file, *incoming.attachments) if name]
    return Entry(
        line=line,
        row=row,
        incoming=incoming,
        agency=agency,
        topic=around.topics.get(incoming.topic),
        digest=incoming.digest([around.folder.digest(name) for name in names]),
        key=import_key(incoming, agency),
    )


def import_key(row: Incoming, agency: Agency) -> str:
    """Its index number, else its body and number, else its body, title and date."""
    if row.index_number:
        return f"i:{row.index_number}"
    if row.number_key:
        return f"n:{agency.pk}:{row.number_key}"
    titled = hashlib.sha256(f"{row.title}\n{row.issued_on or ''}".encode()).hexdigest()
    return f"t:{agency.pk}:{titled}"


def _apart(entries: Sequence[Entry]) -> tuple[list[Entry], list[Entry]]:
    """Those that cannot be the same document as one before them, and the rest."""
    claimed: set[str] = set()
    first: list[Entry] = []
    rest: list[Entry] = []
    for entry in entries:
        keys = {entry.key}
        if entry.incoming.number_key:
            keys.add(f"n:{entry.agency.pk}:{entry.incoming.number_key}")
        (rest if keys & claimed else first).append(entry)
        claimed |= keys
    return first, rest


def _process_apart(entries: Sequence[Entry], around: Surroundings, outcome: Outcome) -> None:
    held = Held([(entry.incoming, entry.agency, entry.key) for entry in entries])
    changed: list[Entry] = []
    for entry in entries:
        try:
            if _is_news(entry, held, around):
                _fill(entry, around, outcome)
                changed.append(entry)
            else:
                outcome.unchanged += 1
        except (RejectionError, ExtractionError) as error:
            outcome.reject(entry.line, str(error), entry.row)
        except ValidationError as error:
            outcome.reject(entry.line, " ".join(error.messages), entry.row)
    write(changed, around)
    outcome.created += sum(entry.new for entry in changed)
    outcome.updated += sum(not entry.new for entry in changed)


def _is_news(entry: Entry, held: Held, around: Surroundings) -> bool:
    """Raises RejectionError."""
    earlier = around.seen.meet(
        entry.key, line=entry.line, title=entry.incoming.title, digest=entry.digest
    )
    if earlier and earlier.title != entry.incoming.title:
        raise RejectionError(
            _("Line %(line)d has the same number under another title.") % {"line": earlier.line}
        )
    if earlier and earlier.digest != entry.digest:
        # The last of them would win, and every import of the file would change it twice.
        raise RejectionError(
            _("Line %(line)d is the same document and says something else.")
            % {"line": earlier.line}
        )
    entry.document = held.match(entry.incoming, entry.agency, entry.key)
    return not entry.document or entry.document.import_digest != entry.digest


def _fill(entry: Entry, around: Surroundings, outcome: Outcome) -> None:
    """Put the row's content into its document. Raises what its files and texts are refused by."""
    row = entry.incoming
    body = _body(row, around.folder)
    _check_files(entry.files(), around.folder)
    entry.new = entry.document is None
    document = entry.document or Document(agency=entry.agency, index_number=row.index_number)
    document.import_key = document.import_key or entry.key
    document.import_digest = entry.digest
    _describe(document, row, entry.topic)
    document.summary = row.summary or body.summary
    document.body_html, document.body_text = body.html, body.text
    document.original = body.original
    document.published_at = _published_at(document, row, around.at)
    entry.document = document
    outcome.remarks += [Remark(entry.line, words) for words in _remarks(row, body.notes)]


def _check_files(names: Sequence[str], folder: Folder) -> None:
    """Raises RejectionError, ValidationError."""
    if len(names) > attachments.PER_DOCUMENT:
        raise RejectionError(_("The document has more attachments than is allowed."))
    for name in names:
        attachments.check(attachments.check_name(name), folder.read(name))


def _body(row: Incoming, folder: Folder) -> Body:
    if row.file:
        return texts.from_file(
            row.file,
            folder.read(row.file),
            title=row.title,
            document_number=row.document_number,
        )
    make = texts.from_html if row.html else texts.from_text
    return make(row.html or row.body, title=row.title, document_number=row.document_number)


def _describe(document: Document, row: Incoming, topic: Topic | None) -> None:
    document.title = row.title
    document.document_number = row.document_number
    document.document_number_key = row.number_key
    document.topic = topic
    document.column = row.column
    document.statutory_item = row.item
    document.genre = row.genre
    document.keywords = row.keywords
    document.source = row.source
    document.issued_on = row.issued_on
    document.effective_on = row.effective_on
    document.expires_on = row.expires_on
    document.validity = row.validity
    document.publicity = row.publicity
    document.publicity_reason = row.publicity_reason


def _published_at(document: Document, row: Incoming, at: datetime) -> datetime | None:
    """Never made from the date issued: a forged date of publication fails a site inspection."""
    if row.publicity != Publicity.PROACTIVE:
        return None
    if document.published_at:
        return document.published_at
    return start_of_day(row.published_on) if row.published_on else at


def _remarks(row: Incoming, notes: Sequence[Note]) -> list[str]:
    words = [_said(note) for note in notes]
    if row.unknown_genre:
        words.append(_("Unknown genre, sorted under other: %s") % row.unknown_genre)
    return words


def _said(note: Note) -> str:
    said = {
        Finding.INVISIBLE: _("Invisible characters taken out: %(excerpt)s"),
        Finding.NUMBERS: _("Document numbers put into standard form: %(excerpt)s"),
        Finding.FURNITURE: _("Page furniture taken out (line %(line)d): %(excerpt)s"),
        Finding.BEFORE_TITLE: _("Taken out before the title (line %(line)d): %(excerpt)s"),
        Finding.REPEATED: _("Repeated at the top (line %(line)d): %(excerpt)s"),
    }
    return said[note.finding] % {"line": note.line, "excerpt": note.excerpt}
