"""A clock's reading as pages show it: the due date, the facts, the calendar and the account."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from deadlines import wording
from deadlines.explaining.facts import Fact, facts_of
from deadlines.explaining.grid import Grid, grid_of
from deadlines.explaining.keys import Key, keys_of
from deadlines.explaining.ledger import lines_of
from deadlines.explaining.panel import Panel, panel_of
from deadlines.explaining.possible import AWAITED, Possible, possible_of
from deadlines.explaining.reasons import Entry, entries_of
from deadlines.rules.calendar import WorkCalendar
from deadlines.rules.clock import Reading
from deadlines.rules.table import OPINION_RULE, RULES, Party


@dataclass(frozen=True, slots=True)
class Explanation:
    reading: Reading
    panel: Panel
    facts: tuple[Fact, ...]
    possible: tuple[Possible, ...]
    awaited: str
    grid: Grid | None
    keys: tuple[Key, ...]
    entries: tuple[Entry, ...]
    remarks: tuple[str, ...]


def explain(reading: Reading, *, today: date, calendar: WorkCalendar | None = None) -> Explanation:
    """With the calendar it was read by, also what lies before and after the term."""
    lines = lines_of(reading)
    grid = grid_of(reading, today=today, calendar=calendar)
    return Explanation(
        reading,
        panel_of(reading, lines, today=today, calendar=calendar),
        facts_of(reading),
        possible_of(reading, today=today, calendar=calendar),
        str(AWAITED[reading.waiting_for]) if reading.waiting_for else "",
        grid,
        keys_of(reading, grid) if grid else (),
        entries_of(reading, lines),
        tuple(_remarks(reading)),
    )


def _remarks(reading: Reading) -> Iterator[str]:
    yield from (str(wording.REMARKS[remark]) for remark in reading.remarks)
    if reading.pauses:
        days = RULES[OPINION_RULE[Party.CO_MAKER]].newest.length
        yield _(
            "A third party that does not answer leaves the decision to the body; a body that made"
            " the information jointly and does not answer within %(days)s working days has agreed."
            " The time is counted the same."
        ) % {"days": days}
