"""The account and the calendar of a due date, for any events: nothing left out, nothing twice."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from deadlines.explaining.explanation import Explanation, explain
from deadlines.explaining.grid import Grid, Look, grid_of
from deadlines.explaining.ledger import Kind, Line, lines_of
from deadlines.explaining.panel import Pip
from deadlines.rules.clock import Reading, read
from deadlines.rules.events import Channel, Event, EventKind
from deadlines.rules.question import parse
from deadlines.rules.table import RULES, Rule, Unit
from tests.deadlines.calendars import KNOWN
from tests.deadlines.test_clock_properties import reply, stories

TODAY = date(2026, 10, 12)
IN_DAYS = [rule for rule in RULES.values() if rule.newest.unit in (Unit.WORKING_DAY, Unit.DAY)]
WITH_DAYS = [*IN_DAYS, RULES["suit"]]
RECEIVED = st.dates(date(2019, 5, 15), date(2027, 12, 31))


def asked(rule: str, received_on: str, **more: object) -> Reading:
    question = parse({"rule": rule, "received_on": received_on, **more})
    return read(RULES[question.rule], question.events, KNOWN)


def explained(reading: Reading, *, today: date = TODAY, language: str = "en") -> Explanation:
    with translation.override(language):
        return explain(reading, today=today, calendar=KNOWN)


def days_of(grid: Grid) -> list[date]:
    return [cell.on for cell in grid.cells if cell.inside]


def from_start_to_due(reading: Reading) -> list[date]:
    assert reading.starts_on
    assert reading.due_on
    span = (reading.due_on - reading.starts_on).days
    return [reading.starts_on + timedelta(days=n) for n in range(span + 1)]


def check_ledger(reading: Reading, lines: tuple[Line, ...]) -> None:
    assert sum(line.adds for line in lines) == reading.length == lines[-1].total
    assert [line.total for line in lines] == sorted(line.total for line in lines)
    assert sum(line.excluded for line in lines) == reading.excluded
    accounted = [day.on for line in lines for day in line.days]
    assert accounted == sorted(set(accounted))
    assert all(before.last < line.first for before, line in pairwise(lines))


@given(stories())
def test_the_lines_add_up_to_the_term(events: list[Event]) -> None:
    reading = reply(events)

    check_ledger(reading, lines_of(reading))


@given(st.sampled_from(WITH_DAYS), RECEIVED)
def test_the_lines_add_up_whatever_the_unit(rule: Rule, on: date) -> None:
    reading = read(rule, [Event(EventKind.RECEIVED, on)], KNOWN)

    check_ledger(reading, lines_of(reading))


@given(stories())
def test_every_day_from_the_start_to_the_due_date_is_in_the_calendar_once(
    events: list[Event],
) -> None:
    reading = reply(events)
    grid = grid_of(reading, today=TODAY)

    assert grid
    assert days_of(grid) == from_start_to_due(reading)
    assert [cell.n for cell in grid.cells if cell.n] == list(range(1, reading.length + 1))
    assert all(len(week) == 7 and week[0].on.weekday() == 0 for week in grid.weeks)


@given(st.sampled_from(IN_DAYS), RECEIVED)
def test_calendar_days_are_in_the_calendar_too(rule: Rule, on: date) -> None:
    reading = read(rule, [Event(EventKind.RECEIVED, on)], KNOWN)
    grid = grid_of(reading, today=TODAY, calendar=KNOWN)

    assert grid
    assert days_of(grid) == from_start_to_due(reading)


@given(stories(), st.sampled_from(["en", "zh-hans"]))
def test_whatever_happened_can_be_said(events: list[Event], language: str) -> None:
    told = explained(reply(events), language=language)

    assert all(fact.name and fact.value for fact in told.facts)
    assert all(entry.days and entry.step and entry.total for entry in told.entries)
    assert len(told.panel.pips) == told.reading.length


def test_a_line_with_a_weekend_made_up_for_ends_with_its_week() -> None:
    lines = lines_of(asked("reply", "2026-09-30"))

    assert [(line.first.isoformat(), line.adds) for line in lines][:4] == [
        ("2026-09-30", 0),
        ("2026-10-01", 0),
        ("2026-10-08", 3),
        ("2026-10-12", 17),
    ]


def test_two_opinions_have_a_line_each() -> None:
    letters = [
        {"with": "third_party", "sent_on": "2026-06-01", "answered_on": "2026-06-05"},
        {"with": "co_maker", "sent_on": "2026-06-05", "answered_on": "2026-06-10"},
    ]
    told = explained(asked("reply", "2026-05-25", consultations=letters))
    paused = [entry for entry in told.entries if entry.line.kind == Kind.PAUSED]

    assert [entry.line.excluded for entry in paused] == [4, 3]
    assert ["third party" in entry.said.lower() for entry in paused] == [True, False]
    assert any("The opinion has come" in entry.said for entry in told.entries)


def test_who_does_not_answer_pauses_the_clock_for_a_term_and_no_longer() -> None:
    letters = [{"with": "third_party", "sent_on": "2026-06-01"}]
    told = explained(asked("reply", "2026-05-25", consultations=letters))
    [paused] = [entry for entry in told.entries if entry.line.kind == Kind.PAUSED]

    assert paused.line.excluded == 15
    assert "did not answer" in paused.said
    assert any("The term for the opinion is over" in entry.said for entry in told.entries)


def test_a_last_day_that_is_a_rest_day_moves_on() -> None:
    told = explained(asked("review", "2026-08-04"))
    rolled = told.entries[-1]

    assert rolled.line.kind == Kind.ROLLED
    assert (rolled.line.adds, rolled.line.total) == (0, 60)
    assert rolled.law == "Civil Code, Article 203"
    assert [fact.value for fact in told.facts if fact.name == "Last day"] == [
        "3 October (Sat) is no working day; moved on to 8 October"
    ]


def test_of_a_long_term_a_mark_stands_for_several_days() -> None:
    told = explained(asked("review", "2026-10-01"))

    assert len(told.panel.pips) == 30
    assert told.panel.pips.count(Pip.USED) == 5  # of 11 days, two to a mark


def test_months_are_counted_by_months_and_only_their_end_is_shown() -> None:
    told = explained(asked("suit", "2026-03-31"))

    assert [entry.line.last.isoformat() for entry in told.entries[1:]] == [
        *("2026-04-30", "2026-05-31", "2026-06-30", "2026-07-31", "2026-08-31", "2026-09-30")
    ]
    assert told.grid
    assert (len(told.grid.weeks), told.grid.shortened) == (6, True)
    assert "Civil Code, Article 202" in told.entries[-1].law


def test_months_that_end_in_an_unpublished_year_are_provisional_at_their_end() -> None:
    told = explained(asked("suit", "2026-08-31"))

    assert told.panel.pips[-1] == Pip.PROVISIONAL
    assert told.grid
    assert [cell.on for cell in told.grid.cells if cell.look == Look.PROVISIONAL_END] == [
        date(2027, 3, 1)
    ]


def test_hours_end_to_the_minute_and_have_no_calendar() -> None:
    reading = asked("concern_emergency", "2026-10-11", received_at="2026-10-11T14:05")
    told = explained(reading)

    assert told.panel.day == "12 October 14:05"
    assert told.grid is None
    assert told.entries == ()


def test_a_fixed_date_is_that_date() -> None:
    told = explained(asked("annual_report_government", "2025-12-31"))

    assert (told.panel.day, told.grid) == ("31 March", None)
    assert "31 December 2025" in told.facts[0].value


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"channel": Channel.ONLINE}, "Counted once both sides confirm"),
        ({"correction_asked_on": "2026-10-09"}, "Counted anew once it is corrected"),
        ({"fee_noticed_on": "2026-10-09"}, "Counted anew once the fee is paid"),
    ],
)
def test_a_clock_that_waits_tells_the_due_date_for_each_of_the_next_days(
    fields: dict[str, str], said: str
) -> None:
    told = explained(asked("reply", "2026-10-08", **fields))

    assert told.panel.day == said
    assert [(one.on.isoformat(), one.due_on.isoformat()) for one in told.possible] == [
        ("2026-10-12", "2026-11-09"),
        ("2026-10-13", "2026-11-10"),
        ("2026-10-14", "2026-11-11"),
    ]
    assert told.possible[0].today


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"channel": "online", "confirmed_on": "2026-10-09"}, "Both sides confirmed"),
        ({"corrected_on": "2026-10-09"}, "corrected application arrived"),
        ({"fee_paid_on": "2026-10-09"}, "fee was paid in full"),
    ],
)
def test_what_made_the_clock_begin_is_said(fields: dict[str, str], reason: str) -> None:
    told = explained(asked("reply", "2026-10-08", **fields))

    assert reason in told.entries[0].said
    assert told.facts[0].name == "Handed in"


def test_how_long_it_is_past_is_counted_in_working_days() -> None:
    reading = asked("reply", "2026-08-31")  # due on Monday 2026-09-28

    assert str(explained(reading, today=date(2026, 10, 12)).panel.late) == (
        "<b>6 working days</b> past"
    )
    on_a_day_off = explained(asked("reply", "2026-09-02"), today=date(2026, 10, 3))
    assert str(on_a_day_off.panel.late) == "<b>It is past</b>"
    assert explained(reading, today=date(2026, 9, 28)).panel.late is None


def test_what_is_left_is_counted_from_today() -> None:
    panel = explained(asked("reply", "2026-09-30")).panel

    assert [str(sentence) for sentence in panel.left] == ["<b>16 working days</b> left"]
    assert panel.caption == "20 working days; today is day 4, 16 left"
    on_sunday = explained(asked("reply", "2026-09-30"), today=date(2026, 10, 11)).panel
    assert on_sunday.caption == "20 working days; 3 used, 17 left"


def test_without_the_calendar_the_term_itself_is_shown_all_the_same() -> None:
    told = explain(asked("reply", "2026-12-08"), today=TODAY)

    assert told.grid
    assert {cell.look for cell in told.grid.cells if not cell.inside} == {Look.OUTSIDE}
