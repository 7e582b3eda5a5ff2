"""Reads that pages and the API ask for. Each takes `at`: nothing is public before its time."""

import base64
import binascii
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from django.db.models import Prefetch, Q, QuerySet

from agencies.models import Agency
from agencies.selectors import ancestors
from deadlines.rules.dates import end_of_day, start_of_day
from disclosure.models import Attachment, Document, Topic
from disclosure.querysets import DocumentQuerySet

LATEST_YEAR = 9998  # the last whose end is still a date


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """How a catalogue is narrowed; every part that is given must hold.

    `agency` and `topic` take in all beneath them. `year` is the year of issue, or of
    publication where the source is undated. `since` and `until` are days of publication in
    Shanghai, both inclusive.
    """

    agency: Agency | None = None
    topic: Topic | None = None
    genre: str = ""
    year: int | None = None
    validity: str = ""
    column: str = ""
    item: int | None = None
    since: date | None = None
    until: date | None = None

    def apply(self, documents: DocumentQuerySet) -> DocumentQuerySet:
        if self.agency:
            documents = documents.of_subtree(self.agency)
        if self.topic:
            documents = documents.of_topic(self.topic)
        if self.year is not None:
            documents = documents.of_year(self.year) if self._year_exists() else documents.none()
        return documents.filter(self._exact(), self._span())

    def _year_exists(self) -> bool:
        return self.year is not None and 1 <= self.year <= LATEST_YEAR

    def _exact(self) -> Q:
        wanted = {
            "genre": self.genre,
            "validity": self.validity,
            "column": self.column,
            "statutory_item": self.item,
        }
        return Q(**{name: value for name, value in wanted.items() if value not in ("", None)})

    def _span(self) -> Q:
        span = Q()
        if self.since:
            span &= Q(published_at__gte=start_of_day(self.since))
        if self.until:
            span &= Q(published_at__lt=end_of_day(self.until))
        return span


def catalogue(*, at: datetime, filters: Filters | None = None) -> DocumentQuerySet:
    """Public documents, the newest first, each ready for a line of a list."""
    documents = Document.objects.public(at)
    if filters:
        documents = filters.apply(documents)
    return documents.listed().newest_first()


def latest(*, at: datetime, limit: int = 10) -> Sequence[Document]:
    return list(catalogue(at=at)[:limit])


def in_order(ids: Sequence[int], *, at: datetime, with_text: bool = False) -> list[Document]:
    """The public ones of `ids`, in the order of `ids`: what a search found.

    `with_text` adds what a snippet is cut from.
    """
    listed = Document.objects.public(at).listed()
    if with_text:
        listed = listed.defer(None).defer("body_html", "original")
    found = listed.in_bulk(list(ids))
    return [found[pk] for pk in ids if pk in found]


def interpretations_in(year: int, *, at: datetime) -> int:
    """How many explain another document, of those published in that year."""
    this_year = Filters(since=date(year, 1, 1), until=date(year, 12, 31))
    return this_year.apply(Document.objects.public(at)).filter(interprets__isnull=False).count()


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """All a document's page shows. `interprets` is None unless that document is public too."""

    document: Document
    bodies: Sequence[Agency]  # over the issuing body, the highest first
    attachments: Sequence[Attachment]
    interpretations: Sequence[Document]
    interprets: Document | None


def document_page(index_number: str, *, at: datetime) -> DocumentPage:
    """Four queries, whatever hangs on the document. Raises Document.DoesNotExist."""
    document = (
        Document.objects.public(at)
        .select_related("agency", "topic__parent", "interprets__agency")
        .defer("original", "body_text", *(f"interprets__{name}" for name in _UNREAD))
        .prefetch_related(
            Prefetch("attachments", Attachment.objects.defer("text")),
            Prefetch("interpretations", Document.objects.public(at).listed().newest_first()),
        )
        .get(index_number=index_number)
    )
    return DocumentPage(
        document=document,
        bodies=list(ancestors(document.agency)),
        attachments=list(document.attachments.all()),
        interpretations=list(document.interpretations.all()),
        interprets=document.interprets if _is_public(document.interprets, at) else None,
    )


_UNREAD = ("body_html", "body_text", "original")


