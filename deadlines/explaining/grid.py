"""The days of a term as a calendar, week by week from Monday."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.utils.formats import date_format
from django.utils.translation import pgettext, pgettext_lazy

from deadlines import wording
from deadlines.explaining.starts import start_event
from deadlines.rules.calendar import DayStatus, Why, WorkCalendar
from deadlines.rules.clock import Reading
from deadlines.rules.events import EventKind
from deadlines.rules.spans import Day
from deadlines.rules.table import Unit

LAST_WEEKS = 6  # shown of a term in months, whose days nobody counts
_HEADS = (
    pgettext_lazy("head of a calendar", "M"),
    pgettext_lazy("head of a calendar", "Tu"),
    pgettext_lazy("head of a calendar", "W"),
    pgettext_lazy("head of a calendar", "Th"),
    pgettext_lazy("head of a calendar", "F"),
    pgettext_lazy("head of a calendar", "Sa"),
    pgettext_lazy("head of a calendar", "Su"),
)
# What happened on a day, in as few characters as a cell has room for.
_NOTES = {
    EventKind.CONSULTED: pgettext_lazy("in a calendar", "letter"),
    EventKind.DELIVERED: pgettext_lazy("in a calendar", "arrived"),
    EventKind.ANSWERED: pgettext_lazy("in a calendar", "answer"),
}
_STARTS = {
    EventKind.RECEIVED: pgettext_lazy("in a calendar", "came in"),
    EventKind.CONFIRMED: pgettext_lazy("in a calendar", "confirmed"),
    EventKind.CORRECTED: pgettext_lazy("in a calendar", "corrected"),
    EventKind.FEE_PAID: pgettext_lazy("in a calendar", "paid"),
    None: pgettext_lazy("in a calendar", "start"),
}


class Look(StrEnum):
    """What a cell looks like; the values are classes of the style sheet."""

    OUTSIDE = "pre"
    START = "start"
    END = "end"
    PROVISIONAL_END = "maybe end"
    PAUSED = "pause"
    HOLIDAY = "hol"
    WEEKEND = "off"
    EXTENDED = "ext"
    PROVISIONAL = "maybe"
    PLAIN = ""


_RESTS = {Why.HOLIDAY: Look.HOLIDAY, Why.WEEKEND: Look.WEEKEND}


@dataclass(frozen=True, slots=True)
class Cell:
    """`n`: counted as the nth, of terms in days. `inside`: from the start to the due date.

    `month` is named on the first day of each, and on the first that is shown.
    """

    on: date
    look: Look
    notes: tuple[str, ...] = ()
    n: int | None = None
    inside: bool = False
    made_up: bool = False
    today: bool = False
    month: str = ""

    @property
    def classes(self) -> str:
        return f"{self.look} today".strip() if self.today else str(self.look)


Week = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """`shortened`: its beginning is left out."""

    weeks: tuple[Week, ...]
    shortened: bool = False

    @property
    def heads(self) -> list[str]:
        return [str(head) for head in _HEADS]

    @property
    def cells(self) -> list[Cell]:
        return [cell for week in self.weeks for cell in week]


def grid_of(reading: Reading, *, today: date, calendar: WorkCalendar | None = None) -> Grid | None:
    """None where there are no days to show. With a calendar the days around them are known too."""
    if not reading.days or reading.starts_on is None:
        return None
    last = _monday(reading.days[-1].on)
    first = begins = _monday(reading.starts_on)
    if reading.term.unit == Unit.MONTH:
        first = max(begins, last - timedelta(weeks=LAST_WEEKS - 1))
    maker = _Cells(reading, first, today, calendar)
    mondays = (first + timedelta(weeks=n) for n in range((last - first).days // 7 + 1))
    return Grid(tuple(maker.week(monday) for monday in mondays), shortened=first > begins)


def _monday(on: date) -> date:
    return on - timedelta(days=on.weekday())


class _Cells:
    def __init__(
        self, reading: Reading, first: date, today: date, calendar: WorkCalendar | None
    ) -> None:
        self.reading = reading
        self.first = first
        self.today = today
        self.in_working_days = reading.term.unit == Unit.WORKING_DAY
        self.calendar = calendar if self.in_working_days else None
        self.days = {day.on: day for day in reading.days}
        self.last = [day for day in reading.days if day.counted][-1]

    def week(self, monday: date) -> Week:
        return tuple(self._cell(monday + timedelta(days=n)) for n in range(7))

    def _cell(self, on: date) -> Cell:
        day = self.days.get(on)
        inside = day is not None or on == self.reading.starts_on
        names_month = on.day == 1 or on in (self.first, self.reading.starts_on)
        month = pgettext("date format of a month in a calendar", "M")
        notes = self._notes(on, day) if inside else self._notes_outside(on)
        if on == self.today:
            notes.append(pgettext("in a calendar", "today"))
        return Cell(
            on,
            self._look(on, day) if inside else self._look_outside(on),
            tuple(dict.fromkeys(notes)),
            n=day.n if day and self.reading.term.unit != Unit.MONTH else None,
            inside=inside,
            made_up=self._is_made_up(day),
            today=on == self.today,
            month=date_format(on, month) if names_month else "",
        )

    def _is_made_up(self, day: Day | None) -> bool:
        made_up = day is not None and day.counted and day.status.why == Why.MAKE_UP
        return made_up and self.in_working_days

    def _look(self, on: date, day: Day | None) -> Look:
        if day is None:
            return Look.START
        if on == self.reading.due_on:
            return Look.PROVISIONAL_END if self.reading.provisional else Look.END
        if day.excluded:
            return Look.PAUSED
        if self._rests(day):
            return _RESTS[day.status.why]
        if self.reading.extension and day.on > (self.reading.unextended_on or on):
            return Look.EXTENDED
        maybe = self.in_working_days and day.status.provisional
        return Look.PROVISIONAL if maybe else Look.PLAIN

    def _rests(self, day: Day) -> bool:
        """Of terms in calendar days only the end cares: a last day that is a rest day moves on."""
        if day.status.worked:
            return False
        return not day.counted or (day is self.last and self.reading.days[-1].rolled)

    def _notes(self, on: date, day: Day | None) -> list[str]:
        found: list[object] = []
        if day is None:
            found.append(_STARTS[start_event(self.reading)])
        elif day.excluded:
            found.append(pgettext("in a calendar", "paused"))
        elif self._rests(day):
            found.append(_rest(day.status))
        found += [_NOTES[e.kind] for e in self.reading.events if e.on == on and e.kind in _NOTES]
        if self.reading.extension and on == self.reading.unextended_on:
            found.append(pgettext("in a calendar", "was due"))
        if on == self.reading.due_on:
            found.append(pgettext("in a calendar", "due"))
        return [str(note) for note in found]

    def _look_outside(self, on: date) -> Look:
        status = self.calendar.look(on) if self.calendar else None
        return _RESTS.get(status.why, Look.OUTSIDE) if status else Look.OUTSIDE

    def _notes_outside(self, on: date) -> list[str]:
        status = self.calendar.look(on) if self.calendar else None
        return [_rest(status)] if status and not status.worked else []


def _rest(status: DayStatus) -> str:
    if status.why == Why.HOLIDAY:
        return wording.short_holiday(status.name)
    return pgettext("in a calendar", "off")
