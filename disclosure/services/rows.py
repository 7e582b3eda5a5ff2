"""A row of an import, read: every field of the right kind, or the reason why not."""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import TypeVar

from django.utils.translation import gettext as _

from deadlines.rules.dates import day_of, parse_date
from disclosure.rules import document_numbers, index_numbers, labels
from disclosure.rules.text import one_line, storable
from disclosure.rules.vocabulary import (
    STATUTORY_ITEMS,
    Column,
    Genre,
    Publicity,
    Validity,
)
from search.rules.folding import number_key

E = TypeVar("E", bound=StrEnum)
# Raise it when cleaning changes, and the next import brings every text up to date.
EDITION = 1
_LENGTHS = {"title": 500, "document_number": 100, "keywords": 200, "source": 200, "agency": 100}
_REPORT_TITLE = ("政府信息公开工作年度报告", "政府信息公开年度报告", "政府信息公开工作年报")


class RejectionError(Exception):
    """`str()` is the reason, for the people who sent the row."""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """What a source has in the place of a row, and what is wrong with it."""

    reason: str
    row: Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """A row before its body and its topic are looked up."""

    title: str
    agency: str
    index_number: str
    document_number: str
    number_key: str
    issued_on: date | None
    published_on: date | None
    effective_on: date | None
    expires_on: date | None
    topic: str
    genre: Genre
    column: Column
    item: int | None
    validity: Validity
    publicity: Publicity
    publicity_reason: str
    summary: str
    keywords: str
    source: str
    body: str
    html: str
    file: str
    attachments: tuple[str, ...]
    interprets: str
    unknown_genre: str = ""

    def digest(self, files: Sequence[str]) -> str:
        """Of everything the row and its files bring: the same again changes nothing."""
        own = {name: getattr(self, name) for name in self.__slots__}
        brought = json.dumps([EDITION, own, *files], default=str, ensure_ascii=False)
        return hashlib.sha256(brought.encode("utf-8", "surrogatepass")).hexdigest()


def read_row(row: Mapping[str, object], *, at: datetime) -> Incoming:
    """Raises RejectionError."""
    fields = _Fields(row)
    number = document_numbers.normalise(fields.line("document_number"))
    title = fields.line("title")
    genre, unknown_genre = _genre(fields.line("genre"))
    incoming = Incoming(
        title=title,
        agency=fields.line("agency"),
        index_number=_index_number(fields.line("index_number")),
        document_number=number,
        number_key=number_key(number) if number else "",
        issued_on=fields.day("issued_on"),
        published_on=fields.day("published_on"),
        effective_on=fields.day("effective_on"),
        expires_on=fields.day("expires_on"),
        topic=fields.line("topic"),
        genre=genre,
        unknown_genre=unknown_genre,
        column=fields.choice("column", labels.COLUMNS, Column, _usual_column(title)),
        item=_item(fields.line("item")),
        validity=fields.choice("validity", labels.VALIDITIES, Validity, Validity.VALID),
        publicity=fields.choice("publicity", labels.PUBLICITIES, Publicity, Publicity.PROACTIVE),
        publicity_reason=fields.text("publicity_reason").strip(),
        summary=fields.line("summary"),
        keywords=fields.line("keywords"),
        source=fields.line("source"),
        body=fields.text("body"),
        html=fields.text("html"),
        file=fields.line("file"),
        attachments=fields.names("attachments"),
        interprets=fields.line("interprets"),
    )
    _check(incoming, at=at)
    return incoming


class _Fields:
    """A row by our names for its fields."""

    def __init__(self, row: Mapping[str, object]) -> None:
        self._values: dict[str, object] = {}
        self._headers: dict[str, str] = {}  # a reason names a column as its sender does
        for header, value in row.items():
            name = labels.field_name(str(header))
            self._values[name] = value
            self._headers[name] = str(header).strip()

    def _called(self, name: str) -> str:
        return self._headers.get(name, name)[:40]

    def text(self, name: str) -> str:
        value = self._values.get(name)
        if value is None:
            return ""
        if isinstance(value, list) and all(isinstance(part, str) for part in value):
            return ";".join(value)
        if isinstance(value, bool) or not isinstance(value, str | int):
            raise RejectionError(_("%(field)s is not text.") % {"field": self._called(name)})
        return storable(str(value))

    def line(self, name: str) -> str:
        text = self.text(name)
        words = one_line(text) if text else ""
        if len(words) > _LENGTHS.get(name, len(words)):
            raise RejectionError(
                _("%(field)s is longer than %(limit)d characters.")
                % {"field": self._called(name), "limit": _LENGTHS[name]}
            )
        return words

    def day(self, name: str) -> date | None:
        words = self.line(name)
        if words in ("", "/", "-", "—"):
            return None
        try:
            return parse_date(words)
        except ValueError as error:
            raise RejectionError(
                _("%(field)s is not a date: %(value)s")
                % {"field": self._called(name), "value": words[:40]}
            ) from error

    def choice(self, name: str, chinese: Mapping[str, E], codes: type[E], usual: E) -> E:
        words = self.line(name)
        if not words:
            return usual
        try:
            return chinese.get(words) or codes(words)
        except ValueError as error:
            raise RejectionError(
                _("%(field)s is none of those known: %(value)s")
                % {"field": self._called(name), "value": words[:40]}
            ) from error

    def names(self, name: str) -> tuple[str, ...]:
        parts = self.text(name).replace("；", ";").split(";")
        return tuple(dict.fromkeys(part.strip() for part in parts if part.strip()))


def _index_number(number: str) -> str:
    if number and not index_numbers.is_acceptable(number):
        raise RejectionError(
            _("This cannot be an index number: %(value)s") % {"value": number[:70]}
        )
    return number


def _genre(words: str) -> tuple[Genre, str]:
    """An unknown genre is no reason to keep a document from the public."""
    known = labels.GENRES.get(words)
    if known or not words:
        return known or Genre.OTHER, ""
    try:
        return Genre(words), ""
    except ValueError:
        return Genre.OTHER, words


def _usual_column(title: str) -> Column:
    return Column.ANNUAL_REPORT if title.endswith(_REPORT_TITLE) else Column.STATUTORY


def _item(words: str) -> int | None:
    if not words:
        return None
    if not words.isascii() or not words.isdigit() or int(words[:4]) not in STATUTORY_ITEMS:
        raise RejectionError(
            _("There is no such item in Article 20: %(value)s") % {"value": words[:40]}
        )
    return int(words)


def _check(incoming: Incoming, *, at: datetime) -> None:
    """What must hold between the fields of a row. Raises RejectionError."""
    checks: list[tuple[bool, Callable[[], str]]] = [
        (not incoming.title, lambda: _("The title is missing.")),
        (not incoming.agency, lambda: _("The issuing body is missing.")),
        (
            bool(incoming.issued_on and incoming.issued_on > day_of(at) + timedelta(days=1)),
            lambda: _("The date issued is in the future."),
        ),
        (
            bool(
                incoming.effective_on
                and incoming.expires_on
                and incoming.expires_on < incoming.effective_on
            ),
            lambda: _("It would expire before it is in force."),
        ),
        (
            sum(map(bool, (incoming.body, incoming.html, incoming.file))) > 1,
            lambda: _("The text is given more than once (body, html, file)."),
        ),
    ]
    for found, reason in checks:
        if found:
            raise RejectionError(reason())
