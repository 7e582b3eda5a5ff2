"""Events that cannot be, and steps the law does not allow, refused with their reason."""

from collections.abc import Sequence
from datetime import date

from deadlines.rules.calendar import FIRST_YEAR, LAST_YEAR
from deadlines.rules.events import ClockError, Event, EventKind, Refusal, of_kind
from deadlines.rules.table import Term

_ABOUT = {
    EventKind.RECEIVED: "received_on",
    EventKind.CONFIRMED: "confirmed_on",
    EventKind.CORRECTION_ASKED: "correction_asked_on",
    EventKind.CORRECTED: "corrected_on",
    EventKind.CONSULTED: "consultations",
    EventKind.DELIVERED: "consultations",
    EventKind.ANSWERED: "consultations",
    EventKind.FEE_NOTICED: "fee_noticed_on",
    EventKind.FEE_PAID: "fee_paid_on",
    EventKind.EXTENDED: "extended_on",
}


def the_receipt(events: Sequence[Event]) -> Event:
    """The one event a term runs from. Raises ClockError."""
    received = of_kind(events, EventKind.RECEIVED)
    if not received:
        raise ClockError(Refusal.NOT_RECEIVED, "received_on")
    if len(received) > 1:
        raise ClockError(Refusal.RECEIVED_TWICE, "received_on")
    return received[0]


def check_events(events: Sequence[Event], received: Event) -> None:
    """Raises ClockError, which names the field of the clock's input."""
    for event in events:
        about = _ABOUT[event.kind]
        if not FIRST_YEAR <= event.on.year <= LAST_YEAR:
            raise ClockError(Refusal.OUT_OF_RANGE, about, first=FIRST_YEAR, last=LAST_YEAR)
        if event.on < received.on:
            raise ClockError(Refusal.BEFORE_RECEIPT, about, day=received.on)


def granted_extension(term: Term, events: Sequence[Event], due_on: date | None) -> int:
    """By how much it was extended, 0 if not. `due_on` is the due date without it (Art 33).

    None: that it came in time was seen when it was recorded.
    Raises ClockError: more than the most, a second one, or one after the due date.
    """
    extensions = [event for event in of_kind(events, EventKind.EXTENDED) if event.days]
    if not extensions:
        return 0
    if not term.extension:
        raise ClockError(Refusal.NOT_EXTENDABLE, "extended_days")
    if len(extensions) > 1:
        raise ClockError(Refusal.EXTENDED_TWICE, "extended_days")
    [extension] = extensions
    if not 0 < extension.days <= term.extension:
        raise ClockError(Refusal.EXTENDED_TOO_LONG, "extended_days", most=term.extension)
    if due_on and extension.on > due_on:
        raise ClockError(Refusal.EXTENDED_LATE, "extended_on", day=due_on)
    return extension.days
