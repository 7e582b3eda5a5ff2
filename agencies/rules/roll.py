"""The roll of bodies as a CSV file: code,name,level,parent,kind, and what else is known."""

import csv
import io
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
    reader = csv.DictReader(io.StringIO(_decoded(content), newline=""))
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
    return Roll(rows, [name for name in header if name in known], ignored)


def _decoded(content: bytes) -> str:
    """UTF-8 with or without a byte order mark, or what Excel writes on a Chinese Windows."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableRollError("neither UTF-8 nor GB18030")


def _row(record: Mapping[str | None, Any], line_num: int) -> Row:
    """Cells beyond the header are kept under an empty name."""
    surplus = record.get(None, [])
    cells = {name: (cell or "") for name, cell in record.items() if name}
    breaks = sum(cell.count("\n") for cell in [*cells.values(), *surplus])
    named = {name: cell.strip() for name, cell in cells.items()}
    if any(cell.strip() for cell in surplus):
        named[""] = " ".join(surplus)
    return Row(line_num - breaks, named)
