"""Index numbers from the series of a body, taken under its lock and never given twice."""

from collections import Counter, deque
from collections.abc import Sequence
from datetime import date

from django.conf import settings
from django.db import transaction

from agencies.models import Agency
from disclosure.models import Document, IndexSeries
from disclosure.rules import index_numbers
from disclosure.rules.index_numbers import Holder

Place = tuple[int, str]  # of a series: the body and the period


def take(agency: Agency, *, on: date, count: int = 1) -> list[str]:
    """The next `count` index numbers of the body, in the period that day falls in."""
    return take_many([(agency, on)] * count)


@transaction.atomic
def take_many(wanted: Sequence[tuple[Agency, date]]) -> list[str]:
    """An index number for each, in their order; a few queries however many series they touch.

    Serials whose number a document already has (imported with it) are passed over.
    """
    turns = [(agency.pk, index_numbers.period(_pattern(), on)) for agency, on in wanted]
    examples = dict(zip(turns, wanted, strict=True))
    series = _locked(set(turns))
    short = Counter(turns)
    free: dict[Place, deque[str]] = {place: deque() for place in series}
    while short:
        tried = {
            place: [_next(series[place], *examples[place]) for _turn in range(count)]
            for place, count in short.items()
        }
        held = _held([number for numbers in tried.values() for number in numbers])
        for place, numbers in tried.items():
            free[place].extend(number for number in numbers if number not in held)
        short = Counter(turns) - Counter({place: len(numbers) for place, numbers in free.items()})
    _keep(list(series.values()))
    return [free[place].popleft() for place in turns]


def _pattern() -> str:
    pattern: str = settings.INDEX_NUMBER_PATTERN
    return pattern


def _locked(places: set[Place]) -> dict[Place, IndexSeries]:
    """The series, made where they are new, locked in one order so that nobody waits in a ring."""
    IndexSeries.objects.bulk_create(
        [IndexSeries(agency_id=agency, period=period) for agency, period in sorted(places)],
        ignore_conflicts=True,
    )
    found = IndexSeries.objects.select_for_update().filter(
        agency_id__in={agency for agency, _period in places},
        period__in={period for _agency, period in places},
    )
    rows = {(row.agency_id, row.period): row for row in found.order_by("pk")}
    return {place: rows[place] for place in places}


def _keep(series: list[IndexSeries]) -> None:
    # Several times as fast as bulk_update, which compares every id in the database.
    IndexSeries.objects.bulk_create(
        series, update_conflicts=True, unique_fields=["id"], update_fields=["next_serial"]
    )


def _next(series: IndexSeries, agency: Agency, on: date) -> str:
    holder = Holder(code=agency.code, uscc=agency.uscc, division=agency.division_code)
    serial, series.next_serial = series.next_serial, series.next_serial + 1
    return index_numbers.write(_pattern(), holder=holder, on=on, serial=serial)


def _held(numbers: Sequence[str]) -> set[str]:
    return set(
        Document.objects.filter(index_number__in=numbers).values_list("index_number", flat=True)
    )
