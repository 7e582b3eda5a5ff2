"""What holds of the clock for any events and any calendar."""

from collections.abc import Sequence
from datetime import date, timedelta

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from deadlines.rules.calendar import DayKind, WorkCalendar
from deadlines.rules.clock import Reading, read
from deadlines.rules.events import Event, EventKind
from deadlines.rules.table import RULES, Party, Unit
from tests.deadlines.calendars import KNOWN, with_day

DAYS = st.dates(date(2019, 5, 15), date(2027, 12, 31))
IN_WORKING_DAYS = st.sampled_from(
    [rule for rule in RULES.values() if rule.newest.unit == Unit.WORKING_DAY]
)
ROLLING = st.sampled_from(
    [rule for rule in RULES.values() if rule.newest.unit in (Unit.DAY, Unit.MONTH)]
)
REPLY = RULES["reply"]


@st.composite
def stories(draw: st.DrawFn) -> list[Event]:
    """A receipt, up to four consultations, perhaps an extension."""
    received = draw(DAYS)
    events = [Event(EventKind.RECEIVED, received)]
    for number in range(draw(st.integers(0, 4))):
        sent = received + timedelta(days=draw(st.integers(0, 60)))
        party, ref = draw(st.sampled_from(Party)), str(number)
        events.append(Event(EventKind.CONSULTED, sent, party=party, ref=ref))
        if draw(st.booleans()):
            answered = sent + timedelta(days=draw(st.integers(0, 40)))
            events.append(Event(EventKind.ANSWERED, answered, party=party, ref=ref))
    if days := draw(st.integers(0, 20)):
        events.append(Event(EventKind.EXTENDED, received, days=days))
    return events


def reply(events: Sequence[Event], calendar: WorkCalendar = KNOWN) -> Reading:
    return read(REPLY, events, calendar)


def due(reading: Reading) -> date:
    assert reading.due_on
    return reading.due_on


@given(IN_WORKING_DAYS, DAYS)
def test_a_term_in_working_days_ends_on_a_working_day(rule: object, on: date) -> None:
    reading = read(rule, [Event(EventKind.RECEIVED, on)], KNOWN)  # type: ignore[arg-type]

    assert KNOWN.is_worked(due(reading))


@given(ROLLING, DAYS)
def test_calendar_days_and_months_end_on_a_working_day_too(rule: object, on: date) -> None:
    reading = read(rule, [Event(EventKind.RECEIVED, on)], KNOWN)  # type: ignore[arg-type]

    assert KNOWN.is_worked(due(reading))
    assert all(day.rolled for day in reading.days if not day.counted)


@given(stories())
def test_the_counted_days_are_as_many_as_the_term_and_numbered_in_order(
    events: list[Event],
) -> None:
    reading = reply(events)
    counted = [day.n for day in reading.days if day.counted]

    assert counted == list(range(1, reading.length + 1))
    assert reading.length == 20 + reading.extension


@given(stories())
def test_every_day_from_the_start_to_the_due_date_is_explained_once(events: list[Event]) -> None:
    reading = reply(events)
    assert reading.starts_on

    explained = [day.on for day in reading.days]

    span = (due(reading) - reading.starts_on).days
    assert explained == [reading.starts_on + timedelta(days=n) for n in range(1, span + 1)]


@given(stories(), st.randoms())
def test_the_order_of_the_events_does_not_matter(events: list[Event], chance: object) -> None:
    shuffled = list(events)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]

    assert reply(shuffled) == reply(events)


@given(stories(), st.integers(1, 40))
def test_a_day_off_more_never_makes_it_earlier(events: list[Event], after: int) -> None:
    day = events[0].on + timedelta(days=after)

    closed = reply(events, with_day(KNOWN, day, DayKind.OFF))

    assert due(closed) >= due(reply(events))


@given(DAYS, st.integers(0, 18), st.integers(1, 30))
def test_a_pause_of_k_working_days_moves_it_by_exactly_k(on: date, after: int, k: int) -> None:
    sent = KNOWN.working_day_after(on, after)
    answered = KNOWN.working_day_after(sent, k)
    plain = [Event(EventKind.RECEIVED, on)]
    paused = [
        *plain,
        Event(EventKind.CONSULTED, sent),
        Event(EventKind.ANSWERED, answered),
    ]

    before, after_pause = due(reply(plain)), due(reply(paused))

    assert KNOWN.working_days_between(before, after_pause) == k
    assert reply(paused).excluded == k


@given(stories())
def test_it_is_provisional_iff_it_touches_a_year_without_a_notice(events: list[Event]) -> None:
    reading = reply(events)

    assert reading.provisional == any(day.on.year == 2027 for day in reading.days)


@given(stories(), st.integers(1, 20))
def test_an_extension_adds_exactly_its_own_days(events: list[Event], days: int) -> None:
    plain = [event for event in events if event.kind != EventKind.EXTENDED]
    # A consultation may begin between the two due dates; then it stops the clock as well.
    assume(all(event.on <= due(reply(plain)) for event in plain))

    extended = reply([*plain, Event(EventKind.EXTENDED, events[0].on, days=days)])

    gained = [day for day in extended.days if day.on > due(reply(plain)) and day.counted]
    assert len(gained) == days
    assert extended.unextended_on == reply(plain).due_on


@settings(max_examples=50)
@given(DAYS, st.integers(0, 60))
def test_counting_back_gives_the_days_asked_for(on: date, count: int) -> None:
    assert KNOWN.working_days_between(on, KNOWN.working_day_after(on, count)) == count
    assert KNOWN.working_days_between(KNOWN.working_day_after(on, count), on) == -count
