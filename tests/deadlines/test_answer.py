"""What the clock's answer says, key by key: others build on it."""

import json
from datetime import date
from typing import Any

import pytest
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from deadlines.rules.events import ClockError, Refusal
from deadlines.rules.question import QuestionError, parse
from deadlines.rules.table import RULES
from deadlines.selectors.answers import answer_to, as_json, ask, complaints, table
from deadlines.selectors.calendars import version

pytestmark = pytest.mark.django_db

CONTRACT: dict[str, Any] = {
    "rule": "reply",
    "channel": "online",
    "received_on": "2025-09-13",
    "confirmed_on": "2025-09-15",
    "corrected_on": None,
    "fee_paid_on": None,
    "extended_days": 0,
    "consultations": [
        {"with": "third_party", "sent_on": "2025-09-22", "answered_on": "2025-10-13"}
    ],
}
ALWAYS = {
    *("due_on", "provisional", "starts_on", "working_days", "excluded_days", "days", "basis"),
    *("rule", "rule_name", "unit", "length", "due_at", "extension_days", "unextended_on"),
    *("waiting_for", "waiting", "remarks", "article", "calendar"),
}


def told(rule: str = "reply", received_on: str = "2025-09-13", **more: Any) -> dict[str, Any]:
    return answer_to({"rule": rule, "received_on": received_on, **more})


def refused(**given: Any) -> list[str]:
    """The fields that are complained of."""
    with pytest.raises((ClockError, QuestionError)) as caught:
        told(**given)
    assert isinstance(caught.value, ClockError | QuestionError)
    return [line["parameter"] for line in complaints(caught.value)]


def day(answer: dict[str, Any], on: str) -> dict[str, Any]:
    found: dict[str, Any] = next(day for day in answer["days"] if day["date"] == on)
    return found


def test_the_contracts_example() -> None:
    answer: dict[str, Any] = answer_to(CONTRACT)
    expected = {
        "due_on": "2025-11-03",
        "provisional": False,
        "starts_on": "2025-09-15",
        "working_days": 20,
        "excluded_days": 11,
    }
    assert answer | expected == answer
    first = {"date": "2025-09-16", "counted": True, "n": 1, "reason": "working day"}
    assert answer["days"][0] == first
    assert answer["days"][-1]["date"] == "2025-11-03"
    assert answer["days"][-1]["n"] == 20


def test_what_an_answer_holds_beside_the_contract() -> None:
    with translation.override("en"):
        answer = answer_to(CONTRACT)
    assert set(answer) == ALWAYS
    expected = {
        "rule": "reply",
        "rule_name": "Reply to an application",
        "unit": "working_day",
        "length": 20,
        "due_at": "2025-11-04T00:00:00+08:00",
        "extension_days": 0,
        "unextended_on": "2025-11-03",
        "waiting_for": None,
        "waiting": "",
        "remarks": [],
        "article": "Regulation, Article 33",
        "basis": ["Regulation, Article 33", "Regulation, Article 31", "Civil Code, Article 201"],
        "calendar": {"version": version(), "provisional_years": []},
    }
    assert answer | expected == answer


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_has_an_answer_that_is_json(rule: str) -> None:
    answer = told(rule, as_of="2025-10-01")
    assert json.loads(json.dumps(answer)) == answer
    assert answer["due_on"] > "2025-09-13"
    assert answer["basis"][0] == answer["article"]
    in_working_days = answer["unit"] == "working_day"
    assert answer["working_days"] == (answer["length"] if in_working_days else None)


@pytest.mark.parametrize(
    ("channel", "starts_on"),
    [
        ("in_person", "2025-09-13"),
        ("registered_post", "2025-09-13"),
        ("ordinary_post", "2025-09-15"),
        ("online", "2025-09-15"),
        ("fax", "2025-09-15"),
    ],
)
def test_each_channel_has_its_own_start(channel: str, starts_on: str) -> None:
    assert told(channel=channel, confirmed_on="2025-09-15")["starts_on"] == starts_on


