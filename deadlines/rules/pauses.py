"""Days that are not counted because somebody is being consulted (Art 33)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from deadlines.rules.calendar import WorkCalendar
from deadlines.rules.events import Consultation, Event, consultations
from deadlines.rules.table import OPINION_RULE, RULES, Party, Term

_ONE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Pause:
    """From the day after the letter went out to the day that ended it, both included.

    It ended with an answer, or, `silent`, with the last day of the opinion's own term. `late`:
    the answer came after that day.
    """

    first: date
    last: date
    party: Party
    silent: bool = False
    late: bool = False

    def covers(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class Pauses:
    """`open_ended`: consultations without a term in law, which count once they are answered."""

    stops: tuple[Pause, ...]
    open_ended: tuple[Consultation, ...]


def pauses_of(term: Term, events: Sequence[Event], calendar: WorkCalendar) -> Pauses:
    """Raises ClockError where letters and answers do not fit together."""
    stops: list[Pause] = []
    open_ended: list[Consultation] = []
    for asked in consultations(events):
        if asked.party not in term.excludes:
            continue
        window = _window(asked, calendar)
        if asked.answered_on:
            late = window is not None and asked.answered_on > window
            stops.append(Pause(asked.sent_on + _ONE, asked.answered_on, asked.party, late=late))
        elif window:
            stops.append(Pause(asked.sent_on + _ONE, window, asked.party, silent=True))
        else:
            open_ended.append(asked)
    return Pauses(tuple(stops), tuple(open_ended))


def _window(asked: Consultation, calendar: WorkCalendar) -> date | None:
    """The last day of the opinion's own term, from the letter's arrival or else its sending.

    None: this party has none, or the law of that day (2007) set none.
    """
    name = OPINION_RULE.get(asked.party)
    if name is None:
        return None
    opinion = RULES[name].newest
    arrived = asked.delivered_on or asked.sent_on
    return (
        calendar.working_day_after(arrived, opinion.length) if opinion.in_force(arrived) else None
    )
