"""What stops the clock and starts it anew, and what comes too late to (pure rules)."""

from datetime import date

import pytest

from deadlines.rules.clock import Remark, Waiting, read
from deadlines.rules.events import ClockError, Event, EventKind, Refusal
from deadlines.rules.law import Article, Law
from deadlines.rules.table import RULES
from tests.deadlines.calendars import KNOWN, ask, consulted


@pytest.mark.parametrize("given", [{}, {"corrected_on": "2026-05-12"}])
def test_a_late_body_wins_no_time_by_asking_for_a_correction(given: dict[str, str]) -> None:
    reading = ask("reply", "2026-03-02", correction_asked_on="2026-05-06", **given)

    assert (reading.waiting_for, str(reading.due_on)) == (None, "2026-03-30")
    assert Remark.ASKED_LATE in reading.remarks


def test_a_late_fee_notice_does_not_stop_the_clock_either() -> None:
    reading = ask("reply", "2026-03-02", fee_noticed_on="2026-03-31", fee_paid_on="2026-04-02")

    assert str(reading.due_on) == "2026-03-30"
    assert str(ask("reply", "2026-03-02", fee_noticed_on="2026-03-30").waiting_for) == "payment"


def test_what_is_asked_within_an_extension_or_after_a_pause_is_in_time() -> None:
    extended = ask("reply", "2026-03-02", extended_days=5, correction_asked_on="2026-04-07")
    paused = ask(
        "reply",
        "2026-03-02",
        consultations=consulted("2026-03-04/2026-03-06"),
        correction_asked_on="2026-04-01",
    )

    assert extended.waiting_for == paused.waiting_for == Waiting.CORRECTION


def test_telling_what_to_correct_does_not_wait_for_the_applicant() -> None:
    assert str(ask("correction", "2026-03-02", correction_asked_on="2026-03-04").due_on) == (
        "2026-03-11"
    )


def test_the_same_extension_recorded_twice_is_two() -> None:
    extension = Event(EventKind.EXTENDED, date(2026, 3, 4), days=5)
    events = [Event(EventKind.RECEIVED, date(2026, 3, 2)), extension, extension]

    with pytest.raises(ClockError) as caught:
        read(RULES["reply"], events, KNOWN)

    assert caught.value.reason == Refusal.EXTENDED_TWICE


def test_the_day_of_receipt_before_2019_rests_on_its_own_text() -> None:
    old, new = ask("reply", "2016-03-01"), ask("reply", "2026-03-02")

    assert [article.law for article in old.articles].count(Law.REGULATION) == 0
    assert Article(Law.REGULATION, 31) in new.articles
    assert Remark.BEFORE_IN_FORCE in ask("reply", "2006-03-01").remarks