@pytest.mark.parametrize(
    ("events", "waiting_for"),
    [
        ({"channel": "online"}, "confirmation"),
        ({"correction_asked_on": "2025-09-16"}, "correction"),
        ({"fee_noticed_on": "2025-09-16"}, "payment"),
    ],
)
def test_a_clock_that_waits_says_for_what(events: dict[str, str], waiting_for: str) -> None:
    answer = told(**events, as_of="2025-12-31")
    nothing: dict[str, Any] = {"due_on": None, "due_at": None, "unextended_on": None, "days": []}
    standing = {"used_days": None, "remaining_days": None, "overdue": False}
    assert answer | nothing | standing | {"waiting_for": waiting_for} == answer
    assert answer["waiting"]
    assert answer["working_days"] == 20


@pytest.mark.parametrize(
    ("on", "reason", "name"),
    [
        ("2025-09-20", "weekend", None),
        ("2025-09-28", "make-up working day", "国庆节、中秋节"),
        ("2025-10-01", "public holiday", "国庆节、中秋节"),
    ],
)
def test_why_a_day_counts_or_not(on: str, reason: str, name: str | None) -> None:
    found = day(told(), on)
    assert found["reason"] == reason
    assert found["counted"] == (reason == "make-up working day")
    assert ("name" in found) == (name is not None)


def test_reasons_stay_in_english_and_names_do_not() -> None:
    with translation.override("zh-hans"):
        chinese = told(received_on="2025-12-20")
    with translation.override("en"):
        english = told(received_on="2025-12-20")
    assert day(chinese, "2026-01-01")["reason"] == "public holiday"
    assert day(english, "2026-01-01")["name"] == "New Year’s Day"
    assert "第三十三条" in chinese["article"]
    assert english["article"] == "Regulation, Article 33"


@pytest.mark.parametrize(
    ("party", "reason"),
    [
        ("third_party", "consultation with the third party"),
        ("co_maker", "consultation with a co-maker"),
        ("other_body", "consultation with another body"),
    ],
)
def test_a_paused_day_says_who_is_asked_whatever_day_it_is(party: str, reason: str) -> None:
    letter = {"with": party, "sent_on": "2025-09-22", "answered_on": "2025-10-13"}
    answer = told(consultations=[letter])
    for on in ("2025-09-23", "2025-09-27", "2025-10-01"):
        assert day(answer, on)["reason"] == reason
        assert day(answer, on)["n"] is None


def test_a_last_day_that_rolls_keeps_the_reason_of_each_day() -> None:
    answer = told("suit", "2026-04-03")
    assert answer["due_on"] == "2026-10-08"
    assert day(answer, "2026-10-03") | {"counted": True} == day(answer, "2026-10-03")
    assert day(answer, "2026-10-05")["reason"] == "public holiday"
    assert day(answer, "2026-10-05")["n"] is None


def test_a_year_without_a_notice_makes_it_provisional() -> None:
    answer = told(received_on="2026-12-08")
    assert answer["due_on"] == "2027-01-06"
    assert answer["provisional"] is True
    assert answer["calendar"]["provisional_years"] == [2027]


@pytest.mark.parametrize(
    ("as_of", "standing"),
    [
        ("2025-09-15", (0, 20, False)),
        ("2025-09-16", (1, 19, False)),
        ("2025-11-03", (20, 0, False)),
        ("2025-11-04", (20, 0, True)),
    ],
)
def test_how_far_it_has_run(as_of: str, standing: tuple[int, int, bool]) -> None:
    answer = answer_to({**CONTRACT, "as_of": as_of})
    assert (answer["used_days"], answer["remaining_days"], answer["overdue"]) == standing


