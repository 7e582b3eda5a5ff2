"""Reads of duties, and what their clocks show."""

from collections.abc import Iterable

from deadlines.models import Duty, DutyEvent
from deadlines.rules import clock
from deadlines.rules.calendar import WorkCalendar
from deadlines.rules.clock import Reading
from deadlines.rules.events import Channel, Event, EventKind
from deadlines.rules.table import Party, Rule
from deadlines.selectors.calendars import rule_for, work_calendar


def events_of(rows: Iterable[DutyEvent]) -> list[Event]:
    """Those that stand, as the clock takes them."""
    return [
        Event(
            EventKind(row.kind),
            row.on,
            at=row.at,
            channel=Channel(row.channel or Channel.IN_PERSON),
            party=Party(row.party or Party.THIRD_PARTY),
            ref=row.reference,
            days=row.days,
        )
        for row in rows
        if row.struck_at is None
    ]


def reading_of(duty: Duty, *, at_version: int, recorded: bool = True) -> Reading:
    """What its clock shows by the calendar and the local terms of that version.

    Raises ClockError; of events that were all `recorded` before, it never should.
    """
    calendar = work_calendar(duty.region, at_version=at_version)
    rule = rule_for(duty.rule, duty.region, at_version=at_version)
    return reading_by(duty, calendar, rule, recorded=recorded)


def reading_by(duty: Duty, calendar: WorkCalendar, rule: Rule, *, recorded: bool = True) -> Reading:
    """By a calendar and a rule that may not stand yet. Uses prefetched events."""
    return clock.read(rule, events_of(duty.events.all()), calendar, recorded=recorded)
