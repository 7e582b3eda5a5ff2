"""A clock's days for people to read in a terminal: counted or not, why, and by which article."""

from collections.abc import Iterator
from datetime import date

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from deadlines import wording
from deadlines.rules.calendar import Why
from deadlines.rules.clock import Reading
from deadlines.rules.dates import SHANGHAI
from deadlines.rules.law import COUNTING, ROLLING, Article, Law
from deadlines.rules.spans import Day
from deadlines.rules.table import Unit
from deadlines.selectors.answers import PAUSES

_HOLIDAYS = Article(Law.HOLIDAY_MEASURES, 2)
_WIDEST_WEEKDAY = 9  # Wednesday


def ledger(reading: Reading, *, as_of: date | None = None) -> Iterator[str]:
    length = wording.span(reading.term, reading.length)
    yield f"{wording.rule_name(reading.rule.name)} · {length}"
    if reading.starts_on and reading.days:
        yield _line(reading.starts_on, "", _("counted from here"), wording.cite(COUNTING))
    for day in reading.days:
        n = "" if day.n is None else str(day.n)
        yield _line(day.on, n, _reason(day), _source(reading, day))
    yield _end(reading)
    yield from _notes(reading, as_of)
    yield _("Basis: %(articles)s") % {"articles": " · ".join(wording.bases(reading))}


def _line(on: date, n: str, reason: str, source: str) -> str:
    weekday = str(WEEKDAYS[on.weekday()]).ljust(_WIDEST_WEEKDAY)
    return f"{on}  {weekday}  {n:>3}  {reason}" + (f"  ({source})" if source else "")


def _reason(day: Day) -> str:
    return _(PAUSES[day.pause.party]) if day.pause else wording.status(day.status)


def _source(reading: Reading, day: Day) -> str:
    """The article by which the day is counted, or is not; of a notice, its title."""
    if day.rolled:
        return wording.cite(ROLLING)
    in_working_days = reading.term.unit == Unit.WORKING_DAY
    if day.pause or not in_working_days or day.status.why == Why.WORKDAY:
        return wording.cite(reading.term.article, reading.term.basis)
    if day.status.why == Why.WEEKEND:
        return ""
    return day.status.source or wording.cite(_HOLIDAYS)


def _end(reading: Reading) -> str:
    if reading.waiting_for:
        return str(wording.WAITING[reading.waiting_for])
    if reading.term.unit == Unit.HOUR and reading.due_at:
        moment = reading.due_at.astimezone(SHANGHAI)
        return _("Due at %(moment)s") % {"moment": f"{moment:%Y-%m-%d %H:%M}"}
    return _("Due on %(day)s") % {"day": reading.due_on}


def _notes(reading: Reading, as_of: date | None) -> Iterator[str]:
    if reading.excluded:
        yield _("Working days taken out for consultations: %(count)s") % {"count": reading.excluded}
    if reading.extension:
        yield _("Without the extension: %(day)s") % {"day": reading.unextended_on}
    if reading.provisional:
        yield _("Provisional: the holiday notice of a year it depends on is not published yet.")
    if as_of and reading.days:
        told = {
            "day": as_of,
            "used": reading.used(as_of),
            "remaining": reading.remaining(as_of),
        }
        yield _("As of %(day)s: used %(used)s, remaining %(remaining)s") % told
    yield from (str(wording.REMARKS[remark]) for remark in reading.remarks)
