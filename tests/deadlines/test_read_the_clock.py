"""The clock by the law's own examples (pure rules, no database)."""

from datetime import date, datetime

import pytest

from deadlines.rules.clock import Remark, Waiting, read
from deadlines.rules.dates import SHANGHAI
from deadlines.rules.events import Channel, ClockError, Event, EventKind, Refusal
from deadlines.rules.table import RULES
from tests.deadlines.calendars import KNOWN, ask, consulted


@pytest.mark.parametrize(
    ("rule", "received_on", "due_on"),
    [
        ("reply", "2025-01-20", "2025-02-21"),
        ("reply", "2025-09-28", "2025-10-31"),
        ("reply", "2026-02-13", "2026-03-19"),
        ("reply", "2026-02-14", "2026-03-20"),
        ("reply", "2026-01-03", "2026-01-29"),
        ("correction", "2026-09-21", "2026-10-08"),
        ("correction", "2025-12-31", "2026-01-12"),
        ("reply", "2024-02-09", "2024-03-14"),
        ("reply", "2016-02-05", "2016-03-02"),
        ("reply", "2016-09-30", "2016-10-26"),
        ("third_party", "2026-03-02", "2026-03-23"),
        ("co_maker", "2026-03-02", "2026-03-23"),
        ("fee_payment", "2026-03-02", "2026-03-30"),
        ("publication", "2026-03-02", "2026-03-30"),
        ("publication", "2018-03-01", "2018-03-29"),
        ("penalty_publication", "2026-03-02", "2026-03-23"),  # the 22nd is a Sunday
        ("interpretation", "2025-08-31", "2025-09-22"),
        ("review", "2025-08-31", "2025-10-30"),
        ("suit_after_review", "2025-09-22", "2025-10-09"),
        ("annual_report_body", "2025-12-31", "2026-01-31"),
        ("annual_report_government", "2025-12-31", "2026-03-31"),
        ("annual_report_body", "2018-12-31", "2019-03-31"),
        ("annual_report_body", "2019-12-31", "2020-01-31"),
    ],
)
def test_known_dates_come_out(rule: str, received_on: str, due_on: str) -> None:
    assert str(ask(rule, received_on).due_on) == due_on


def test_a_year_without_a_notice_is_provisional_and_said_so() -> None:
    reading = ask("reply", "2026-12-08")

    assert str(reading.due_on) == "2027-01-06"
    assert reading.provisional
    assert [day.on.year for day in reading.days if day.status.provisional] == [2027] * 6


def test_the_days_of_consulting_are_taken_out() -> None:
    reading = ask(
        "reply",
        "2025-09-13",
        channel="online",
        confirmed_on="2025-09-15",
        consultations=consulted("2025-09-22/2025-10-13"),
    )

    assert (str(reading.due_on), reading.excluded) == ("2025-11-03", 11)


def test_overlapping_consultations_count_once() -> None:
    one = ask("reply", "2026-03-02", consultations=consulted("2026-03-04/2026-03-18"))
    two = ask(
        "reply",
        "2026-03-02",
        consultations=[
            *consulted("2026-03-04/2026-03-12"),
            *consulted("2026-03-06/2026-03-18", party="co_maker"),
        ],
    )

    assert two.due_on == one.due_on


def test_a_consultation_begun_after_the_due_date_adds_nothing() -> None:
    plain = ask("reply", "2026-03-02")
    reading = ask("reply", "2026-03-02", consultations=consulted("2026-03-30/2026-04-10"))

    assert plain.due_on == reading.due_on == date(2026, 3, 30)
    assert Remark.PAUSE_AFTER_DUE in reading.remarks


def test_an_unanswered_third_party_stops_the_clock_for_its_own_term_at_most() -> None:
    reading = ask("reply", "2026-03-02", consultations=consulted("2026-03-04/"))

    assert reading.excluded == 15
    assert reading.pauses[0].silent


def test_its_term_begins_when_the_letter_arrives() -> None:
    letter = {"sent_on": "2026-03-04", "delivered_on": "2026-03-09"}

    assert ask("reply", "2026-03-02", consultations=[letter]).excluded == 18


