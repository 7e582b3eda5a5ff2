"""While a clock waits for the applicant: when the answer is due if that happens on a day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from deadlines.rules.calendar import WorkCalendar
from deadlines.rules.clock import Reading, Waiting, read
from deadlines.rules.events import ClockError, Event, EventKind

DAYS = 3
_EVENTS = {
    Waiting.CONFIRMATION: EventKind.CONFIRMED,
    Waiting.CORRECTION: EventKind.CORRECTED,
    Waiting.PAYMENT: EventKind.FEE_PAID,
}


AWAITED: Mapping[Waiting, Promise] = {
    Waiting.CONFIRMATION: gettext_lazy("Confirmed on"),
    Waiting.CORRECTION: gettext_lazy("Corrected on"),
    Waiting.PAYMENT: gettext_lazy("Paid on"),
}


@dataclass(frozen=True, slots=True)
class Possible:
    on: date
    due_on: date
    provisional: bool
    today: bool


def possible_of(
    reading: Reading, *, today: date, calendar: WorkCalendar | None
) -> tuple[Possible, ...]:
    """For each of the next working days, from today or from what happened last."""
    if not reading.waiting_for or calendar is None:
        return ()
    awaited = _EVENTS[reading.waiting_for]
    on = max(today, *(event.on for event in reading.events))
    found: list[Possible] = []
    for _number in range(DAYS):
        on = calendar.next_worked(on)
        try:
            then = read(reading.rule, (*reading.events, Event(awaited, on)), calendar)
        except ClockError:  # beyond the years that can be counted
            break
        if then.due_on:
            found.append(Possible(on, then.due_on, then.provisional, on == today))
        on += timedelta(days=1)
    return tuple(found)
