"""Every document of the demonstration, as the importer takes them."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import chain

from portal.demo import annual, series, written
from portal.demo.bodies import facts
from portal.demo.chance import fraction, working_day
from portal.demo.record import Record

LAST_DAY = date(2026, 11, 19)


def rows() -> Iterator[tuple[int, dict[str, str]]]:
    """Line numbers and fields, the oldest document first."""
    records = sorted(
        chain(written.records(), series.records(), annual.records()),
        key=lambda record: (record.issued_on, record.row["agency"], record.row["title"]),
    )
    numbered = zip(records, _numbers(records), strict=True)
    for line, (record, number) in enumerate(numbered, start=1):
        yield line, _row(record, number)


def _row(record: Record, number: str) -> dict[str, str]:
    row = {**record.row, "issued_on": record.issued_on.isoformat(), "document_number": number}
    row.setdefault("published_on", _published(record).isoformat())
    row.setdefault("source", facts()[row["agency"]]["name"])
    return row


def _published(record: Record) -> date:
    """Within a week; Regulation Art 26 allows twenty working days."""
    wait = 1 + int(fraction(record.row["title"]) * 6)
    return min(working_day(record.issued_on + timedelta(days=wait)), LAST_DAY)


def _numbers(records: Iterable[Record]) -> Iterator[str]:
    """Numbers rise with the date of issue and leave gaps: most of a body's papers are not here."""
    taken = {record.number for record in records}
    last: dict[str, int] = {}
    for record in records:
        if "{n}" not in record.number:
            yield record.number
            continue
        day_of_year = record.issued_on.timetuple().tm_yday
        serial = max(day_of_year * record.yearly // 365, last.get(record.number, 0)) + 1
        while (number := record.number.replace("{n}", str(serial))) in taken:
            serial += 1
        last[record.number] = serial
        taken.add(number)
        yield number
