"""Calendars, and questions put to the clock, for tests of the rules without a database."""

from datetime import date

from deadlines.rules.calendar import DayKind, SpecialDay, WorkCalendar
from deadlines.rules.clock import Reading, read
from deadlines.rules.known_years import special_days, years
from deadlines.rules.question import parse
from deadlines.rules.table import RULES

KNOWN = WorkCalendar(
    {special.day: special for year in years() for special in special_days(year)},
    frozenset(years()),
)


def with_day(calendar: WorkCalendar, day: date, kind: DayKind) -> WorkCalendar:
    special = SpecialDay(day, kind, "测试", "测试通知")
    return WorkCalendar({**calendar.special, day: special}, calendar.published, calendar.version)


def ask(rule: str, received_on: str, **more: object) -> Reading:
    question = parse({"rule": rule, "received_on": received_on, **more})
    return read(RULES[rule], question.events, KNOWN)


def consulted(*pairs: str, party: str = "third_party") -> list[dict[str, str | None]]:
    """`2025-09-22/2025-10-13`: sent and answered; nothing after the slash: no answer."""
    found = []
    for pair in pairs:
        sent, answered = pair.split("/")
        found.append({"with": party, "sent_on": sent, "answered_on": answered or None})
    return found
