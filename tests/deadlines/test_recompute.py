"""A changed calendar moves what is open, with a trail, and nothing that is closed."""

from datetime import date

import pytest

from accounts.models import User
from agencies.models import Agency
from audit.models import Entry
from audit.selectors import verify
from deadlines.models import Duty, Revision
from deadlines.rules.calendar import DayKind, SpecialDay
from deadlines.rules.events import Event, EventKind
from deadlines.selectors.calendars import version
from deadlines.services.calendars import enter_closure, enter_notice
from deadlines.services.duties import meet, record_event
from deadlines.services.recomputing import recompute
from deadlines.services.sweeping import sweep
from notices.models import Notice
from tests.factories.duties import CLERK, OPENED, at, owed

pytestmark = pytest.mark.django_db


def close(day: str, region: str = "") -> Revision:
    return entered(day, DayKind.OFF, region)


def entered(day: str, kind: DayKind, region: str = "") -> Revision:
    special = SpecialDay(date.fromisoformat(day), kind, "停工", "")
    return enter_closure(
        region=region,
        days=[special],
        title="台风停工通知",
        number="",
        published_on=None,
        at=OPENED,
        actor="user:1",
    )


def test_ten_open_duties_move_each_with_an_entry_that_names_the_version(body: Agency) -> None:
    duties = [owed(body) for _ in range(10)]
    met = meet(owed(body), evidence="已答复", by=CLERK)
    revision = close("2026-03-18")

    done = recompute(at=at("2026-03-17"))

    assert (done.read, done.moved) == (10, 10)
    assert {str(d.due_on) for d in Duty.objects.open()} == {"2026-03-31"}
    assert str(Duty.objects.get(pk=met.pk).due_on) == "2026-03-30"
    entries = Entry.objects.filter(action="duty.moved")
    assert {entry.subject_id for entry in entries} == {str(duty.pk) for duty in duties}
    for entry in entries:
        assert entry.details == {
            "due": ["2026-03-30", "2026-03-31"],
            "calendar_version": revision.pk,
            "source": "台风停工通知",
        }
    assert verify().fault is None


def test_a_second_run_finds_nothing_to_do(body: Agency) -> None:
    owed(body)
    close("2026-03-18")
    recompute(at=at("2026-03-17"))

    again = recompute(at=at("2026-03-17"))

    assert (again.read, again.moved) == (0, 0)
    assert Duty.objects.get().version == version()


def test_the_officials_are_told_that_it_moved_once(body: Agency, clerk: User) -> None:
    owed(body)
    close("2026-03-18")

    recompute(at=at("2026-03-17"))
    recompute(at=at("2026-03-17"))

    notice = Notice.objects.get(message="due_moved", channel="inbox")
    assert notice.recipient == clerk.pseudonym
    assert (notice.context["before"], notice.context["after"]) == ("2026-03-30", "2026-03-31")


def test_a_day_off_outside_the_window_moves_nothing_and_is_not_in_the_trail(body: Agency) -> None:
    owed(body)
    close("2026-06-18")

    done = recompute(at=at("2026-03-17"))

    assert (done.read, done.moved) == (1, 0)
    assert not Entry.objects.filter(action="duty.moved").exists()


def test_an_extension_told_in_time_stays_one_when_the_due_date_moves_before_it(
    body: Agency,
) -> None:
    duty = owed(body)  # due on 30 March
    told = Event(EventKind.EXTENDED, date(2026, 3, 30), days=5)
    record_event(duty, told, by=CLERK)
    entered("2026-03-21", DayKind.MAKE_UP)  # a Saturday

    done = recompute(at=at("2026-03-31"))

    assert done.moved == 1
    assert str(Duty.objects.get().due_on) == "2026-04-03"
    consulted = Event(EventKind.CONSULTED, date(2026, 3, 31), ref="1")
    record_event(duty, consulted, by=CLERK)


def test_another_regions_day_off_moves_nothing(body: Agency) -> None:
    owed(body)
    close("2026-03-18", region="15")

    assert recompute(at=at("2026-03-17")).moved == 0


def test_a_provisional_date_is_settled_when_the_notice_comes(body: Agency) -> None:
    duty = owed(body, on="2026-12-08")
    assert (str(duty.due_on), duty.provisional) == ("2027-01-06", True)
    days = {"2027-01-01": DayKind.OFF, "2027-01-02": DayKind.MAKE_UP, "2027-01-04": DayKind.OFF}
    notice = enter_notice(
        year=2027,
        days=[SpecialDay(date.fromisoformat(d), kind, "元旦", "") for d, kind in days.items()],
        title="2027年通知",
        number="",
        published_on=None,
        at=OPENED,
        actor="user:1",
    )

    recompute(at=at("2026-12-09"))

    settled = Duty.objects.get()
    assert (str(settled.due_on), settled.provisional) == ("2027-01-06", False)
    assert settled.version == notice.pk


def test_an_overdue_mark_is_lifted_when_it_is_no_longer_true_and_noted_anew_if_it_is_again(
    body: Agency, clerk: User
) -> None:
    owed(body)
    sweep(at=at("2026-03-31"))
    close("2026-03-18")
    recompute(at=at("2026-03-31"))
    assert Duty.objects.get().overdue_noted_at is None

    sweep(at=at("2026-04-01"))

    assert str(Duty.objects.get().overdue_since) == "2026-04-01"
    assert Notice.objects.filter(message="overdue", channel="inbox").count() == 2


def test_an_overdue_mark_that_stays_true_stays_and_is_not_told_again(
    body: Agency, clerk: User
) -> None:
    owed(body)
    sweep(at=at("2026-04-10"))
    close("2026-03-18")
    recompute(at=at("2026-04-10"))

    sweep(at=at("2026-04-10", "09:00"))

    assert Duty.objects.get().overdue_noted_at == at("2026-04-10")
    assert str(Duty.objects.get().overdue_since) == "2026-04-01"
    assert Notice.objects.filter(message="overdue", channel="inbox").count() == 1
