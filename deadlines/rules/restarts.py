"""What starts a term anew, and whether it was asked for in time to stop the clock."""

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType

from deadlines.rules.calendar import WorkCalendar
from deadlines.rules.events import Event, EventKind, of_kind
from deadlines.rules.pauses import pauses_of
from deadlines.rules.spans import days_of
from deadlines.rules.table import Rule, Term, Trigger

ASKED_AND_GIVEN: Mapping[EventKind, EventKind] = MappingProxyType(
    {
        EventKind.CORRECTION_ASKED: EventKind.CORRECTED,
        EventKind.FEE_NOTICED: EventKind.FEE_PAID,
    }
)


def starts_on(rule: Rule, events: Sequence[Event], receipt_on: date | None) -> date | None:
    """The day of receipt, or of the latest restart; None: not received in law yet."""
    if rule.trigger != Trigger.RECEIPT or receipt_on is None:
        return receipt_on
    restarts = (event for event in events if event.kind in ASKED_AND_GIVEN.values())
    return max((receipt_on, *(event.on for event in restarts)))


def in_time(
    rule: Rule,
    term: Term,
    events: tuple[Event, ...],
    receipt_on: date | None,
    calendar: WorkCalendar,
) -> tuple[Event, ...]:
    """Without what was asked for after the due date, and what was given to that.

    A body that is late cannot win time by asking, as with a consultation that begins too late.
    """
    if not rule.waits or receipt_on is None:
        return events
    kept = list(events)
    for ask in (event for event in events if event.kind in ASKED_AND_GIVEN):
        before = [event for event in kept if event.on <= ask.on]
        if ask.on > _due_on(rule, term, before, receipt_on, calendar):
            kept.remove(ask)
            given = of_kind(kept, ASKED_AND_GIVEN[ask.kind])
            if answer := next((event for event in given if event.on >= ask.on), None):
                kept.remove(answer)
    return tuple(kept)


def _due_on(
    rule: Rule, term: Term, before: list[Event], receipt_on: date, calendar: WorkCalendar
) -> date:
    """As it stood when all of `before` had happened."""
    start = starts_on(rule, before, receipt_on) or receipt_on
    letters = {(e.party, e.ref) for e in before if e.kind == EventKind.CONSULTED}
    known = [e for e in before if e.kind not in _OF_A_LETTER or (e.party, e.ref) in letters]
    stops = pauses_of(term, known, calendar).stops
    length = term.length + sum(event.days for event in of_kind(before, EventKind.EXTENDED))
    return days_of(term, length, start, calendar, stops)[-1].on


_OF_A_LETTER = {EventKind.DELIVERED, EventKind.ANSWERED}
