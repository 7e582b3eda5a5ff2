"""Entering what is off and what is worked, and taking it back. History stays exact.

Rows are never rewritten: those that no longer hold get the revision that ended them, so that
any earlier version of the calendar can be read as it was.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import TypedDict, Unpack

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from deadlines.models import CalendarDay, Revision
from deadlines.querysets import VersionedQuerySet
from deadlines.rules.calendar import FIRST_YEAR, LAST_YEAR, SpecialDay
from deadlines.rules.regions import NATIONAL, shortened
from deadlines.selectors.revisions import (
    is_withdrawable,
    notice_of,
    replaced_by_closure,
    replaced_by_notice,
    standing_days,
)
from deadlines.services.revisions import begin, conclude, wait_for_turn

NAME_LENGTH = 50


class Heading(TypedDict):
    """Of the text it comes from."""

    title: str
    number: str
    published_on: date | None  # None: not known


@transaction.atomic
def enter_notice(
    *,
    year: int,
    days: Sequence[SpecialDay],
    at: datetime,
    actor: str,
    **heading: Unpack[Heading],
) -> Revision:
    """What the State Council arranged for a year; replaces what it had arranged before.

    Days at the turn of the year may lie in its neighbours. Raises ValidationError.
    """
    check_notice_days(days, year=year)
    wait_for_turn()
    revision = begin(
        Revision(
            kind=Revision.Kind.HOLIDAY_NOTICE,
            year=year,
            entered_at=at,
            entered_by=actor,
            **heading,
        )
    )
    ended = _replace(replaced_by_notice(year, (special.day for special in days)), revision, days)
    details: dict[str, object] = {"year": year, "days": _shown(days), "ended": ended}
    conclude(revision, action="calendar.notice_entered", at=at, actor=actor, details=details)
    return revision


@transaction.atomic
def enter_closure(
    *,
    region: str,
    days: Sequence[SpecialDay],
    at: datetime,
    actor: str,
    **heading: Unpack[Heading],
) -> Revision:
    """Days of a region's own (Holiday Measures, Article 4), or of the whole country on an occasion.

    It adds to what stands, and has the last word on the days it names. Raises ValidationError.
    """
    check_days(days)
    check_region(region)
    wait_for_turn()
    revision = begin(
        Revision(
            kind=Revision.Kind.CLOSURE,
            region=region,
            entered_at=at,
            entered_by=actor,
            **heading,
        )
    )
    ended = _replace(replaced_by_closure(region, (special.day for special in days)), revision, days)
    details: dict[str, object] = {"days": _shown(days), "ended": ended}
    conclude(revision, action="calendar.closure_entered", at=at, actor=actor, details=details)
    return revision


@transaction.atomic
def withdraw_year(*, year: int, reason: str, at: datetime, actor: str) -> Revision:
    """The year's notice was no notice: the year is provisional again. Raises ValidationError."""
    wait_for_turn()
    if notice_of(year) is None:
        raise ValidationError(_("No notice of %(year)s holds.") % {"year": year}, code="withdrawn")
    revision = begin(
        Revision(
            kind=Revision.Kind.WITHDRAWAL,
            year=year,
            title=_reason(reason),
            entered_at=at,
            entered_by=actor,
        )
    )
    ended = _replace(replaced_by_notice(year), revision)
    details: dict[str, object] = {"year": year, "ended": ended}
    conclude(revision, action="calendar.notice_withdrawn", at=at, actor=actor, details=details)
    return revision


@transaction.atomic
def withdraw_closure(closure: Revision, *, reason: str, at: datetime, actor: str) -> Revision:
    """Its days are again what the day of the week and the year's notice make of them.

    Raises ValidationError. It is a closure without days: of a withdrawal the year is asked for.
    """
    wait_for_turn()
    if closure.kind != Revision.Kind.CLOSURE or not is_withdrawable(closure):
        raise ValidationError(_("None of these days holds any more."), code="withdrawn")
    revision = begin(
        Revision(
            kind=Revision.Kind.CLOSURE,
            region=closure.region,
            title=_reason(reason),
            entered_at=at,
            entered_by=actor,
        )
    )
    ended = _replace(standing_days(closure), revision)
    details: dict[str, object] = {"withdrawn": closure.pk, "ended": ended}
    conclude(revision, action="calendar.closure_withdrawn", at=at, actor=actor, details=details)
    return revision


def check_notice_days(days: Sequence[SpecialDay], *, year: int) -> None:
    """Raises ValidationError: a day no notice of that year can speak of."""
    check_days(days)
    far = [special.day for special in days if abs(special.day.year - year) > 1]
    if far:
        raise ValidationError(
            _("A notice of %(year)s does not speak of %(day)s.") % {"year": year, "day": far[0]},
            code="far",
        )


def check_days(days: Sequence[SpecialDay]) -> None:
    """Raises ValidationError."""
    if not days:
        raise ValidationError(_("There is no day in it."), code="empty")
    [(day, times)] = Counter(special.day for special in days).most_common(1)
    if times > 1:
        raise ValidationError(_("%(day)s is there twice.") % {"day": day}, code="twice")
    for special in days:
        if not FIRST_YEAR <= special.day.year <= LAST_YEAR:
            raise ValidationError(
                _("The year of %(day)s cannot be counted.") % {"day": special.day}, code="far"
            )
        if not 0 < len(special.name) <= NAME_LENGTH:
            raise ValidationError(
                _("The name of the holiday on %(day)s is missing, or longer than 50 characters.")
                % {"day": special.day},
                code="name",
            )


def check_region(region: str) -> None:
    """Raises ValidationError."""
    if region != NATIONAL and shortened(region) != region:
        raise ValidationError(
            {
                "region": _(
                    "A region is a division code without the zeros at its end, as 15 or 1501."
                )
            }
        )


def _replace(
    gone: VersionedQuerySet, revision: Revision, days: Iterable[SpecialDay] = ()
) -> list[str]:
    """End the rows that are gone, begin those that come; the days that ended."""
    rows = list(gone)
    CalendarDay.objects.filter(pk__in=[row.pk for row in rows]).update(until=revision)
    CalendarDay.objects.bulk_create(
        CalendarDay(
            region=revision.region,
            day=special.day,
            kind=special.kind,
            name=special.name,
            since=revision,
        )
        for special in days
    )
    return [row.day.isoformat() for row in rows]


def _reason(reason: str) -> str:
    if not reason.strip():
        raise ValidationError({"reason": _("Say why.")})
    return reason.strip()[:200]


def _shown(days: Iterable[SpecialDay]) -> list[str]:
    return [f"{special.day} {special.kind} {special.name}" for special in days]
