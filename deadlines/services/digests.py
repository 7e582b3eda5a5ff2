"""Once a week a body's officials read what presses: what is late, and what is due soon."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Count

from deadlines.bodies import People, people_of
from deadlines.models import Duty
from deadlines.rules.dates import day_of
from deadlines.rules.duties import REMIND_AT
from deadlines.rules.sweep import horizons
from deadlines.selectors.calendars import version, work_calendar
from notices.services.posting import Post, post_all

BATCH = 200  # bodies
LISTED = 20  # duties of each kind; the rest are only counted
# A region's own days off may push its horizon out a little further than the country's.
_SLACK = timedelta(days=10)

Line = dict[str, object]


@dataclass
class _Owed:
    body: str
    open: int
    overdue: list[Line] = field(default_factory=list)
    soon: list[Line] = field(default_factory=list)


def post_weekly(*, at: datetime) -> int:
    """How many posts. One a person and week, whichever day of it this runs and however often."""
    counted = Duty.objects.open().order_by().values_list("body").annotate(count=Count("pk"))
    counts = dict(counted)
    bodies = sorted(counts)
    return sum(
        _post_batch(bodies[start : start + BATCH], counts, at=at)
        for start in range(0, len(bodies), BATCH)
    )


@transaction.atomic
def _post_batch(bodies: Sequence[int], counts: Mapping[int, int], *, at: datetime) -> int:
    owed = _owed(bodies, counts, at=at)
    year, week, _weekday = day_of(at).isocalendar()
    return post_all(_posts(owed, people_of(owed), f"{year}-{week:02d}"), at=at)


def _owed(bodies: Sequence[int], counts: Mapping[int, int], *, at: datetime) -> dict[int, _Owed]:
    """Of the bodies for which anything presses."""
    on, now, most_left = day_of(at), version(), max(REMIND_AT)
    last = horizons(on, work_calendar(at_version=now)).soon[most_left] + _SLACK
    pressing = Duty.objects.running().filter(body__in=bodies, due_on__lte=last)
    found: dict[int, _Owed] = {}
    for duty in pressing.select_related("body").order_by("due_at", "pk").iterator():
        left = work_calendar(duty.region, at_version=now).working_days_between(on, duty.due_on)
        if left > most_left:
            continue
        owed = found.setdefault(duty.body_id, _Owed(str(duty.body), counts[duty.body_id]))
        line: Line = {"title": duty.title, "due_on": duty.due_on.isoformat()}
        if duty.due_at <= at:
            owed.overdue.append(line | {"late": -left})
        else:
            owed.soon.append(line | {"left": left})
    return found


def _posts(owed: Mapping[int, _Owed], people: Mapping[int, People], week: str) -> Iterator[Post]:
    for pk, what in owed.items():
        context = {
            "body": what.body,
            "open": what.open,
            "overdue": what.overdue[:LISTED],
            "overdue_count": len(what.overdue),
            "soon": what.soon[:LISTED],
            "soon_count": len(what.soon),
            "url": "/admin/deadlines/duty/",
        }
        for person in people.get(pk, People()).nearest:
            yield Post("digest", person, f"digest:{pk}:{week}:{person.key}", context)
