"""What the desk shows of duties: how many press, and how full the coming days are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Count, Q

from deadlines.models import Duty, DutyEvent, FeedKey
from deadlines.querysets import DutyQuerySet
from deadlines.rules.calendar import DayStatus
from deadlines.rules.dates import day_of
from deadlines.rules.duties import REMIND_AT
from deadlines.rules.sweep import horizons
from deadlines.selectors.calendars import work_calendar

WEEKS = 6
SHOWN_BODIES = 20
# From how many duties a day on the heat calendar is that warm.
WARMTH = (1, 3, 6)
_MONDAY = 0


@dataclass(frozen=True, slots=True)
class Pressing:
    overdue: int
    today: int
    soon: int
    waiting: int
    open: int


@dataclass(frozen=True, slots=True)
class WarmDay:
    on: date
    status: DayStatus
    count: int
    warmth: int  # 0 to 3
    is_today: bool


def of_bodies(bodies: Any) -> DutyQuerySet:
    """`bodies`: a queryset or a list."""
    return Duty.objects.filter(body__in=bodies)


def soon_until(at: datetime) -> date:
    """The last due date that counts as soon, by the country's calendar."""
    return horizons(day_of(at), work_calendar()).soon[max(REMIND_AT)]


def pressing(bodies: Any, *, at: datetime) -> Pressing:
    """One query beside the calendar's."""
    today, soon = day_of(at), Q(due_on__lte=soon_until(at), due_at__gt=at)
    counts = (
        of_bodies(bodies)
        .open()
        .aggregate(
            overdue=Count("pk", Q(due_at__lte=at)),
            today=Count("pk", Q(due_on=today, due_at__gt=at)),
            soon=Count("pk", soon),
            waiting=Count("pk", Q(due_on=None)),
            open=Count("pk"),
        )
    )
    return Pressing(**counts)


def busiest(bodies: Any, *, keep: str | None) -> list[tuple[int, str, int]]:
    """Key, name and number of open duties of the bodies that owe most, and of the one to keep."""
    owing = (
        of_bodies(bodies)
        .open()
        .order_by()
        .values_list("body", "body__name")
        .annotate(count=Count("pk"))
        .order_by("-count", "body")
    )
    found = [(pk, name, count) for pk, name, count in owing[:SHOWN_BODIES]]
    if keep and keep.isdigit() and int(keep) not in {pk for pk, _name, _count in found}:
        found += owing.filter(body=int(keep))
    return found


def warm_weeks(bodies: Any, *, at: datetime) -> list[list[WarmDay]]:
    """This week and the next ones, Monday to Sunday, with how much is due on each day."""
    today = day_of(at)
    first = today - timedelta(days=today.weekday() - _MONDAY)
    days = [first + timedelta(days=n) for n in range(7 * WEEKS)]
    due = of_bodies(bodies).running().filter(due_on__range=(days[0], days[-1]))
    counts = dict(due.order_by().values_list("due_on").annotate(count=Count("pk")))
    calendar = work_calendar()
    found = [
        WarmDay(day, calendar.look(day), count, _warmth(count), day == today)
        for day in days
        for count in (counts.get(day, 0),)
    ]
    return [found[n : n + 7] for n in range(0, len(found), 7)]


def happened(duty: Duty) -> list[tuple[DutyEvent, str]]:
    """Each event with the name of who recorded it, as far as it was a person with an account."""
    events = list(duty.events.all())
    keys = {e.recorded_by.removeprefix("user:") for e in events if e.recorded_by[:5] == "user:"}
    people = get_user_model().objects.in_bulk([int(key) for key in keys if key.isdigit()])
    names = {f"user:{pk}": str(person) for pk, person in people.items()}
    return [(event, names.get(event.recorded_by, event.recorded_by)) for event in events]


def feed_keys(user: Any) -> Sequence[FeedKey]:
    return list(FeedKey.objects.filter(user=user, revoked_at=None).select_related("body"))


def feed_key(digest: str) -> FeedKey | None:
    """That stands and whose owner's account does."""
    keys = FeedKey.objects.select_related("body", "user")
    return keys.filter(digest=digest, revoked_at=None, user__is_active=True).first()


def _warmth(count: int) -> int:
    return sum(count >= step for step in WARMTH)
