"""Calendars for tests of the rules, which need no database."""

from datetime import date

from deadlines.rules.calendar import DayKind, SpecialDay, WorkCalendar
from deadlines.rules.known_years import special_days, years

KNOWN = WorkCalendar(
    {special.day: special for year in years() for special in special_days(year)},
    frozenset(years()),
)


def with_day(calendar: WorkCalendar, day: date, kind: DayKind) -> WorkCalendar:
    special = SpecialDay(day, kind, "测试", "测试通知")
    return WorkCalendar({**calendar.special, day: special}, calendar.published, calendar.version)
