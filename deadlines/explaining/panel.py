"""The due date itself: the day, large, what is left of the time, and one mark for each day."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from deadlines import wording
from deadlines.dates_in_words import short_date
from deadlines.explaining.ledger import Kind, Line
from deadlines.explaining.saying import listed, named
from deadlines.rules.calendar import WorkCalendar
from deadlines.rules.clock import Reading, Waiting
from deadlines.rules.table import Unit

MOST_PIPS = 40
_IN_DAYS = (Unit.WORKING_DAY, Unit.DAY)
_WAITING = {
    Waiting.CONFIRMATION: gettext_lazy("Counted once both sides confirm"),
    Waiting.CORRECTION: gettext_lazy("Counted anew once it is corrected"),
    Waiting.PAYMENT: gettext_lazy("Counted anew once the fee is paid"),
}
_LABELS = {
    "reply": gettext_lazy("Last day for the answer"),
    "correction": gettext_lazy("Last day to tell what to correct"),
}


class Pip(StrEnum):
    """The values are classes of the style sheet."""

    USED = "on"
    LEFT = ""
    EXTENDED = "ext"
    PROVISIONAL = "maybe"


@dataclass(frozen=True, slots=True)
class Panel:
    """`day` is in words while the clock waits."""

    label: str
    day: str
    beneath: str = ""
    left: tuple[SafeString, ...] = ()
    late: SafeString | None = None
    caption: str = ""
    pips: tuple[Pip, ...] = ()


def panel_of(
    reading: Reading,
    lines: Sequence[Line],
    *,
    today: date,
    calendar: WorkCalendar | None = None,
) -> Panel:
    in_hours = reading.term.unit == Unit.HOUR
    label = str(_LABELS.get(reading.rule.name, _("Due by") if in_hours else _("Last day")))
    if reading.waiting_for:
        said = str(wording.WAITING[reading.waiting_for])
        return Panel(label, str(_WAITING[reading.waiting_for]), caption=said)
    due_on, due_at = reading.due_on, reading.due_at
    if due_on is None or due_at is None:
        raise ValueError(reading)
    at = f" {timezone.localtime(due_at):%H:%M}" if in_hours else ""
    beneath = {"year": due_on.year, "weekday": date_format(due_on, "l")}
    return Panel(
        label,
        short_date(due_on) + at,
        _("%(year)s, %(weekday)s") % beneath,
        tuple(_left(reading, due_on, today)),
        _late(reading, due_on, today, calendar),
        _caption(reading, due_on, today),
        _pips(reading, lines, today),
    )


def _strong(said: str, part: str) -> SafeString:
    return format_html("{}<b>{}</b>{}", *_around(said, part))


def _around(said: str, part: str) -> tuple[str, str, str]:
    before, middle, after = said.partition(part)
    return before, middle, after


def _late(
    reading: Reading, due_on: date, today: date, calendar: WorkCalendar | None
) -> SafeString | None:
    if today <= due_on:
        return None
    span = wording.counted(Unit.DAY, (today - due_on).days)
    if reading.term.unit == Unit.WORKING_DAY:
        days = calendar.working_days_between(due_on, today) if calendar else 0
        span = wording.span(reading.term, days) if days else ""
    if not span:
        return _strong(past := _("It is past"), past)
    return _strong(_("%(span)s past") % {"span": span}, span)


def _left(reading: Reading, due_on: date, today: date) -> Iterator[SafeString]:
    if reading.extension and reading.unextended_on:
        day = short_date(reading.unextended_on)
        yield _strong(_("Without the extension it is %(day)s") % {"day": day}, day)
    if reading.provisional:
        years = named(sorted({day.on.year for day in reading.days if day.status.provisional}))
        may = _("may move")
        told = _("Once the holidays of %(years)s are published it %(may_move)s")
        yield _strong(told % {"years": years, "may_move": may}, may)
    elif not reading.extension and (left := _remaining(reading, due_on, today)):
        yield _strong(_("%(span)s left") % {"span": left}, left)


def _remaining(reading: Reading, due_on: date, today: date) -> str:
    if reading.term.unit == Unit.HOUR or not (reading.starts_on or today) <= today < due_on:
        return ""
    if reading.term.unit == Unit.WORKING_DAY:
        return wording.span(reading.term, reading.remaining(today))
    return wording.counted(Unit.DAY, (due_on - today).days)


def _caption(reading: Reading, due_on: date, today: date) -> str:
    parts = [wording.span(reading.term)]
    if reading.extension:
        told = _("%(span)s, and %(days)s of extension")
        parts = [told % {"span": parts[0], "days": wording.counted(Unit.DAY, reading.extension)}]
    if reading.provisional and reading.term.unit == Unit.WORKING_DAY:
        assumed = sum(day.counted and day.status.provisional for day in reading.days)
        told = _("%(certain)s are certain, %(assumed)s provisional")
        parts.append(told % {"certain": reading.length - assumed, "assumed": assumed})
    if reading.term.unit in _IN_DAYS and (reading.starts_on or today) < today <= due_on:
        is_counted = any(day.on == today and day.counted for day in reading.days)
        told = (
            _("today is day %(used)s, %(left)s left")
            if is_counted
            else _("%(used)s used, %(left)s left")
        )
        parts.append(told % {"used": reading.used(today), "left": reading.remaining(today)})
    return listed(parts)


def _pips(reading: Reading, lines: Sequence[Line], today: date) -> tuple[Pip, ...]:
    """Of a long term each stands for several days; of one in months, for a month."""
    if reading.term.unit == Unit.MONTH:
        counted = [line for line in lines if line.kind == Kind.COUNTED]
        pips = [Pip.USED if line.last <= today else Pip.LEFT for line in counted]
        return tuple([*pips[:-1], Pip.PROVISIONAL] if reading.provisional else pips)
    days = [day for day in reading.days if day.counted]
    each = -(-len(days) // MOST_PIPS) or 1
    return tuple(
        _pip(reading, day.on, today, provisional=day.status.provisional)
        for day in (days[min(n + each, len(days)) - 1] for n in range(0, len(days), each))
    )


def _pip(reading: Reading, on: date, today: date, *, provisional: bool) -> Pip:
    if on <= today:
        return Pip.USED
    if provisional and reading.term.unit == Unit.WORKING_DAY:
        return Pip.PROVISIONAL
    extended = reading.extension and on > (reading.unextended_on or on)
    return Pip.EXTENDED if extended else Pip.LEFT
