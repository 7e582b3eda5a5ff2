"""Which open duties would move if a change of the calendar were made."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from deadlines.models import CalendarDay, Duty
from deadlines.rules.calendar import DayKind, SpecialDay, WorkCalendar
from deadlines.rules.events import ClockError
from deadlines.rules.holidays import statutory
from deadlines.rules.regions import NATIONAL, above
from deadlines.selectors.calendars import published_years, rule_for, version, work_calendar
from deadlines.selectors.duties import reading_by

BATCH = 500


@dataclass(frozen=True, slots=True)
class Change:
    """Rows that would end, days that would begin, and whether a year is settled by it or not."""

    region: str = NATIONAL
    gone: tuple[CalendarDay, ...] = ()
    days: tuple[SpecialDay, ...] = ()
    settles: int | None = None  # the year of a notice
    unsettles: int | None = None  # of a notice withdrawn

    @property
    def published(self) -> frozenset[int]:
        settled = {self.settles} if self.settles else set()
        return (published_years() | settled) - {self.unsettles}


@dataclass(frozen=True, slots=True)
class Move:
    duty: Duty
    before: date | None
    after: date | None


@dataclass(frozen=True, slots=True)
class Moves:
    count: int
    first: tuple[Move, ...]


class Candidates:
    """The calendars that would hold, one for all regions that share it."""

    def __init__(self, change: Change) -> None:
        self._change = change
        self.version = version()
        self._published = change.published
        gone = {row.pk for row in change.gone}
        standing = CalendarDay.objects.standing().select_related("since").exclude(pk__in=gone)
        self._days: dict[str, dict[date, SpecialDay]] = {}
        for row in standing:
            special = SpecialDay(row.day, DayKind(row.kind), row.name, str(row.since))
            self._days.setdefault(row.region, {})[row.day] = special
        for special in change.days:
            self._days.setdefault(change.region, {})[special.day] = special
        self._made: dict[str, WorkCalendar] = {}

    def of(self, region: str) -> WorkCalendar:
        nearest = next((code for code in reversed(above(region)) if code in self._days), NATIONAL)
        if nearest not in self._made:
            special: dict[date, SpecialDay] = {}
            for code in above(nearest):  # the nearer region's word is the last
                special |= self._days.get(code, {})
            self._made[nearest] = WorkCalendar(special, self._published)
        return self._made[nearest]

    def changed_days(self) -> list[date]:
        """Days that would be worked and are not, or the reverse."""
        change = self._change
        named = {row.day for row in change.gone} | {special.day for special in change.days}
        for year in (change.settles, change.unsettles):
            named |= set(statutory(year)) if year else set()
        old, new = work_calendar(change.region), self.of(change.region)
        return sorted(day for day in named if old.is_worked(day) != new.is_worked(day))


def moves_under(change: Change, *, limit: int = 50) -> Moves:
    """How many running duties would be due on another day, and the first of them.

    Reads only those whose span meets a day that changes, a batch at a time.
    """
    candidates = Candidates(change)
    days = candidates.changed_days()
    if not days:
        return Moves(0, ())
    count, first = 0, list[Move]()
    for move in _moves(_touched(change.region, days), candidates):
        count += 1
        if len(first) < limit:
            first.append(move)
    return Moves(count, tuple(first))


def _touched(region: str, days: list[date]) -> QuerySet[Duty]:
    """Ordered by due date: the first moves shown are the most pressing."""
    return (
        Duty.objects.running()
        .filter(starts_on__lte=days[-1], due_on__gte=days[0], region__startswith=region)
        .select_related("body")
        .prefetch_related("events")
        .order_by("due_at", "pk")
    )


def _moves(duties: QuerySet[Duty], candidates: Candidates) -> Iterator[Move]:
    for duty in duties.iterator(chunk_size=BATCH):
        after = _due_on(duty, candidates)
        if after != duty.due_on:
            yield Move(duty, duty.due_on, after)


def _due_on(duty: Duty, candidates: Candidates) -> date | None:
    """Events that contradict each other move nothing; the sweep reports them."""
    try:
        rule = rule_for(duty.rule, duty.region, at_version=candidates.version)
        return reading_by(duty, candidates.of(duty.region), rule).due_on
    except ClockError:
        return duty.due_on


def dropped_days(gone: Iterable[CalendarDay], days: Iterable[SpecialDay]) -> list[CalendarDay]:
    """Of the rows that would end, those of which the new text says nothing at all."""
    named = {special.day for special in days}
    return [row for row in gone if row.day not in named]
