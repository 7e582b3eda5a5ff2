"""Which due dates are near today, and which are how far behind, in working days."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from deadlines.rules.calendar import WorkCalendar
from deadlines.rules.duties import ESCALATE_AFTER, REMIND_AT

_ONE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Horizons:
    """For one day and calendar.

    `soon[n]`: the last due date with at most n working days left. `late[n]`: the last due date
    that is at least n working days overdue.
    """

    soon: Mapping[int, date]
    late: Mapping[int, date]


def horizons(on: date, calendar: WorkCalendar) -> Horizons:
    return Horizons(
        soon={left: calendar.working_day_after(on, left + 1) - _ONE for left in REMIND_AT},
        late={days: _last_overdue(on, days, calendar) for days in ESCALATE_AFTER},
    )


def _last_overdue(on: date, days: int, calendar: WorkCalendar) -> date:
    day = on
    counted = int(calendar.is_worked(day))
    while counted < days:
        day -= _ONE
        counted += calendar.is_worked(day)
    return day - _ONE
