"""Bringing the calendar from a file, or from the package that knows the years of the past."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from deadlines.models import CalendarDay, Revision
from deadlines.rules import known_years
from deadlines.rules.calendar import SpecialDay
from deadlines.rules.day_lines import Line
from deadlines.rules.regions import NATIONAL
from deadlines.selectors.calendars import published_years
from deadlines.selectors.revisions import (
    notice_of,
    replaced_by_closure,
    says_the_same,
    standing_days,
)
from deadlines.services.calendars import Heading, enter_closure, enter_notice

DECEMBER = 12


@dataclass(frozen=True, slots=True)
class Brought:
    """`revision` None: it stood there already."""

    what: str  # the year, or the region
    days: int
    revision: Revision | None


@transaction.atomic
def bring_lines(
    lines: Iterable[Line], *, year: int | None, heading: Heading, at: datetime, actor: str
) -> list[Brought]:
    """All or nothing: half a calendar is a wrong one. Raises ValidationError.

    Lines of a year's notice are the country's; those of a region become days of its own.
    """
    by_region: dict[str, list[SpecialDay]] = {}
    for line in lines:
        special = SpecialDay(line.day, line.kind, line.name, heading["title"])
        by_region.setdefault(line.region, []).append(special)
    return [
        _bring_year(year, days, heading, at=at, actor=actor)
        if region == NATIONAL and year
        else _bring_region(region, days, heading, at=at, actor=actor)
        for region, days in sorted(by_region.items())
    ]


@transaction.atomic
def bring_known_years(*, at: datetime, actor: str) -> list[Brought]:
    """Every year the package has and the table has not."""
    wanted = [year for year in known_years.years() if year not in published_years()]
    return [
        _bring_year(year, _known(year, wanted), _heading(year), at=at, actor=actor)
        for year in wanted
    ]


def _bring_year(
    year: int, days: list[SpecialDay], heading: Heading, *, at: datetime, actor: str
) -> Brought:
    notice = notice_of(year)
    if notice and _headed(notice) == heading and says_the_same(standing_days(notice), days):
        return Brought(str(year), len(days), None)
    made = enter_notice(year=year, days=days, at=at, actor=actor, **heading)
    return Brought(str(year), len(days), made)


def _bring_region(
    region: str, days: list[SpecialDay], heading: Heading, *, at: datetime, actor: str
) -> Brought:
    standing = replaced_by_closure(region, (special.day for special in days))
    if says_the_same(standing, days) and all(_headed(row.since) == heading for row in standing):
        return Brought(region, len(days), None)
    made = enter_closure(region=region, days=days, at=at, actor=actor, **heading)
    return Brought(region, len(days), made)


def _headed(revision: Revision) -> Heading:
    return Heading(title=revision.title, number=revision.number, published_on=revision.published_on)


def _known(year: int, wanted: list[int]) -> list[SpecialDay]:
    """The package goes by the day; a notice has days of the December before, too."""
    days = known_years.special_days(year)
    if year - 1 in wanted:
        return days
    before = [s for s in known_years.special_days(year - 1) if s.day.month == DECEMBER]
    standing = CalendarDay.objects.standing().filter(region=NATIONAL)
    known = set(standing.filter(day__year=year - 1).values_list("day", flat=True))
    return [*(special for special in before if special.day not in known), *days]


def _heading(year: int) -> Heading:
    published_on = known_years.PUBLISHED_ON.get(year)
    return Heading(
        title=known_years.title(year),
        number=known_years.NUMBERS.get(year, ""),
        published_on=date.fromisoformat(published_on) if published_on else None,
    )
