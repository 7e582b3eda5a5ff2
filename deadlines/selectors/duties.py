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


def reading_of(
    duty: Duty, *, calendar: WorkCalendar | None = None, rule: Rule | None = None
) -> Reading:
    """What the clock of the duty shows, by the calendar and rule as they stand unless given.

    Uses prefetched events. Raises ClockError, which recorded events never should.
    """
    return clock.read(
        rule or rule_for(duty.rule, duty.region),
        events_of(duty.events.all()),
        calendar or work_calendar(duty.region),
    )
