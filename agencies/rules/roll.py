"""The roll of bodies as a CSV file: code,name,level,parent,kind, and what else is known."""

import codecs
import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

REQUIRED = ("code", "name", "level", "parent", "kind")
OPTIONAL = (
    "short_name",
    "division_code",
    "uscc",
    "functions",
    "head",
    "work_body",
    "address",
    "postcode",
    "office_hours",
    "phone",
    "fax",
    "email",
    "website",
)
_MANY_LINES = ("functions",)
_WORDS = ("level", "kind")  # of closed lists, in whatever case they are written
# What no eye sees and a name must not differ by; NUL no database keeps.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]"
)


class UnreadableRollError(Exception):
    """The file as a whole cannot be used; the message says why."""


@dataclass(frozen=True, slots=True)
class Row:
    """`cells` by column, stripped; `line` is its first, counted from 1 with the header."""

    line: int
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class Roll:
    rows: Sequence[Row]
    columns: Sequence[str]
    ignored: Sequence[str]


def read(content: bytes) -> Roll:
    """Raises UnreadableRollError."""
    # Strict: a quote that is never closed would swallow the rest of the file.
    reader = csv.DictReader(io.StringIO(_decoded(content), newline=""), strict=True)
    try:
        header = [name.strip().lower() for name in reader.fieldnames or ()]
        reader.fieldnames = header
        rows = [_row(record, reader.line_num) for record in reader]
    except csv.Error as error:
        raise UnreadableRollError(f"not a CSV file: {error}") from error
    if missing := [name for name in REQUIRED if name not in header]:
        raise UnreadableRollError(f"columns are missing: {', '.join(missing)}")
    known = (*REQUIRED, *OPTIONAL)
    ignored = [name for name in header if name not in known]
    said = [row for row in rows if any(row.cells.values())]
    return Roll(said, [name for name in header if name in known], ignored)


def _decoded(content: bytes) -> str:
    """UTF-8 with or without a byte order mark, or what Excel writes on a Chinese Windows."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", "replace")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableRollError("not in UTF-8, GB18030 or UTF-16")


def _row(record: Mapping[str | None, Any], line_num: int) -> Row:
    """Cells beyond the header are kept under an empty name."""
    surplus = record.get(None, [])
    cells = {name: (cell or "") for name, cell in record.items() if name}
    breaks = sum(cell.count("\n") for cell in [*cells.values(), *surplus])
    named = {name: _tidy(name, cell) for name, cell in cells.items()}
    if any(cell.strip() for cell in surplus):
        named[""] = " ".join(surplus)
    return Row(line_num - breaks, named)


def _tidy(name: str, cell: str) -> str:
    seen = _UNSEEN.sub("", cell).strip()
    if name in _MANY_LINES:
        return seen
    line = " ".join(seen.split())
    return line.lower() if name in _WORDS else line