def _is_public(document: Document | None, at: datetime) -> bool:
    return bool(document and document.published_at and document.published_at <= at)


def public_attachment(pk: int, *, at: datetime) -> Attachment:
    """A file of a public document. Raises Attachment.DoesNotExist."""
    public = Document.objects.public(at)
    return Attachment.objects.defer("text").get(pk=pk, document__in=public)


def topic_tree() -> list[tuple[Topic, list[Topic]]]:
    """The 22 classes with their children, in the order of the classification; one query."""
    topics = list(Topic.objects.select_related("parent"))
    beneath: dict[int, list[Topic]] = {}
    for topic in topics:
        if topic.parent_id:
            beneath.setdefault(topic.parent_id, []).append(topic)
    return [(topic, beneath.get(topic.pk, [])) for topic in topics if not topic.parent_id]


def topic_by_code(code: str) -> Topic:
    """Raises Topic.DoesNotExist."""
    return Topic.objects.select_related("parent").get(code=code)


class CursorError(ValueError):
    """Not a place in a list that we gave out."""


class Page(NamedTuple):
    """A stretch of a list, and the cursors of the stretches around it (None: there is none)."""

    rows: list[Document]
    next_cursor: str | None
    previous_cursor: str | None


@dataclass(frozen=True, slots=True)
class _Place:
    """A row of a list ordered by (published_at, id), and which way to read from it."""

    backwards: bool
    published_at: datetime
    pk: int


def page_after(documents: QuerySet[Document], cursor: str | None, size: int) -> Page:
    """`size` rows of the newest-first list from the cursor on; one query, however far in.

    Raises CursorError.
    """
    place = _read_cursor(cursor) if cursor else None
    if place and place.backwards:
        found = list(_newer(documents, place)[: size + 1])
        rows = found[:size][::-1]
        return Page(rows, _cursor(rows, -1), _cursor(rows, 0) if len(found) > size else None)
    found = list((_older(documents, place) if place else documents.order_by(*_NEWEST))[: size + 1])
    rows = found[:size]
    following = _cursor(rows, -1) if len(found) > size else None
    return Page(rows, following, _cursor(rows, 0) if place else None)


_NEWEST = ("-published_at", "-id")
_OLDEST = ("published_at", "id")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_CURSOR = re.compile(r"([ab])(-?\d{1,17})\.(\d{1,18})\Z", re.ASCII)
_CURSOR_LENGTH = 64


def _older(documents: QuerySet[Document], place: _Place) -> QuerySet[Document]:
    # The first condition is what the index can use; the second splits equal moments.
    return (
        documents.filter(published_at__lte=place.published_at)
        .exclude(published_at=place.published_at, id__gte=place.pk)
        .order_by(*_NEWEST)
    )


def _newer(documents: QuerySet[Document], place: _Place) -> QuerySet[Document]:
    return (
        documents.filter(published_at__gte=place.published_at)
        .exclude(published_at=place.published_at, id__lte=place.pk)
        .order_by(*_OLDEST)
    )


def _cursor(rows: Sequence[Document], position: int) -> str | None:
    """From the last row one reads on (a), from the first one back (b)."""
    published_at = rows[position].published_at if rows else None
    if published_at is None:
        return None
    micros = (published_at - _EPOCH) // _MICROSECOND
    plain = f"{'b' if position == 0 else 'a'}{micros}.{rows[position].pk}"
    return base64.urlsafe_b64encode(plain.encode()).decode().rstrip("=")


def _read_cursor(cursor: str) -> _Place:
    """Raises CursorError."""
    try:
        if len(cursor) > _CURSOR_LENGTH:
            raise CursorError(cursor[:_CURSOR_LENGTH])
        padded = cursor + "=" * (-len(cursor) % 4)
        plain = base64.b64decode(padded.encode("ascii"), b"-_", validate=True).decode("ascii")
        found = _CURSOR.match(plain)
        if not found:
            raise CursorError(cursor)
        moment = _EPOCH + int(found[2]) * _MICROSECOND
        return _Place(backwards=found[1] == "b", published_at=moment, pk=int(found[3]))
    except (UnicodeError, binascii.Error, OverflowError) as error:
        raise CursorError(cursor) from error