def test_another_body_has_no_term_and_counts_once_it_has_answered() -> None:
    silent = ask("reply", "2026-03-02", consultations=consulted("2026-03-04/", party="other_body"))
    answered = ask(
        "reply", "2026-03-02", consultations=consulted("2026-03-04/2026-03-06", party="other_body")
    )

    assert (silent.excluded, answered.excluded) == (0, 2)
    assert Remark.OPEN_ENDED in silent.remarks


def test_under_the_regulation_of_2007_only_a_third_party_stops_the_clock() -> None:
    third = ask("reply", "2018-03-01", consultations=consulted("2018-03-05/2018-03-09"))
    maker = ask(
        "reply", "2018-03-01", consultations=consulted("2018-03-05/2018-03-09", party="co_maker")
    )

    assert (third.length, third.excluded) == (15, 4)
    assert maker.excluded == 0
    assert Remark.NOT_EXCLUDED in maker.remarks


@pytest.mark.parametrize(
    ("received_on", "channel", "confirmed_on", "starts_on", "length"),
    [
        ("2019-05-14", "in_person", None, "2019-05-14", 15),
        ("2019-05-15", "in_person", None, "2019-05-15", 20),
        ("2019-05-14", "online", "2019-05-15", "2019-05-15", 20),
        ("2026-03-02", "in_person", "2026-03-09", "2026-03-02", 20),
        ("2026-03-02", "registered_post", None, "2026-03-02", 20),
        ("2026-03-02", "ordinary_post", "2026-03-03", "2026-03-03", 20),
        ("2026-03-02", "online", "2026-03-04", "2026-03-04", 20),
        ("2026-03-02", "fax", "2026-03-05", "2026-03-05", 20),
    ],
)
def test_the_channel_decides_the_day_of_receipt_and_that_the_regime(
    received_on: str, channel: str, confirmed_on: str | None, starts_on: str, length: int
) -> None:
    reading = ask("reply", received_on, channel=channel, confirmed_on=confirmed_on)

    assert (str(reading.starts_on), reading.length) == (starts_on, length)


@pytest.mark.parametrize("channel", ["online", "fax", "ordinary_post"])
def test_what_nobody_confirmed_has_no_due_date(channel: str) -> None:
    reading = ask("reply", "2026-03-02", channel=channel)

    assert reading.waiting_for == Waiting.CONFIRMATION
    assert (reading.starts_on, reading.due_on, reading.days) == (None, None, ())


def test_a_correction_starts_the_clock_anew() -> None:
    waiting = ask("reply", "2026-03-02", correction_asked_on="2026-03-06")
    corrected = ask(
        "reply", "2026-03-02", correction_asked_on="2026-03-06", corrected_on="2026-03-16"
    )

    assert (waiting.waiting_for, waiting.due_on) == (Waiting.CORRECTION, None)
    assert corrected.due_on == ask("reply", "2026-03-16").due_on


def test_payment_starts_the_clock_anew() -> None:
    waiting = ask("reply", "2026-03-02", fee_noticed_on="2026-03-06")
    paid = ask("reply", "2026-03-02", fee_noticed_on="2026-03-06", fee_paid_on="2026-03-20")

    assert (waiting.waiting_for, waiting.due_on) == (Waiting.PAYMENT, None)
    assert paid.due_on == ask("reply", "2026-03-20").due_on


def test_a_second_correction_waits_again() -> None:
    events = [
        Event(EventKind.RECEIVED, date(2026, 3, 2)),
        Event(EventKind.CORRECTION_ASKED, date(2026, 3, 4)),
        Event(EventKind.CORRECTED, date(2026, 3, 9)),
        Event(EventKind.CORRECTION_ASKED, date(2026, 3, 11)),
    ]

    assert read(RULES["reply"], events, KNOWN).waiting_for == Waiting.CORRECTION


def test_an_extension_adds_its_working_days_and_the_first_due_date_stays_known() -> None:
    reading = ask("reply", "2026-03-02", extended_days=5)

    assert (str(reading.unextended_on), str(reading.due_on)) == ("2026-03-30", "2026-04-07")
    assert (reading.length, reading.extension) == (25, 5)


