"""Days one to a line: `2027-01-01 off 元旦`, or `2027-01-03,make_up,元旦` with commas."""

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from deadlines.rules.calendar import DayKind
from deadlines.rules.dates import parse_date
from deadlines.rules.regions import NATIONAL, shortened

COLUMNS = ("date", "kind", "name")
_LINE = re.compile(
    r"\s*(?P<day>\d\S*?)(?:\s+|\s*[,，]\s*)(?P<kind>off|make_up)\b[\s,，]*(?P<name>.*?)\s*\Z"
)
_HEADING = re.compile(r"\s*date\s*,\s*kind\b", re.IGNORECASE)


class UnreadableLineError(ValueError):
    """Says which cell, in the words of the file's own columns."""


@dataclass(frozen=True, slots=True)
class Line:
    day: date
    kind: DayKind
    name: str
    region: str = ""


@dataclass(frozen=True, slots=True)
class BadLine:
    number: int
    cell: str
    value: str


def is_heading(line: str) -> bool:
    return _HEADING.match(line) is not None


def read_line(line: str) -> Line | None:
    """None: it has another form. Raises UnreadableLineError: it has this one, and names no day."""
    found = _LINE.match(line)
    if not found:
        return None
    try:
        day = parse_date(found["day"])
    except ValueError as error:
        raise UnreadableLineError(found["day"]) from error
    return Line(day, DayKind(found["kind"]), found["name"])


def read_table(lines: Iterable[str], *, region: str = "") -> Iterator[Line | BadLine]:
    """The rows of a CSV file with a heading; `region` is that of rows that name none."""
    reader = csv.DictReader(lines)
    missing = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
    if missing:
        yield BadLine(1, missing[0], "")
        return
    for row in reader:
        cells = {name: (row.get(name) or "").strip() for name in (*COLUMNS, "region")}
        if any(cells.values()):
            yield _row(reader.line_num, cells, region)


def _row(number: int, cells: dict[str, str], region: str) -> Line | BadLine:
    try:
        day = parse_date(cells["date"])
    except ValueError:
        return BadLine(number, "date", cells["date"])
    if cells["kind"] not in set(DayKind):
        return BadLine(number, "kind", cells["kind"])
    if not cells["name"] or len(cells["name"]) > 50:
        return BadLine(number, "name", cells["name"])
    own = shortened(cells["region"])
    if cells["region"] and own == NATIONAL:
        return BadLine(number, "region", cells["region"])
    return Line(day, DayKind(cells["kind"]), cells["name"], own or region)
