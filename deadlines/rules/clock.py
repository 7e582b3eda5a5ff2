"""From recorded events to a due date, explained day by day. Nothing here asks what day it is.

The first day is not counted (Civil Code 201). A term in working days ends on its last working
day; one in calendar days or months that ends on a rest day ends on the next working day (203).
Hours run on the wall clock, and a fixed date is that date.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from deadlines.rules.calendar import WorkCalendar
from deadlines.rules.dates import day_of, end_of_day, start_of_day
from deadlines.rules.events import CONFIRMED_CHANNELS, Event, EventKind, of_kind
from deadlines.rules.law import (
    COUNTING,
    MONTHS,
    RECEIPT,
    RECEIPT_BEFORE_2019,
    ROLLING,
    Article,
    Law,
)
from deadlines.rules.pauses import Pause, Pauses, pauses_of
from deadlines.rules.restarts import ASKED_AND_GIVEN, in_time, starts_on
from deadlines.rules.scrutiny import check_events, granted_extension, the_receipt
from deadlines.rules.spans import Day, days_of, is_provisional
from deadlines.rules.table import Rule, Term, Trigger, Unit


class Waiting(StrEnum):
    """Why a clock does not run: the next step is the applicant's."""

    CONFIRMATION = "confirmation"
    CORRECTION = "correction"
    PAYMENT = "payment"


_WAITS = (Waiting.CORRECTION, Waiting.PAYMENT)


class Remark(StrEnum):
    """What a reader should know beside the date."""

    BEFORE_IN_FORCE = "the rule took effect later than this"
    PAUSE_AFTER_DUE = "a consultation that began after the due date adds nothing"
    OPEN_ENDED = "a consultation without a term counts once it is answered"
    OPINION_LATE = "an opinion came after its own term"
    ASKED_LATE = "a correction or fee asked for after the due date does not stop the clock"
    NOT_EXCLUDED = "this term does not stop for a consultation"


@dataclass(frozen=True, slots=True)
class Reading:
    """What a clock shows.

    While it waits, `due_on`, `due_at` and `unextended_on` are None and `days` is empty; before
    both sides confirmed, `starts_on` is None too. `length` counts the term's unit, with the
    `extension`; `excluded` the working days taken out for consultations. `due_at` is the first
    moment that is too late. `unextended_on` is the due date without the extension, and with it
    the last day to tell the applicant of one.
    """

    rule: Rule
    term: Term
    events: tuple[Event, ...]
    starts_on: date | None
    waiting_for: Waiting | None = None
    due_on: date | None = None
    due_at: datetime | None = None
    unextended_on: date | None = None
    length: int = 0
    extension: int = 0
    excluded: int = 0
    provisional: bool = False
    days: tuple[Day, ...] = ()
    pauses: tuple[Pause, ...] = ()
    remarks: tuple[Remark, ...] = ()
    articles: tuple[Article, ...] = ()

    def is_overdue(self, at: datetime) -> bool:
        """The whole of the last day is in time."""
        return self.due_at is not None and at >= self.due_at

    def used(self, on: date) -> int:
        """Counted days up to and with `on`."""
        return sum(day.counted for day in self.days if day.on <= on)

    def remaining(self, on: date) -> int:
        """Counted days after `on`: 0 on the due date and later."""
        return sum(day.counted for day in self.days if day.on > on)


def read(
    rule: Rule, events: Iterable[Event], calendar: WorkCalendar, *, recorded: bool = False
) -> Reading:
    """Raises ClockError for events that contradict each other or the law.

    `recorded`: they were found lawful when they were recorded. An extension told in time by the
    calendar of that day stays one, whatever the calendar became since.
    """
    known = tuple(sorted(events, key=lambda e: (e.on, e.kind, e.party, e.ref, e.days)))
    received = the_receipt(known)
    check_events(known, received)
    receipt_on = _receipt_on(rule, known, received)
    # The regime is that of the day of receipt [inference].
    term = term_for(rule, receipt_on or received.on)
    counted = in_time(rule, term, known, receipt_on, calendar)
    started = starts_on(rule, counted, receipt_on)
    if waiting := _waiting_for(rule, counted, started):
        return Reading(
            rule, term, known, started, waiting, articles=_articles(rule, term), length=term.length
        )
    start = started or received.on
    if term.unit in (Unit.HOUR, Unit.DATE):
        return _fixed(rule, term, known, received, start)
    reading = _counted(rule, term, known, start, calendar, recorded=recorded)
    late = (Remark.ASKED_LATE,) if len(counted) < len(known) else ()
    return replace(reading, remarks=(*reading.remarks, *late))


