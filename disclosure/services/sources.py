"""Rows from the files an import may be given: JSON lines, CSV, or a folder with a manifest."""

import codecs
import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from django.utils.translation import gettext as _

from disclosure.extraction.limits import TEXT_CHARACTERS
from disclosure.rules.cells import meant
from disclosure.rules.labels import KNOWN, field_name
from disclosure.rules.text import UndecodableError, decode
from disclosure.services.entries import Row
from disclosure.services.rows import Unreadable

MANIFEST = "manifest.csv"
_LINE_BYTES = 6 * TEXT_CHARACTERS  # an escaped character of JSON takes six
_EXCERPT = 200
_CHUNK = 1 << 20
RAW = "raw"  # the column of a rejects file for a line that is no row


class SourceError(Exception):
    """Nothing can be imported from it; `str()` says why, to operators."""


@dataclass(frozen=True, slots=True)
class Source:
    """`columns` are those a file of rejected rows needs."""

    path: Path
    columns: Sequence[str]
    folder: Path | None = None

    @property
    def name(self) -> str:
        return (self.folder or self.path).resolve().stem

    def rows(self) -> Iterator[Row]:
        return _json_rows(self.path) if _is_json(self.path) else _csv_rows(self.path)

    def count(self) -> int:
        """About how many rows: its lines, for a progress bar."""
        with self.path.open("rb") as file:
            return sum(chunk.count(b"\n") for chunk in iter(lambda: file.read(_CHUNK), b""))


def open_source(path: Path) -> Source:
    """Raises SourceError."""
    try:
        return _opened(path)
    except OSError as error:
        raise SourceError(f"{path} cannot be read: {error.strerror or error}") from error


def _opened(path: Path) -> Source:
    folder = path if path.is_dir() else None
    file = path / MANIFEST if folder else path
    if folder and not file.is_file():
        raise SourceError(f"{path} has no {MANIFEST}")
    if not file.is_file():
        raise SourceError(f"{path} does not exist")
    if not file.stat().st_size:
        raise SourceError(f"{file} is empty")
    if _is_json(file):
        return Source(file, [*sorted(KNOWN), RAW])
    if file.suffix.lower() != ".csv":
        raise SourceError(f"{file} is neither .jsonl nor .csv, nor a folder with {MANIFEST}")
    return Source(file, _header(file), folder)


def _is_json(path: Path) -> bool:
    return path.suffix.lower() in (".jsonl", ".ndjson")


def _json_rows(path: Path) -> Iterator[Row]:
    with path.open("rb") as file:
        line = 0
        while content := file.readline(_LINE_BYTES + 1):
            line += 1
            if len(content) > _LINE_BYTES:
                yield line, _unreadable(_("The line is longer than is allowed."), content)
                _skip_line(file, content)
            elif content.strip():
                yield line, _json_row(content)


def _skip_line(file: BinaryIO, content: bytes) -> None:
    while content and not content.endswith(b"\n"):
        content = file.readline(_CHUNK)


def _json_row(content: bytes) -> Mapping[str, object] | Unreadable:
    try:
        row = json.loads(decode(content)[0])
    except UndecodableError:
        return _unreadable(_("The line is not in UTF-8 or GB18030."), content)
    except (ValueError, RecursionError):
        return _unreadable(_("The line is not JSON."), content)
    if not isinstance(row, dict):
        return _unreadable(_("The line is not a JSON object."), content)
    return row


def _unreadable(reason: str, content: bytes) -> Unreadable:
    return Unreadable(reason, {RAW: content[:_EXCERPT].decode("utf-8", "replace").strip()})


def _encoding(path: Path) -> str:
    """Raises SourceError."""
    with path.open("rb") as file:
        start = file.read(4)
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            with path.open(encoding=encoding, newline="") as text:
                while text.read(_CHUNK):
                    pass
        except UnicodeDecodeError:
            continue
        return encoding
    raise SourceError(f"{path} is not in UTF-8, GB18030 or UTF-16")


def _header(path: Path) -> list[str]:
    """Raises SourceError."""
    csv.field_size_limit(2 * TEXT_CHARACTERS)
    with path.open(encoding=_encoding(path), newline="") as file:
        try:
            header = [name.strip() for name in next(csv.reader(file, strict=True), [])]
        except csv.Error as error:
            raise SourceError(f"{path} has no readable header: {error}") from error
    names = [field_name(name) for name in header]
    twice = sorted({name for name in names if name and names.count(name) > 1})
    if twice:
        raise SourceError(f"{path} has a column twice: {', '.join(twice)}")
    missing = sorted({"title", "agency"} - set(names))
    if missing:
        raise SourceError(f"{path} lacks in its first line: {', '.join(missing)}")
    return header


def _csv_rows(path: Path) -> Iterator[Row]:
    """A row's line is the one it begins on."""
    header = _header(path)
    with path.open(encoding=_encoding(path), newline="") as file:
        # Strict: a quote that is never closed would swallow the rest of the file.
        reader = csv.reader(file, strict=True)
        next(reader)
        while True:
            line = reader.line_num + 1
            try:
                cells = next(reader, None)
            except csv.Error as error:
                reason = _("The row cannot be read: %(why)s") % {"why": error}
                yield line, Unreadable(reason, {})
                continue
            if cells is None:
                return
            if any(cell.strip() for cell in cells):
                yield line, _csv_row(header, cells)


def _csv_row(header: Sequence[str], cells: Sequence[str]) -> Mapping[str, object] | Unreadable:
    if len(cells) == len(header):
        return dict(zip(header, map(meant, cells), strict=True))
    reason = _("The row has %(found)d columns and not %(wanted)d.") % {
        "found": len(cells),
        "wanted": len(header),
    }
    return Unreadable(reason, dict(zip(header, cells, strict=False)))
