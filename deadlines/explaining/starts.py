"""What made a clock begin on the day it began."""

from deadlines.rules.clock import Reading
from deadlines.rules.events import EventKind
from deadlines.rules.table import Trigger

_RESTARTS = (EventKind.FEE_PAID, EventKind.CORRECTED, EventKind.CONFIRMED)


def start_event(reading: Reading) -> EventKind | None:
    """The latest thing that made it begin; None of terms that run from no application."""
    if reading.rule.trigger != Trigger.RECEIPT:
        return None
    that_day = {event.kind for event in reading.events if event.on == reading.starts_on}
    return next((kind for kind in _RESTARTS if kind in that_day), EventKind.RECEIVED)
