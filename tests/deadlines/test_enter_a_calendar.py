"""Notices, closures and their withdrawal: what holds now, and what held at any version."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import OperationalError, connection, transaction
from pytest_django import DjangoCaptureOnCommitCallbacks

from audit.models import Entry
from deadlines import tasks
from deadlines.models import CalendarDay, Duty, Revision
from deadlines.rules.calendar import DayKind, SpecialDay, Why
from deadlines.selectors.calendars import published_years, version, work_calendar
from deadlines.services import calendars
from deadlines.services.revisions import ONE_REVISION_AT_A_TIME
from tests.deadlines.entering import AT, days, enter_closure, enter_notice
from tests.deadlines.notices import NOTICE_2027
from tests.factories.duties import owed

pytestmark = pytest.mark.django_db

NEW_YEARS_DAY, FOURTH = date(2027, 1, 1), date(2027, 1, 4)


def worked(day: str, region: str = "", at_version: int | None = None) -> bool:
    return work_calendar(region, at_version=at_version).is_worked(date.fromisoformat(day))


def holds_nothing_of(revision: Revision) -> bool:
    return not CalendarDay.objects.standing().filter(since=revision).exists()


def test_a_notice_settles_its_year_under_a_new_version() -> None:
    before = version()

    notice = enter_notice(NOTICE_2027)

    assert version() == notice.pk > before
    assert 2027 in published_years()
    look = work_calendar().look(date(2027, 1, 31))
    assert (look.why, look.provisional, look.source) == (
        Why.MAKE_UP,
        False,
        "通知（国办发明电〔2026〕9号）",
    )
    assert work_calendar(at_version=before).look(NEW_YEARS_DAY).provisional


def test_days_of_the_year_before_belong_to_the_notice_and_leave_the_other_alone() -> None:
    before = CalendarDay.objects.standing().filter(day__year=2026).count()

    enter_notice("元旦：2026年12月31日至2027年1月2日放假，共3天。")

    assert not worked("2026-12-31")
    assert CalendarDay.objects.standing().filter(day__year=2026).count() == before + 1


def test_a_second_notice_of_a_year_replaces_the_first_and_keeps_its_history() -> None:
    before = version()
    first = enter_notice("元旦：2026年12月31日至2027年1月2日放假。1月4日放假。")
    second = enter_notice("元旦：1月1日放假。1月9日上班。")

    assert [worked(d) for d in ("2026-12-31", "2027-01-04", "2027-01-09")] == [True, True, True]
    told = ("2026-12-31", "2027-01-01", "2027-01-04", "2027-01-09")
    assert [worked(d, at_version=first.pk) for d in told] == [False, False, False, False]
    assert [worked(d, at_version=before) for d in told] == [True, False, True, False]
    assert holds_nothing_of(first)
    assert str(second) == work_calendar().look(NEW_YEARS_DAY).source


def test_a_notice_leaves_days_off_on_an_occasion_alone() -> None:
    enter_closure("9月3日放假。", year=2027)

    enter_notice(NOTICE_2027)

    assert not worked("2027-09-03")


def test_a_year_withdrawn_is_provisional_again() -> None:
    notice = enter_notice("元旦：1月1日放假。1月4日放假。")

    withdrawal = calendars.withdraw_year(year=2027, reason="误录", at=AT, actor="user:1")

    assert 2027 not in published_years()
    assert 2027 in published_years(notice.pk)
    assert work_calendar().look(NEW_YEARS_DAY).provisional
    assert worked("2027-01-04")
    assert not worked("2027-01-04", at_version=notice.pk)
    assert (withdrawal.kind, withdrawal.title) == ("withdrawal", "误录")


def test_a_year_withdrawn_may_be_entered_again() -> None:
    enter_notice(NOTICE_2027)
    calendars.withdraw_year(year=2027, reason="误录", at=AT, actor="user:1")

    enter_notice("元旦：1月1日放假。1月4日放假。")

    assert 2027 in published_years()
    assert not worked("2027-01-04")


def test_only_what_holds_can_be_withdrawn() -> None:
    with pytest.raises(ValidationError, match="2027"):
        calendars.withdraw_year(year=2027, reason="误录", at=AT, actor="user:1")
    closure = enter_closure("5月27日放假。", region="15")
    calendars.withdraw_closure(closure, reason="误录", at=AT, actor="user:1")
    with pytest.raises(ValidationError):
        calendars.withdraw_closure(closure, reason="误录", at=AT, actor="user:1")


def test_a_withdrawal_says_why() -> None:
    closure = enter_closure("5月27日放假。", region="15")

    with pytest.raises(ValidationError) as refused:
        calendars.withdraw_closure(closure, reason="  ", at=AT, actor="user:1")

    assert list(refused.value.message_dict) == ["reason"]
    assert not worked("2026-05-27", "15")


def test_a_region_has_the_last_word_for_the_bodies_under_it() -> None:
    enter_closure("5月27日放假。10月1日上班。", region="15")
    enter_closure("5月27日上班。", region="1501")

    places = ("", "11", "15", "1502", "1501", "150102")
    assert [worked("2026-05-27", place) for place in places] == [
        True, True, False, False, True, True,
    ]  # fmt: skip
    assert [worked("2026-10-01", place) for place in places] == [
        False, False, True, True, True, True,
    ]  # fmt: skip


def test_a_region_keeps_its_days_when_a_notice_comes() -> None:
    enter_closure("1月4日放假。", region="15", year=2027)

    enter_notice(NOTICE_2027)

    assert (worked("2027-01-04"), worked("2027-01-04", "15")) == (True, False)


def test_a_closure_withdrawn_leaves_what_the_notice_says() -> None:
    closure = enter_closure("5月27日放假。10月1日上班。", region="15")

    calendars.withdraw_closure(closure, reason="误录", at=AT, actor="user:1")

    assert (worked("2026-05-27", "15"), worked("2026-10-01", "15")) == (True, False)
    assert not worked("2026-05-27", "15", at_version=closure.pk)
    assert 2026 in published_years()


@pytest.mark.parametrize("region", ["150000", "1", "内蒙古", "15010"])
def test_a_region_is_a_short_division_code(region: str) -> None:
    with pytest.raises(ValidationError) as refused:
        enter_closure("5月27日放假。", region=region)

    assert list(refused.value.message_dict) == ["region"]


def special(day: date, name: str = "元旦") -> SpecialDay:
    return SpecialDay(day, DayKind.OFF, name, "")


@pytest.mark.parametrize(
    ("year", "given"),
    [
        (2027, []),
        (2027, [special(NEW_YEARS_DAY), special(NEW_YEARS_DAY, "春节")]),
        (2027, [special(NEW_YEARS_DAY, "")]),
        (2027, [special(NEW_YEARS_DAY, "节" * 51)]),
        (2027, [special(date(2029, 1, 1))]),
        (2091, [special(date(2091, 1, 1))]),
    ],
    ids=["nothing", "twice", "nameless", "long", "far", "beyond"],
)
def test_half_a_calendar_is_refused_and_leaves_no_version(
    year: int, given: list[SpecialDay]
) -> None:
    before = version()
    facts: dict[str, Any] = {"title": "通知", "number": "", "published_on": None}

    with pytest.raises(ValidationError):
        calendars.enter_notice(year=year, days=given, at=AT, actor="user:1", **facts)

    assert version() == before
    assert not Entry.objects.filter(subject_type="calendar").exists()


def test_every_change_is_in_the_trail() -> None:
    notice = enter_notice("元旦：1月1日放假。")
    closure = enter_closure("5月27日放假。", region="15")
    gone = calendars.withdraw_closure(closure, reason="误录", at=AT, actor="user:2")
    back = calendars.withdraw_year(year=2027, reason="误录", at=AT, actor="user:2")

    entries = Entry.objects.filter(subject_type="calendar").order_by("id")

    assert [(e.action, e.subject_id, e.actor) for e in entries] == [
        ("calendar.notice_entered", str(notice.pk), "user:1"),
        ("calendar.closure_entered", str(closure.pk), "user:1"),
        ("calendar.closure_withdrawn", str(gone.pk), "user:2"),
        ("calendar.notice_withdrawn", str(back.pk), "user:2"),
    ]
    details = entries[0].details
    assert details
    assert (details["year"], details["days"]) == (2027, ["2027-01-01 off 元旦"])


def test_open_duties_are_counted_anew_once_it_is_committed(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    owed(on="2026-12-08")
    duty = Duty.objects.get()
    assert (str(duty.due_on), duty.provisional) == ("2027-01-06", True)

    with django_capture_on_commit_callbacks(execute=True):
        notice = enter_notice("元旦：1月1日放假。1月4日、5日放假。")

    moved = Duty.objects.get()
    assert (str(moved.due_on), moved.provisional) == ("2027-01-08", False)
    assert moved.version == notice.pk


def test_a_broker_that_is_down_spoils_nothing(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def refuse(*_args: object, **_options: object) -> None:
        raise OSError("no broker")

    monkeypatch.setattr(tasks.recompute, "apply_async", refuse)

    with django_capture_on_commit_callbacks(execute=True):
        enter_notice(NOTICE_2027)

    assert 2027 in published_years()
    assert "no broker" in caplog.text


def test_revisions_are_made_one_at_a_time_so_that_versions_are_committed_in_order() -> None:
    elsewhere = connection.copy()
    with elsewhere.cursor() as other:
        other.execute("SELECT pg_advisory_lock(%s)", [ONE_REVISION_AT_A_TIME])
    try:
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '50ms'")
        with pytest.raises(OperationalError, match="lock timeout"), transaction.atomic():
            enter_closure("5月27日放假。", region="15")
    finally:
        elsewhere.close()


def test_what_is_read_is_what_is_entered() -> None:
    notice = enter_notice(NOTICE_2027)

    rows = CalendarDay.objects.filter(since=notice).order_by("day")

    assert [(row.day, row.kind, row.name) for row in rows] == [
        (special.day, special.kind, special.name) for special in days(NOTICE_2027)
    ]
