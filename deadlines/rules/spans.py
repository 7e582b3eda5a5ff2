"""Stepping through the days of a term, one calendar day at a time."""

import calendar as months
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType

from deadlines.rules.calendar import DayStatus, WorkCalendar
from deadlines.rules.pauses import Pause
from deadlines.rules.table import Term, Unit

_ONE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Day:
    """A calendar day after the start: counted as the `n`th, or not (n None) and why.

    Not counted are rest days of a term in working days, days of a `pause`, and the days by which
    a last day `rolled` on to a working day.
    """

    on: date
    status: DayStatus
    n: int | None = None
    pause: Pause | None = None
    rolled: bool = False

    @property
    def counted(self) -> bool:
        return self.n is not None

    @property
    def excluded(self) -> bool:
        """A working day that a consultation takes out of the term."""
        return self.pause is not None and self.status.worked


def days_of(
    term: Term, length: int, start: date, calendar: WorkCalendar, pauses: Sequence[Pause] = ()
) -> tuple[Day, ...]:
    """From the day after `start` to the last. Hours and fixed dates have no days to count."""
    walk = _WALKS.get(term.unit)
    return walk(length, start, calendar, pauses) if walk else ()


def _working_days(
    length: int, start: date, calendar: WorkCalendar, pauses: Sequence[Pause]
) -> tuple[Day, ...]:
    found: list[Day] = []
    counted, on = 0, start
    while counted < length:
        on += _ONE
        status = calendar.look(on)
        pause = next((stop for stop in pauses if stop.covers(on)), None)
        if status.worked and pause is None:
            counted += 1
            found.append(Day(on, status, n=counted))
        else:
            found.append(Day(on, status, pause=pause))
    return tuple(found)


def _calendar_days(
    length: int, start: date, calendar: WorkCalendar, _pauses: Sequence[Pause]
) -> tuple[Day, ...]:
    return _up_to(start + timedelta(days=length), start, calendar)


def _months(
    length: int, start: date, calendar: WorkCalendar, _pauses: Sequence[Pause]
) -> tuple[Day, ...]:
    return _up_to(months_after(start, length), start, calendar)


def _up_to(last: date, start: date, calendar: WorkCalendar) -> tuple[Day, ...]:
    """Every day counts; a last day that is a rest day rolls to the next working day."""
    end = calendar.next_worked(last)
    return tuple(
        Day(on, calendar.look(on), n=n if on <= last else None, rolled=on > last)
        for n, on in ((n, start + timedelta(days=n)) for n in range(1, (end - start).days + 1))
    )


_Walk = Callable[[int, date, WorkCalendar, Sequence[Pause]], tuple[Day, ...]]
_WALKS: Mapping[Unit, _Walk] = MappingProxyType(
    {Unit.WORKING_DAY: _working_days, Unit.DAY: _calendar_days, Unit.MONTH: _months}
)


def months_after(day: date, count: int) -> date:
    """The corresponding day, or the last of a month that has none (Civil Code 202)."""
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return date(year, month + 1, min(day.day, months.monthrange(year, month + 1)[1]))


def is_provisional(term: Term, days: Sequence[Day]) -> bool:
    """Does the date hang on a day of a year whose notice is not known?

    Of calendar days and months only the last one asks for the calendar.
    """
    if term.unit == Unit.WORKING_DAY:
        return any(day.status.provisional for day in days)
    return any(day.status.provisional for day in days if day.rolled or day is days[-1])