@pytest.mark.parametrize(
    ("question", "refusal"),
    [
        ({"extended_days": 21}, Refusal.EXTENDED_TOO_LONG),
        ({"extended_days": 5, "extended_on": "2026-03-31"}, Refusal.EXTENDED_LATE),
        ({"rule": "correction", "extended_days": 1}, Refusal.NOT_EXTENDABLE),
        ({"rule": "concern_other", "extended_days": 1}, Refusal.NOT_EXTENDABLE),
        ({"received_on": "2018-03-01", "extended_days": 16}, Refusal.EXTENDED_TOO_LONG),
        ({"corrected_on": "2026-03-01"}, Refusal.BEFORE_RECEIPT),
        ({"consultations": consulted("2026-03-05/2026-03-04")}, Refusal.BEFORE_LETTER),
        ({"consultations": consulted("2026-02-27/2026-03-04")}, Refusal.BEFORE_RECEIPT),
        ({"received_on": "1890-01-01"}, Refusal.OUT_OF_RANGE),
        ({"received_on": "9999-12-31"}, Refusal.OUT_OF_RANGE),
    ],
)
def test_what_cannot_be_is_refused_with_its_reason(
    question: dict[str, object], refusal: Refusal
) -> None:
    asked = {"rule": "reply", "received_on": "2026-03-02", **question}

    with pytest.raises(ClockError) as caught:
        ask(str(asked.pop("rule")), str(asked.pop("received_on")), **asked)

    assert caught.value.reason == refusal


def test_a_second_extension_is_refused() -> None:
    events = [
        Event(EventKind.RECEIVED, date(2026, 3, 2)),
        Event(EventKind.EXTENDED, date(2026, 3, 4), days=5),
        Event(EventKind.EXTENDED, date(2026, 3, 5), days=5),
    ]

    with pytest.raises(ClockError) as caught:
        read(RULES["reply"], events, KNOWN)

    assert caught.value.reason == Refusal.EXTENDED_TWICE


def test_hours_run_on_the_wall_clock_over_holidays_and_midnight() -> None:
    emergency = ask("concern_emergency", "2026-02-14", received_at="2026-02-14T17:20")
    other = ask("concern_other", "2026-02-14", received_at="2026-02-14T17:20:00+08:00")

    assert emergency.due_at == datetime(2026, 2, 15, 17, 20, tzinfo=SHANGHAI)
    assert (str(other.due_on), other.provisional) == ("2026-02-16", False)


def test_a_month_ends_on_its_last_day_where_it_has_no_corresponding_one() -> None:
    assert str(ask("suit", "2025-08-31").due_on) == "2026-02-28"  # a Saturday that is worked
    assert str(ask("suit", "2024-08-31").due_on) == "2025-02-28"


def test_the_whole_last_day_is_in_time() -> None:
    reading = ask("reply", "2026-03-02")

    assert reading.due_on == date(2026, 3, 30)
    assert not reading.is_overdue(datetime(2026, 3, 30, 23, 59, 59, tzinfo=SHANGHAI))
    assert reading.is_overdue(datetime(2026, 3, 31, 0, 0, tzinfo=SHANGHAI))


def test_days_used_and_remaining_are_told_for_a_day() -> None:
    reading = ask("reply", "2026-03-02")

    assert (reading.used(date(2026, 3, 2)), reading.remaining(date(2026, 3, 2))) == (0, 20)
    assert (reading.used(date(2026, 3, 30)), reading.remaining(date(2026, 3, 30))) == (20, 0)
    assert reading.remaining(date(2026, 5, 1)) == 0


def test_a_rule_from_before_its_time_says_so() -> None:
    assert Remark.BEFORE_IN_FORCE in ask("correction", "2015-03-02").remarks
    assert ask("correction", "2026-03-02").remarks == ()


def test_the_channel_means_nothing_to_what_is_no_application() -> None:
    by_fax = ask("publication", "2026-03-02", channel=Channel.FAX.value)

    assert by_fax.due_on == ask("publication", "2026-03-02").due_on
