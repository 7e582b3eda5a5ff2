"""The morning sweep: who is told that something is due soon, is late, or has been late for long.

Work is found by state and claimed under a row lock that others skip, a batch to a transaction,
with what people are told written in the same one. A run that was missed, doubled, shared or
killed half-way changes nothing: the next one finds what is not yet done.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import TruncDate

from deadlines.models import Duty
from deadlines.querysets import DutyQuerySet
from deadlines.rules.calendar import WorkCalendar
from deadlines.rules.dates import SHANGHAI, day_of
from deadlines.rules.duties import ESCALATE_AFTER, REMIND_AT
from deadlines.rules.regions import above
from deadlines.rules.sweep import horizons
from deadlines.selectors.calendars import regions_with_days, version, work_calendar
from deadlines.services import telling
from deadlines.services.telling import Directory
from notices.services.posting import Post, post_all

BATCH = 1000


@dataclass
class Swept:
    """How many duties were reminded of, noted overdue, escalated."""

    reminded: int = 0
    overdue: int = 0
    escalated: int = 0


@dataclass
class _Sweep:
    """One calendar's part of it: the duties of the regions that share it."""

    at: datetime
    calendar: WorkCalendar
    duties: DutyQuerySet
    directory: Directory
    swept: Swept = field(default_factory=Swept)

    def run(self) -> None:
        on = day_of(self.at)
        near = horizons(on, self.calendar)
        # The most pressing first, so that one morning brings one message about one duty.
        for left in REMIND_AT:
            due = self.duties.in_time(self.at).filter(due_on__lte=near.soon[left])
            self.swept.reminded += self._claim(
                due.filter(Q(reminded_left=None) | Q(reminded_left__gt=left)),
                telling.reminders,
                reminded_left=left,
            )
        self.swept.overdue += self._claim(
            self.duties.overdue(self.at).filter(overdue_noted_at=None),
            telling.overdue,
            overdue_noted_at=self.at,
            # The day it was first too late, whenever this is noticed.
            overdue_since=TruncDate("due_at", tzinfo=SHANGHAI),
        )
        for days in ESCALATE_AFTER:
            late = self.duties.overdue(self.at).filter(due_on__lte=near.late[days])
            self.swept.escalated += self._claim(
                late.filter(Q(escalated_after=None) | Q(escalated_after__lt=days)),
                telling.escalations,
                escalated_after=days,
            )

    def _claim(
        self,
        claimable: DutyQuerySet,
        compose: Callable[..., Iterator[Post]],
        **change: object,
    ) -> int:
        claimed = 0
        while batch := self._claim_batch(claimable, compose, change):
            claimed += batch
        return claimed

    @transaction.atomic
    def _claim_batch(
        self,
        claimable: DutyQuerySet,
        compose: Callable[..., Iterator[Post]],
        change: dict[str, object],
    ) -> int:
        locked = claimable.select_for_update(skip_locked=True, of=("self",))
        pks = list(locked.order_by("pk").values_list("pk", flat=True)[:BATCH])
        if not pks:
            return 0
        Duty.objects.filter(pk__in=pks).update(**change)
        batch = list(Duty.objects.filter(pk__in=pks).select_related("body"))
        self.directory.learn(batch)
        told = compose(batch, self.directory, on=day_of(self.at), calendar=self.calendar)
        post_all(told, at=self.at)
        return len(batch)


def sweep(*, at: datetime, rules: tuple[str, ...] = ()) -> Swept:
    """All open duties, or those of some rules. How many were newly told of."""
    swept = Swept()
    directory = Directory()
    for calendar, duties in _by_calendar():
        chosen = duties.filter(rule__in=rules) if rules else duties
        _Sweep(at, calendar, chosen, directory, swept).run()
    return swept


def _by_calendar() -> Iterator[tuple[WorkCalendar, DutyQuerySet]]:
    """Regions with days of their own, each with those beneath it that have none; then the rest."""
    now = version()
    having = regions_with_days(now)
    everywhere = Duty.objects.all()
    for region in sorted(having):
        nearer = {code for code in having if code != region and region in above(code)}
        beneath = everywhere.filter(region__startswith=region)
        for code in nearer:
            beneath = beneath.exclude(region__startswith=code)
        yield work_calendar(region, at_version=now), beneath
    rest = everywhere
    for region in having:
        rest = rest.exclude(region__startswith=region)
    yield work_calendar(at_version=now), rest
