"""The days of a term as an account: one line for each reason, what it adds and the running total.

The sums of the lines are the term. Plain weekends stand within the line before them; the line
does not name them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple

from deadlines.rules.calendar import Why
from deadlines.rules.clock import Reading
from deadlines.rules.pauses import Pause
from deadlines.rules.spans import Day, months_after
from deadlines.rules.table import Unit


class Kind(StrEnum):
    START = "start"  # the day it runs from
    COUNTED = "counted"
    PAUSED = "paused"
    HOLIDAY = "holiday"
    EXTENDED = "extended"
    ROLLED = "rolled"  # a last day that was a rest day moved on


@dataclass(frozen=True, slots=True)
class Line:
    """`first` to `last` is what it names; `days` are all that it stands for.

    `adds` and `total` count the term's unit. `pause`: of PAUSED. `after`: of COUNTED, the pause
    that ended just before. `provisional`: it hangs on a year without a notice.
    """

    kind: Kind
    first: date
    last: date
    days: tuple[Day, ...] = ()
    adds: int = 0
    total: int = 0
    provisional: bool = False
    pause: Pause | None = None
    after: Pause | None = None

    @property
    def excluded(self) -> int:
        return sum(day.excluded for day in self.days)

    @property
    def make_ups(self) -> list[Day]:
        """Weekend days that count because they are worked; of a term in working days."""
        return [day for day in self.days if day.counted and day.status.why == Why.MAKE_UP]

    @property
    def holidays(self) -> list[Day]:
        return [day for day in self.days if day.status.why == Why.HOLIDAY]


def lines_of(reading: Reading) -> tuple[Line, ...]:
    """None for a clock that waits, and for hours and fixed dates: there are no days to add up."""
    if not reading.days or reading.starts_on is None:
        return ()
    start = Line(Kind.START, reading.starts_on, reading.starts_on)
    if reading.term.unit == Unit.WORKING_DAY:
        return start, *_working_days(reading)
    return start, *_calendar_days(reading)


class _Sort(NamedTuple):
    """Days of one sort that follow each other share a line."""

    kind: Kind
    provisional: bool
    pause: Pause | None = None


@dataclass(slots=True)
class _Group:
    sort: _Sort | None = None  # None: rest days at the beginning, which wait for the first line
    days: list[Day] = field(default_factory=list)
    made_up: bool = False
    rested: bool = False  # a plain weekend since

    def takes(self, sort: _Sort) -> bool:
        """A line that has a make-up day to explain ends with its week."""
        return self.sort in (None, sort) and not (self.made_up and self.rested)


def _working_days(reading: Reading) -> Iterator[Line]:
    total = 0
    pause: Pause | None = None
    for group in _groups(reading):
        if group.sort is None:
            continue
        named = [day for day in group.days if not _is_plain_rest(day)]
        adds = sum(day.counted for day in group.days)
        total += adds
        yield Line(
            group.sort.kind,
            named[0].on,
            named[-1].on,
            tuple(group.days),
            adds,
            total,
            group.sort.provisional,
            pause=group.sort.pause,
            after=pause,
        )
        pause = group.sort.pause


def _groups(reading: Reading) -> list[_Group]:
    groups = [_Group()]
    for day in reading.days:
        if _is_plain_rest(day):
            groups[-1].rested = True
            groups[-1].days.append(day)
            continue
        sort = _sort(reading, day)
        if not groups[-1].takes(sort):
            groups.append(_Group())
        group = groups[-1]
        group.sort = sort
        group.days.append(day)
        group.rested = False
        group.made_up = group.made_up or (day.counted and day.status.why == Why.MAKE_UP)
    return groups


def _is_plain_rest(day: Day) -> bool:
    return day.status.why == Why.WEEKEND and day.pause is None


def _sort(reading: Reading, day: Day) -> _Sort:
    provisional = day.status.provisional
    if day.pause:
        return _Sort(Kind.PAUSED, provisional, day.pause)
    if not day.counted:
        return _Sort(Kind.HOLIDAY, provisional)
    extended = (day.n or 0) > reading.length - reading.extension
    return _Sort(Kind.EXTENDED if extended else Kind.COUNTED, provisional)


def _calendar_days(reading: Reading) -> Iterator[Line]:
    """By months: those of the calendar, or those the term is counted in."""
    counted = [day for day in reading.days if day.counted]
    in_months = reading.term.unit == Unit.MONTH
    total = 0
    for days in _by_months(reading, counted):
        adds = 1 if in_months else len(days)
        total += adds
        yield Line(Kind.COUNTED, days[0].on, days[-1].on, tuple(days), adds, total)
    if rolled := tuple(day for day in reading.days if day.rolled):
        yield Line(
            Kind.ROLLED,
            rolled[0].on,
            rolled[-1].on,
            rolled,
            total=total,
            provisional=reading.provisional,
        )


def _by_months(reading: Reading, days: Sequence[Day]) -> Iterator[list[Day]]:
    start = reading.starts_on or days[0].on
    if reading.term.unit == Unit.MONTH:
        ends = [months_after(start, n) for n in range(reading.length + 1)]
        for before, end in pairwise(ends):
            yield [day for day in days if before < day.on <= end]
        return
    for month in dict.fromkeys((day.on.year, day.on.month) for day in days):
        yield [day for day in days if (day.on.year, day.on.month) == month]
