"""The clock and the morning sweep, at the size of a province's busiest year."""

import json
import resource
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import partial
from io import StringIO
from pathlib import Path
from random import Random
from typing import Any

import chinese_calendar
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from accounts.models import User
from agencies.models import Agency, Membership
from agencies.rules.bodies import Role
from bench.stopwatch import Row, once, row
from deadlines.models import Duty, DutyEvent
from deadlines.rules.clock import read
from deadlines.rules.dates import end_of_day
from deadlines.rules.events import Event, EventKind
from deadlines.rules.table import RULES
from deadlines.selectors.calendars import version, work_calendar
from deadlines.services.recomputing import recompute
from deadlines.services.sweeping import sweep
from notices.models import Notice

CLOCKS = 10_000
BODIES = 100
BATCH = 2_000
# Spread as in a busy office: a few are late, a few are due soon, most are not.
SPREAD_DAYS = 40


def clocks(folder: Path) -> Iterator[Row]:
    """As the command answers a batch; beside it the bare working-day count of the package."""
    file = folder / "questions.jsonl"
    starts = [_start(number) for number in range(CLOCKS)]
    with file.open("w", encoding="utf-8") as lines:
        for start in starts:
            lines.write(json.dumps({"rule": "reply", "received_on": start.isoformat()}) + "\n")
    taken = once(lambda: call_command("deadline", batch=str(file), stdout=StringIO()))
    package = once(lambda: [chinese_calendar.find_workday(20, start) for start in starts])
    beside = {"chinesecalendar, date only": package / CLOCKS}
    yield row("clock with explanation, per answer", CLOCKS, [taken / CLOCKS], beside)


def duties(size: int) -> Iterator[Row]:
    """Each per duty, over the whole; the second sweep finds nothing to do."""
    at = timezone.now()
    _owe(size, at)
    queries, before = Counter[str](), _peak()
    with connection.execute_wrapper(partial(_count, queries)):
        first = once(lambda: sweep(at=at))
    grown, told = _peak() - before, Notice.objects.count()
    second = once(lambda: sweep(at=at + timedelta(minutes=1)))
    name = f"sweep, per duty ({queries.total()} queries, {told} notices, {grown} MB grown)"
    yield row(name, size, [first / size], {"sweep again": second / size})
    Duty.objects.update(version=0)
    again = once(lambda: recompute(at=at))
    yield row("read anew by a changed calendar, per duty", size, [again / size])


def _count(queries: Counter[str], execute: Any, sql: str, *rest: Any) -> Any:
    queries[sql.split(None, 1)[0]] += 1
    return execute(sql, *rest)


def _peak() -> int:
    """Megabytes this process has held at most."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10


def _owe(size: int, at: datetime) -> None:
    bodies = list(Agency.objects.order_by("pk")[:BODIES])
    for number, body in enumerate(bodies):
        user = User.objects.create_user(f"bench{number}@example.cn", is_staff=True)
        Membership.objects.create(user=user, agency=body, role=Role.CLERK)
    boss = User.objects.create_user("boss@example.cn", is_staff=True)
    Membership.objects.create(user=boss, agency=bodies[0], role=Role.SUPERVISOR)
    kind, now, calendar = ContentType.objects.get_for_model(Agency), version(), work_calendar()
    for start in range(0, size, BATCH):
        made = []
        for number in range(start, min(start + BATCH, size)):
            received = timezone.localdate(at) - timedelta(days=number % SPREAD_DAYS)
            due_on = read(RULES["reply"], [Event(EventKind.RECEIVED, received)], calendar).due_on
            if due_on is None:
                raise RuntimeError("a received application is due some day")
            made.append(
                Duty(
                    rule="reply",
                    body=bodies[number % len(bodies)],
                    title=f"答复第{number}号申请",
                    content_type=kind,
                    object_id=number,
                    opened_at=at,
                    starts_on=received,
                    due_on=due_on,
                    due_at=end_of_day(due_on),
                    version=now,
                )
            )
        Duty.objects.bulk_create(made)
        DutyEvent.objects.bulk_create(
            DutyEvent(
                duty=duty,
                kind="received",
                on=duty.starts_on or at,
                recorded_at=at,
                recorded_by="bench",
            )
            for duty in made
        )


def _start(number: int) -> date:
    return date(2008, 5, 1) + timedelta(days=Random(number).randrange(6_700))
