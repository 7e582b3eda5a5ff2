"""Rows of the calendar as the desk's pages show them."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from deadlines import wording
from deadlines.models import CalendarDay, LocalTerm, SpecialDayKind
from deadlines.rules.calendar import DayKind, SpecialDay
from deadlines.rules.table import RULES
from deadlines.selectors.calendars import with_local_terms


class DayRow(NamedTuple):
    day: date
    kind: str
    name: str


def day_rows(days: Iterable[CalendarDay | SpecialDay]) -> list[DayRow]:
    return [
        DayRow(day.day, str(SpecialDayKind(day.kind).label), wording.holiday(day.name))
        for day in days
    ]


def summary(days: Iterable[SpecialDay]) -> str:
    """33 days off, 6 days worked to make up."""
    kinds = [special.kind for special in days]
    off, made_up = kinds.count(DayKind.OFF), kinds.count(DayKind.MAKE_UP)
    return _("%(off)s, %(made_up)s") % {
        "off": ngettext("%(count)s day off", "%(count)s days off", off) % {"count": off},
        "made_up": ngettext("%(count)s make-up day", "%(count)s make-up days", made_up)
        % {"count": made_up},
    }


def where(region: str) -> str:
    return region or _("whole country")


def term(row: LocalTerm) -> str:
    return wording.span(with_local_terms(RULES[row.rule], [row]).newest)


def term_line(row: LocalTerm) -> str:
    """Interpretation of a policy: 15 calendar days, from 1 May 2026."""
    return _("%(rule)s, %(region)s: %(term)s, from %(day)s") % {
        "rule": wording.rule_name(row.rule),
        "region": where(row.region),
        "term": term(row),
        "day": date_format(row.effective_from, _("j F Y")),
    }