def test_the_whole_of_the_last_day_is_in_time_in_hours_too() -> None:
    answer = told("concern_emergency", "2025-09-13", received_at="2025-09-13T01:30:00Z")
    assert answer["due_at"] == "2025-09-14T09:30:00+08:00"
    assert answer["due_on"] == "2025-09-14"
    assert (answer["unit"], answer["length"], answer["working_days"]) == ("hour", 24, None)
    assert told("concern_other")["due_at"] == "2025-09-15T00:00:00+08:00"


def test_an_extension_is_told_with_the_date_without_it() -> None:
    answer = told(extended_days=20)
    assert (answer["length"], answer["working_days"], answer["extension_days"]) == (40, 40, 20)
    assert answer["unextended_on"] == told()["due_on"] < answer["due_on"]


@pytest.mark.parametrize(
    ("given", "fields"),
    [
        ({"extended_days": 21}, ["extended_days"]),
        ({"rule": "correction", "extended_days": 1}, ["extended_days"]),
        ({"extended_days": 1, "extended_on": "2025-10-20"}, ["extended_on"]),
        ({"confirmed_on": "2025-09-12"}, ["confirmed_on"]),
        ({"received_on": "1949-10-01"}, ["received_on"]),
        (
            {"consultations": [{"sent_on": "2025-09-22", "answered_on": "2025-09-21"}]},
            ["consultations"],
        ),
        (
            {"rule": "nope", "channel": "pigeon", "as_of": "soon", "colour": 1},
            ["colour", "rule", "channel", "as_of"],
        ),
    ],
)
def test_what_cannot_be_is_refused_by_its_field(given: dict[str, Any], fields: list[str]) -> None:
    assert refused(**given) == fields


def test_a_late_consultation_adds_nothing_and_is_remarked_on() -> None:
    late = told(consultations=[{"sent_on": "2025-11-20", "answered_on": "2025-11-28"}])
    assert late["due_on"] == told()["due_on"]
    assert len(late["remarks"]) == 1


def test_a_reading_of_another_day_is_told_without_a_version_at_hand() -> None:
    reading = ask(parse({"rule": "reply", "received_on": "2025-09-13"}))
    assert as_json(reading, as_of=date(2025, 9, 15)) == told(as_of="2025-09-15")


def test_complaints_show_nothing_that_breaks_an_answer() -> None:
    with pytest.raises(QuestionError) as caught:
        answer_to({"rule": "x\x1b\ud800", "y\x00" * 100: 1})
    error = caught.value
    lines = complaints(error)
    assert all(len(line["parameter"]) <= 100 for line in lines)
    for line in lines:
        assert line["detail"].isprintable()
        json.dumps(line, ensure_ascii=False).encode()
    thousand = QuestionError(error.faults * 1000)
    assert len(complaints(thousand)) == 100
    [refusal] = complaints(ClockError(Refusal.NOT_EXTENDABLE, "extended_days"))
    assert refusal["parameter"] == "extended_days"


def test_a_question_costs_one_query_once_its_calendar_is_known(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    answer_to(CONTRACT)
    with django_assert_num_queries(1):
        answer_to(CONTRACT)
    known = version()
    with django_assert_num_queries(0):
        answer_to(CONTRACT, version=known)


def test_the_table_names_every_rule_and_choice() -> None:
    with translation.override("en"):
        found: dict[str, Any] = table()
    assert [line["rule"] for line in found["rules"]] == list(RULES)
    assert found["rules"][0] == {
        "rule": "reply",
        "name": "Reply to an application",
        "unit": "working_day",
        "length": 20,
        "month_day": None,
        "trigger": "receipt",
        "trigger_name": "Day the application was received",
        "article": "Regulation, Article 33",
        "extension": 20,
        "in_force_since": "2019-05-15",
    }
    assert found["rules"][-1]["month_day"] == "03-31"
    published = list(range(2004, 2027))
    assert found["calendar"] == {"version": version(), "published_years": published}
    assert {"code": "other_body", "name": "other body"} in found["with"]
    assert {"code": "fax", "name": "fax"} in found["channels"]
