"""The calendar and the rules as they stand, for a region."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from functools import lru_cache

from django.db.models import Max

from deadlines.models import CalendarDay, LocalTerm, Revision
from deadlines.rules.calendar import DayKind, SpecialDay, WorkCalendar
from deadlines.rules.regions import NATIONAL, above
from deadlines.rules.table import RULES, Rule, Term


def version() -> int:
    """The newest revision's key; 0 before the first."""
    return Revision.objects.aggregate(newest=Max("pk"))["newest"] or 0


def work_calendar(region: str = NATIONAL, *, at_version: int | None = None) -> WorkCalendar:
    """One query, and three more the first time this process asks for that region and version.

    What a version says never changes, so it may be kept; a new revision has a new version.
    """
    asked = version() if at_version is None else at_version
    return _calendar(_nearest_with_days(region, asked), asked)


def rule_for(name: str, region: str = NATIONAL, *, at_version: int | None = None) -> Rule:
    """The rule with the terms that local rules set. Raises KeyError for a name nobody knows."""
    rule = RULES[name]
    if not rule.local:
        return rule
    return _local_rule(name, region, version() if at_version is None else at_version)


def published_years(at_version: int | None = None) -> frozenset[int]:
    """Those with a notice that was not withdrawn since."""
    asked = version() if at_version is None else at_version
    return _published_years(asked)


def regions_with_days(at_version: int) -> frozenset[str]:
    """Regions with days of their own; the others have their parent's calendar."""
    return _regions(at_version)


def _nearest_with_days(region: str, at_version: int) -> str:
    """So that a thousand counties without days of their own share one calendar."""
    having = _regions(at_version)
    return next((code for code in reversed(above(region)) if code in having), NATIONAL)


@lru_cache(maxsize=8)
def _regions(at_version: int) -> frozenset[str]:
    rows = CalendarDay.objects.as_of(at_version).exclude(region=NATIONAL)
    return frozenset(rows.order_by().values_list("region", flat=True).distinct())


@lru_cache(maxsize=64)
def _calendar(region: str, at_version: int) -> WorkCalendar:
    rows = CalendarDay.objects.as_of(at_version).filter(region__in=above(region))
    # The nearer region's word is the last.
    ordered = sorted(rows.select_related("since"), key=lambda row: len(row.region))
    special = {row.day: _special(row) for row in ordered}
    return WorkCalendar(special, _published_years(at_version), at_version)


def _special(row: CalendarDay) -> SpecialDay:
    return SpecialDay(row.day, DayKind(row.kind), row.name, str(row.since))


@lru_cache(maxsize=8)
def _published_years(at_version: int) -> frozenset[int]:
    settled = Revision.objects.filter(pk__lte=at_version, year__isnull=False).order_by("pk")
    newest = dict(settled.values_list("year", "kind"))
    return frozenset(
        year for year, kind in newest.items() if kind == Revision.Kind.HOLIDAY_NOTICE and year
    )


@lru_cache(maxsize=64)
def _local_rule(name: str, region: str, at_version: int) -> Rule:
    rows = LocalTerm.objects.as_of(at_version).filter(rule=name, region__in=above(region))
    nearest = max((row.region for row in rows), key=len, default=None)
    return with_local_terms(RULES[name], [row for row in rows if row.region == nearest])


def with_local_terms(rule: Rule, rows: Iterable[LocalTerm]) -> Rule:
    """Each holds from its day on, and ends the one before."""
    editions: list[Term] = list(rule.editions)
    for row in sorted(rows, key=lambda row: row.effective_from):
        before = row.effective_from - timedelta(days=1)
        kept = [term for term in editions if term.since is None or term.since <= before]
        ended = [replace(term, until=min(term.until or before, before)) for term in kept]
        date = (row.month, row.day) if row.month and row.day else None
        local = replace(
            rule.newest,
            length=row.length,
            month_day=date,
            since=row.effective_from,
            until=None,
            basis=row.basis,
        )
        editions = [*ended, local]
    return replace(rule, editions=tuple(editions))
