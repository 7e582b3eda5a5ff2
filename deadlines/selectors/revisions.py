"""What a revision said, and what another one would replace."""

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet

from deadlines.models import CalendarDay, LocalTerm, Revision
from deadlines.querysets import VersionedQuerySet
from deadlines.rules.calendar import DayKind, SpecialDay
from deadlines.rules.regions import NATIONAL

NOTICE, CLOSURE = Revision.Kind.HOLIDAY_NOTICE, Revision.Kind.CLOSURE


def notice_of(year: int) -> Revision | None:
    """The notice that holds for the year; None: none did yet, or it was withdrawn."""
    newest = Revision.objects.filter(year=year).first()
    return newest if newest and newest.kind == NOTICE else None


def replaced_by_notice(year: int, days: Iterable[date] = ()) -> VersionedQuerySet:
    """All that former notices of the year say, and what anything says of the `days`.

    Not every day in that year: some came with the notice of the next, or on an occasion of
    their own, and stay.
    """
    standing = CalendarDay.objects.standing().filter(region=NATIONAL)
    return standing.filter(since__kind=NOTICE, since__year=year) | standing.filter(
        day__in=list(days)
    )


def replaced_by_closure(region: str, days: Iterable[date]) -> VersionedQuerySet:
    return CalendarDay.objects.standing().filter(region=region, day__in=list(days))


def days_of(revision: Revision) -> QuerySet[CalendarDay]:
    """Those it brought, whether they still hold or not."""
    return CalendarDay.objects.filter(since=revision).select_related("until").order_by("day")


def days_ended_by(revision: Revision) -> QuerySet[CalendarDay]:
    return CalendarDay.objects.filter(until=revision).select_related("since").order_by("day")


def terms_of(revision: Revision) -> QuerySet[LocalTerm]:
    """Those it set or withdrew."""
    return LocalTerm.objects.filter(since=revision) | LocalTerm.objects.filter(until=revision)


def standing_days(revision: Revision) -> VersionedQuerySet:
    return CalendarDay.objects.standing().filter(since=revision)


def is_withdrawable(revision: Revision) -> bool:
    """It is a notice or a closure, and something of it still holds."""
    if revision.kind == NOTICE:
        return revision.year is not None and notice_of(revision.year) == revision
    return revision.kind == CLOSURE and standing_days(revision).exists()


def says_the_same(rows: Iterable[CalendarDay], days: Iterable[SpecialDay]) -> bool:
    said = {(row.day, DayKind(row.kind), row.name) for row in rows}
    return said == {(special.day, special.kind, special.name) for special in days}
