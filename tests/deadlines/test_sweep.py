"""Who is told when: reminders, the one overdue note, escalation; by state, never by a window."""

from collections import Counter
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from agencies.models import Agency
from deadlines.models import CalendarDay, Duty, Revision
from deadlines.rules.duties import ESCALATE_AFTER, REMIND_AT
from deadlines.rules.events import Event, EventKind
from deadlines.services.duties import meet, open_duty, record_event
from deadlines.services.sweeping import sweep
from notices.models import Notice
from tests.factories.agencies import AgencyFactory, MembershipFactory
from tests.factories.disclosure import DocumentFactory
from tests.factories.duties import CLERK, OPENED, at, owed

pytestmark = pytest.mark.django_db

# Received 2026-03-02, a reply is due on Monday 2026-03-30.
DUE = date(2026, 3, 30)


def told(message: str = "", to: User | None = None) -> list[Notice]:
    found = Notice.objects.filter(channel="inbox").order_by("created_at")
    if message:
        found = found.filter(message=message)
    return list(found.filter(recipient=to.pseudonym) if to else found)


@pytest.mark.parametrize(
    ("morning", "left"),
    [
        ("2026-03-20", None),
        ("2026-03-23", 5),
        ("2026-03-24", 4),  # the five were missed: told late, with what is left now
        ("2026-03-26", 2),
        ("2026-03-28", 1),  # a Saturday
        ("2026-03-30", 0),
    ],
)
def test_officials_are_told_when_it_is_due_soon(
    body: Agency, clerk: User, morning: str, left: int | None
) -> None:
    owed(body)

    sweep(at=at(morning))

    assert [notice.context["left"] for notice in told("due_soon", clerk)] == (
        [] if left is None else [left]
    )


def test_each_milestone_brings_one_reminder_however_often_it_is_swept(
    body: Agency, clerk: User
) -> None:
    owed(body)
    day = date(2026, 3, 16)
    while day <= DUE:
        for hour in ("07:30", "08:30"):
            sweep(at=at(day.isoformat(), hour))
        day += timedelta(days=1)

    assert [notice.context["left"] for notice in told("due_soon", clerk)] == [5, 2, 0]


@pytest.mark.parametrize(
    ("moment", "told_of"),
    [
        (("2026-03-30", "00:00"), "due soon"),
        (("2026-03-30", "23:59"), "due soon"),
        (("2026-03-31", "00:01"), "overdue"),
    ],
)
@pytest.mark.parametrize("zone", ["UTC", "America/Los_Angeles", "Pacific/Auckland"])
def test_due_today_is_neither_overdue_nor_missing_wherever_the_server_stands(
    body: Agency, moment: tuple[str, str], told_of: str, zone: str
) -> None:
    owed(body)
    swept = sweep(at=at(*moment).astimezone(ZoneInfo(zone)))

    overdue = told_of == "overdue"
    assert (swept.reminded, swept.overdue) == ((0, 1) if overdue else (1, 0))
    assert Duty.objects.overdue(at(*moment)).exists() == overdue
    assert Duty.objects.in_time(at(*moment)).exists() != overdue


def test_it_is_noted_overdue_once_and_dated_to_the_first_day_that_was_too_late(
    body: Agency, clerk: User
) -> None:
    owed(body)

    swept = [sweep(at=at(day)).overdue for day in ("2026-04-02", "2026-04-03", "2026-04-20")]

    duty = Duty.objects.get()
    assert swept == [1, 0, 0]
    assert (duty.overdue_since, duty.overdue_noted_at) == (date(2026, 3, 31), at("2026-04-02"))
    assert len(told("overdue", clerk)) == 1


def test_supervisors_above_are_told_after_one_five_and_ten_working_days(
    body: Agency, clerk: User, supervisor: User
) -> None:
    owed(body)
    day = DUE
    while day <= date(2026, 4, 30):
        sweep(at=at(day.isoformat()))
        day += timedelta(days=1)

    assert [n.context["late"] for n in told("escalated", supervisor)] == [1, 5, 10]
    assert told("escalated", clerk) == []


def test_after_a_long_silence_only_the_gravest_step_is_taken(
    body: Agency, supervisor: User
) -> None:
    owed(body)

    swept = sweep(at=at("2026-06-01"))

    assert (swept.overdue, swept.escalated) == (1, 1)
    assert len(told("escalated", supervisor)) == 1


def test_a_body_in_which_nobody_serves_is_looked_after_from_above(
    province: Agency, supervisor: User
) -> None:
    owed(AgencyFactory(parent=province))

    sweep(at=at("2026-03-30"))

    assert len(told("due_soon", supervisor)) == 1


def test_what_is_met_or_waits_for_the_applicant_is_left_alone(body: Agency, clerk: User) -> None:
    meet(owed(body), evidence="已答复", by=CLERK)
    waiting = owed(body)
    record_event(waiting, Event(EventKind.FEE_NOTICED, date(2026, 3, 4)), by=CLERK)

    sweep(at=at("2026-06-01"))

    assert told() == []


def test_an_extension_brings_its_reminders_anew(body: Agency, clerk: User) -> None:
    duty = owed(body)
    sweep(at=at("2026-03-30"))
    record_event(duty, Event(EventKind.EXTENDED, date(2026, 3, 30), days=10), by=CLERK)

    sweep(at=at("2026-03-31"))
    sweep(at=at("2026-04-14"))

    assert [n.context["due_on"] for n in told("due_soon", clerk)] == ["2026-03-30", "2026-04-14"]


def test_a_region_with_days_off_of_its_own_is_counted_by_them(body: Agency, clerk: User) -> None:
    closure = Revision.objects.create(
        kind="closure", region="15", title="民族节日", entered_at=OPENED, entered_by="test"
    )
    for day in (24, 25):
        CalendarDay.objects.create(
            region="15", day=date(2026, 3, day), kind="off", name="测试节", since=closure
        )
    here = AgencyFactory(parent=body.parent, division_code="150100")
    official = MembershipFactory(agency=here).user
    assert str(owed(here, on="2026-03-02").due_on) == "2026-04-01"
    owed(body)

    sweep(at=at("2026-03-23"))

    assert len(told("due_soon", clerk)) == 1
    assert [n.context["left"] for n in told("due_soon", official)] == [5]


def test_a_duty_by_the_hour_is_overdue_with_its_hour(body: Agency, clerk: User) -> None:
    occurred = at("2026-03-07", "17:20")
    open_duty(
        rule="concern_emergency",
        body=body,
        subject=DocumentFactory(agency=body),
        title="突发事件新闻发布",
        events=[Event(EventKind.RECEIVED, date(2026, 3, 7), at=occurred)],
        by=CLERK,
    )

    before = sweep(at=at("2026-03-08", "17:19"), rules=("concern_emergency",))
    after = sweep(at=at("2026-03-08", "17:20"), rules=("concern_emergency",))

    assert (before.overdue, after.overdue) == (0, 1)
    assert Duty.objects.get().overdue_since == date(2026, 3, 8)


def test_the_number_of_queries_does_not_grow_with_the_number_of_duties(
    body: Agency, clerk: User
) -> None:
    def queries(count: int) -> Counter[str]:
        for _ in range(count):
            owed(body)
        with CaptureQueriesContext(connection) as captured:
            sweep(at=at("2026-06-01"))
        return Counter(q["sql"].split()[0] for q in captured)

    assert queries(3) == queries(30)


def test_the_steps_are_those_of_the_table() -> None:
    assert (REMIND_AT, ESCALATE_AFTER) == ((0, 2, 5), (10, 5, 1))
