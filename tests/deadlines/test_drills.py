"""What must not matter: a worker that was down, a job run twice, two workers, a kill half-way.

Real worker processes, really killed, on the folder broker and on Redis.
"""

import re
import signal
import threading
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from agencies.models import Agency
from agencies.rules.bodies import Role
from deadlines.models import Duty, DutyEvent
from deadlines.rules.clock import read
from deadlines.rules.dates import end_of_day
from deadlines.rules.events import Event, EventKind
from deadlines.rules.table import RULES
from deadlines.selectors.calendars import version, work_calendar
from notices.models import Notice
from tests.factories.agencies import AgencyFactory, MembershipFactory
from tests.workers import send, until, worker

pytestmark = pytest.mark.django_db(transaction=True)

SWEEP = "deadlines.tasks.sweep"
DAYS_LATE = 3
PEOPLE = 3
MANY = 4_000


@pytest.fixture
def office() -> Agency:
    """A body with officials, under a province with a supervisor."""
    province = AgencyFactory()
    MembershipFactory(agency=province, role=Role.SUPERVISOR)
    body = AgencyFactory(parent=province, kind="department")
    for _ in range(PEOPLE):
        MembershipFactory(agency=body)
    return body


def received_so_that_due_is(on: date) -> date:
    """The latest day from which a reply is due by `on`."""
    calendar = work_calendar()
    day = on
    while read(RULES["reply"], [Event(EventKind.RECEIVED, day)], calendar).due_on > on:  # type: ignore[operator]
        day -= timedelta(days=1)
    return day


def owe(body: Agency, count: int, *, late_by: int = DAYS_LATE) -> date:
    """Many replies that were due `late_by` days ago or a little earlier; the day they were due."""
    now = timezone.now()
    received = received_so_that_due_is(timezone.localdate(now) - timedelta(days=late_by))
    due_on = read(RULES["reply"], [Event(EventKind.RECEIVED, received)], work_calendar()).due_on
    assert due_on
    kind = ContentType.objects.get_for_model(Agency)
    duties = Duty.objects.bulk_create(
        Duty(
            rule="reply",
            body=body,
            title=f"答复第{number}号申请",
            content_type=kind,
            object_id=number,
            opened_at=now,
            starts_on=received,
            due_on=due_on,
            due_at=end_of_day(due_on),
            version=version(),
        )
        for number in range(count)
    )
    DutyEvent.objects.bulk_create(
        DutyEvent(duty=duty, kind="received", on=received, recorded_at=now, recorded_by="test")
        for duty in duties
    )
    return due_on


def noted() -> int:
    return Duty.objects.filter(overdue_noted_at__isnull=False).count()


def each_was_told_once(count: int) -> None:
    told = Counter(
        Notice.objects.filter(message="overdue", channel="inbox").values_list(
            "recipient", flat=True
        )
    )
    assert sorted(told.values()) == [count] * PEOPLE
    keys = Notice.objects.values_list("channel", "key")
    assert len(set(keys)) == len(keys)


def counted(log: Path) -> int:
    """How many duties the workers together say that they noted overdue."""
    return sum(int(n) for n in re.findall(r"swept: .*?overdue=(\d+)", log.read_text("utf-8")))


def test_a_worker_that_was_down_for_three_days_catches_up_once(
    office: Agency, broker: dict[str, str], tmp_path: Path
) -> None:
    due_on = owe(office, 20)
    for _morning in range(3):
        send(broker, SWEEP)

    with worker(broker, tmp_path / "log"):
        until(lambda: (tmp_path / "log").read_text("utf-8").count("swept:") == 3)

    each_was_told_once(20)
    assert counted(tmp_path / "log") == 20
    assert set(Duty.objects.values_list("overdue_since", flat=True)) == {due_on + timedelta(days=1)}


def test_a_sweep_that_never_ran_is_made_up_for_by_the_next(
    office: Agency, broker: dict[str, str], tmp_path: Path
) -> None:
    """The folder broker loses what a killed worker held; so nothing may hang on a message."""
    owe(office, 20, late_by=10)
    with worker(broker, tmp_path / "log"):
        send(broker, SWEEP)
        until(lambda: "swept:" in (tmp_path / "log").read_text("utf-8"))

    each_was_told_once(20)
    assert set(Duty.objects.values_list("escalated_after", flat=True)) == {5}


def test_a_sweep_run_twice_tells_nobody_twice(
    office: Agency, broker: dict[str, str], tmp_path: Path
) -> None:
    owe(office, 20)
    with worker(broker, tmp_path / "log"):
        for _twice in range(2):
            send(broker, SWEEP)
        until(lambda: (tmp_path / "log").read_text("utf-8").count("swept:") == 2)

    each_was_told_once(20)
    assert counted(tmp_path / "log") == 20


def test_two_workers_at_once_share_the_work(
    office: Agency, broker: dict[str, str], tmp_path: Path
) -> None:
    owe(office, MANY)
    log = tmp_path / "log"
    with worker(broker, log), worker(broker, log):
        senders = [threading.Thread(target=send, args=(broker, SWEEP)) for _ in range(2)]
        for sender in senders:
            sender.start()
        for sender in senders:
            sender.join()
        until(lambda: log.read_text("utf-8").count("swept:") == 2)

    each_was_told_once(MANY)
    assert counted(log) == MANY


def test_a_worker_killed_half_way_leaves_the_rest_to_the_next(
    office: Agency, broker: dict[str, str], tmp_path: Path
) -> None:
    owe(office, MANY)
    log = tmp_path / "log"
    with worker(broker, log) as first:
        send(broker, SWEEP)
        until(lambda: noted() > 0, every=0.01)
        first.send_signal(signal.SIGKILL)
        first.wait()
    assert 0 < noted() < MANY

    with worker(broker, log):
        send(broker, SWEEP)
        until(lambda: "swept:" in log.read_text("utf-8"))

    assert noted() == MANY
    each_was_told_once(MANY)
