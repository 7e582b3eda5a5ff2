"""Which days are worked: weekdays, but for days off and weekends made up for.

A calendar is a value. It is built from dated rows for one region and one version, and never
changes; a new holiday notice makes another calendar.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType

from deadlines.rules.holidays import statutory

FIRST_YEAR, LAST_YEAR = 1950, 2090  # what lunar tables know, with room on either side
_SATURDAY = 5
_ONE = timedelta(days=1)


class DayKind(StrEnum):
    OFF = "off"
    MAKE_UP = "make_up"  # a weekend day that is worked


class Why(StrEnum):
    """Why a day is worked or not. The values are what the API says."""

    WORKDAY = "working day"
    MAKE_UP = "make-up working day"
    WEEKEND = "weekend"
    HOLIDAY = "public holiday"


@dataclass(frozen=True, slots=True)
class SpecialDay:
    """A day on which a notice says otherwise than the day of the week."""

    day: date
    kind: DayKind
    name: str  # of the holiday, as the notice calls it: 国庆节
    source: str  # the notice


@dataclass(frozen=True, slots=True)
class DayStatus:
    worked: bool
    why: Why
    name: str = ""
    source: str = ""
    provisional: bool = False


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """`published` are the years whose notice is known; any other year is provisional."""

    special: Mapping[date, SpecialDay] = field(default_factory=lambda: MappingProxyType({}))
    published: frozenset[int] = frozenset()
    version: int = 0
    # Days already looked at: ten thousand questions ask for the same few thousand days.
    _seen: dict[date, DayStatus] = field(
        default_factory=dict, init=False, compare=False, repr=False
    )

    def look(self, day: date) -> DayStatus:
        status = self._seen.get(day)
        if status is None:
            status = self._seen[day] = self._look(day)
        return status

    def _look(self, day: date) -> DayStatus:
        provisional = day.year not in self.published
        if special := self.special.get(day):
            made_up = special.kind == DayKind.MAKE_UP
            why = Why.MAKE_UP if made_up else Why.HOLIDAY
            return DayStatus(made_up, why, special.name, special.source, provisional)
        if provisional and (name := statutory(day.year).get(day)):
            return DayStatus(worked=False, why=Why.HOLIDAY, name=name, provisional=True)
        if day.weekday() >= _SATURDAY:
            return DayStatus(worked=False, why=Why.WEEKEND, provisional=provisional)
        return DayStatus(worked=True, why=Why.WORKDAY, provisional=provisional)

    def is_worked(self, day: date) -> bool:
        return self.look(day).worked

    def working_day_after(self, start: date, count: int) -> date:
        """The day on which `count` working days after `start` have passed; 0: `start` itself."""
        day = start
        while count:
            day += _ONE
            count -= self.is_worked(day)
        return day

    def working_days_between(self, after: date, until: date) -> int:
        """How many working days lie after `after`, up to and with `until`; negative if before."""
        if until < after:
            return -self.working_days_between(until, after)
        span = (until - after).days
        return sum(self.is_worked(after + timedelta(days=n)) for n in range(1, span + 1))

    def next_worked(self, day: date) -> date:
        """`day`, or the first working day after it (Civil Code 203)."""
        while not self.is_worked(day):
            day += _ONE
        return day