def term_for(rule: Rule, on: date) -> Term:
    """The edition for something received that day; before the oldest, the oldest.

    A yearly date belongs to the edition in force when it comes round.
    """
    for term in rule.editions:
        day = _next_date(term, on) if term.unit == Unit.DATE else on
        if term.until is None or day <= term.until:
            return term
    return rule.newest


def _counted(
    rule: Rule,
    term: Term,
    events: tuple[Event, ...],
    start: date,
    calendar: WorkCalendar,
    *,
    recorded: bool,
) -> Reading:
    pauses = pauses_of(term, events, calendar)
    days = days_of(term, term.length, start, calendar, pauses.stops)
    unextended_on = days[-1].on
    extension = granted_extension(term, events, None if recorded else unextended_on)
    if extension:
        days = days_of(term, term.length + extension, start, calendar, pauses.stops)
    due_on = days[-1].on
    return Reading(
        rule=rule,
        term=term,
        events=events,
        starts_on=start,
        due_on=due_on,
        due_at=end_of_day(due_on),
        unextended_on=unextended_on,
        length=term.length + extension,
        extension=extension,
        excluded=sum(day.excluded for day in days),
        provisional=is_provisional(term, days),
        days=days,
        pauses=tuple(p for p in pauses.stops if p.first <= due_on and p.last > start),
        remarks=_remarks(term, events, pauses, start, due_on),
        articles=_articles(rule, term),
    )


def _fixed(
    rule: Rule, term: Term, events: tuple[Event, ...], received: Event, start: date
) -> Reading:
    """Hours on the wall clock, and dates of the year. They know no rest days."""
    granted_extension(term, events, start)  # refuses any
    if term.unit == Unit.HOUR:
        moment = received.at or start_of_day(received.on)
        due_at = moment + timedelta(hours=term.length)
        due_on = day_of(due_at)
    else:
        due_on = _next_date(term, start)
        due_at = end_of_day(due_on)
    return Reading(
        rule=rule,
        term=term,
        events=events,
        starts_on=start,
        due_on=due_on,
        due_at=due_at,
        unextended_on=due_on,
        length=term.length,
        remarks=_remarks(term, events, Pauses((), ()), start, due_on),
        articles=_articles(rule, term),
    )


def _next_date(term: Term, on: date) -> date:
    """The term's date that year, or the next year's once it is past."""
    month, day = term.month_day or (12, 31)
    this_year = date(on.year, month, day)
    return this_year if on <= this_year else date(on.year + 1, month, day)


def _receipt_on(rule: Rule, events: Sequence[Event], received: Event) -> date | None:
    """The day an application counts as received; None: not yet, nobody confirmed it (Art 31)."""
    if rule.trigger != Trigger.RECEIPT or received.channel not in CONFIRMED_CHANNELS:
        return received.on
    confirmed = of_kind(events, EventKind.CONFIRMED)
    return confirmed[0].on if confirmed else None


def _waiting_for(rule: Rule, events: Sequence[Event], start: date | None) -> Waiting | None:
    if start is None:
        return Waiting.CONFIRMATION
    if not rule.waits:
        return None
    for (asked, given), waiting in zip(ASKED_AND_GIVEN.items(), _WAITS, strict=True):
        asks, answers = of_kind(events, asked), of_kind(events, given)
        if asks and (not answers or answers[-1].on < asks[-1].on):
            return waiting
    return None


def _remarks(
    term: Term, events: Sequence[Event], pauses: Pauses, start: date, due_on: date
) -> tuple[Remark, ...]:
    consulted = {event.party for event in events if event.kind == EventKind.CONSULTED}
    found = {
        Remark.BEFORE_IN_FORCE: term.since is not None and start < term.since,
        Remark.PAUSE_AFTER_DUE: any(pause.first > due_on for pause in pauses.stops),
        Remark.OPEN_ENDED: bool(pauses.open_ended),
        Remark.OPINION_LATE: any(pause.late for pause in pauses.stops),
        Remark.NOT_EXCLUDED: bool(consulted - term.excludes),
    }
    return tuple(remark for remark, holds in found.items() if holds)


def receipt_article(term: Term) -> Article:
    """What fixes the day of receipt: the Regulation of 2007 itself was silent."""
    before_2019 = term.article.law == Law.REGULATION_2007
    return RECEIPT_BEFORE_2019 if before_2019 else RECEIPT


def _articles(rule: Rule, term: Term) -> tuple[Article, ...]:
    """What the date rests on: the term, how its start is fixed, how it is counted."""
    how = {
        Unit.WORKING_DAY: (COUNTING,),
        Unit.DAY: (COUNTING, ROLLING),
        Unit.MONTH: (COUNTING, MONTHS, ROLLING),
    }.get(term.unit, ())
    receipt = (receipt_article(term),) if rule.trigger == Trigger.RECEIPT else ()
    return (term.article, *receipt, *how)
