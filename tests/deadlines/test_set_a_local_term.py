"""A local rule's own term holds from its day on, in its region, until it is withdrawn."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from audit.models import Entry
from deadlines.models import LocalTerm
from deadlines.selectors.calendars import rule_for, version
from deadlines.services.local_terms import set_local_term, withdraw_local_term
from tests.deadlines.entering import AT

pytestmark = pytest.mark.django_db


def set_term(**more: Any) -> LocalTerm:
    facts: dict[str, Any] = {
        "rule": "interpretation",
        "region": "13",
        "effective_from": date(2026, 5, 1),
        "length": 10,
        "basis": "冀政办〔2026〕1号",
    }
    return set_local_term(at=AT, actor="user:1", **(facts | more))


def test_it_holds_in_its_region_from_its_day_on() -> None:
    before = version()
    set_term()

    old, new = rule_for("interpretation", "1301").editions

    assert (old.length, old.until) == (20, date(2026, 4, 30))
    assert (new.length, new.since, new.basis) == (10, date(2026, 5, 1), "冀政办〔2026〕1号")
    assert rule_for("interpretation", "11").newest.length == 20
    assert rule_for("interpretation", "13", at_version=before).newest.length == 20


def test_setting_it_anew_replaces_it() -> None:
    set_term()
    set_term(length=12)

    assert rule_for("interpretation", "13").newest.length == 12
    assert LocalTerm.objects.count() == 2


def test_a_report_has_a_date_of_the_year() -> None:
    set_term(rule="annual_report_body", length=0, month_day=(1, 20))

    assert rule_for("annual_report_body", "13").newest.month_day == (1, 20)


def test_withdrawn_it_leaves_the_law_as_it_was() -> None:
    term = set_term()

    withdraw_local_term(term, reason="已废止", at=AT, actor="user:2")

    assert rule_for("interpretation", "13").newest.length == 20
    with pytest.raises(ValidationError):
        withdraw_local_term(term, reason="已废止", at=AT, actor="user:2")


def test_a_withdrawal_says_why() -> None:
    with pytest.raises(ValidationError):
        withdraw_local_term(set_term(), reason=" ", at=AT, actor="user:2")


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("rule", {"rule": "reply"}),
        ("rule", {"rule": "nothing"}),
        ("region", {"region": "130000"}),
        ("length", {"length": 0}),
        ("length", {"length": 366}),
        ("length", {"month_day": (1, 20)}),
        ("month", {"rule": "annual_report_body", "length": 0}),
        ("month", {"rule": "annual_report_body", "length": 0, "month_day": (2, 29)}),
        ("month", {"rule": "annual_report_body", "length": 3, "month_day": (1, 20)}),
        ("basis", {"basis": " "}),
        ("effective_from", {"effective_from": date(1, 1, 1)}),
    ],
)
def test_what_cannot_be_is_refused_by_field(field: str, wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError) as refused:
        set_term(**wrong)

    assert list(refused.value.message_dict) == [field]


def test_both_steps_are_in_the_trail() -> None:
    term = set_term()
    withdraw_local_term(term, reason="已废止", at=AT, actor="user:2")

    entries = Entry.objects.filter(subject_type="calendar").order_by("id")

    assert [(e.action, e.actor) for e in entries] == [
        ("calendar.term_set", "user:1"),
        ("calendar.term_withdrawn", "user:2"),
    ]
