"""What a due date is made of, each with its article: the table beside the date."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.utils.translation import gettext as _

from deadlines import wording
from deadlines.dates_in_words import short_date
from deadlines.explaining.reasons import HOLIDAYS_BY_LAW
from deadlines.explaining.saying import day, listed, moment, named, stretch
from deadlines.explaining.starts import start_event
from deadlines.rules.calendar import Why
from deadlines.rules.clock import Reading, Waiting, receipt_article
from deadlines.rules.dates import start_of_day
from deadlines.rules.events import EventKind, of_kind
from deadlines.rules.law import COUNTING, ROLLING
from deadlines.rules.spans import Day
from deadlines.rules.table import RULES, Trigger, Unit


@dataclass(frozen=True, slots=True)
class Fact:
    name: str
    value: str
    law: str = ""


def facts_of(reading: Reading) -> tuple[Fact, ...]:
    parts = (_start, _term, _excluded, _extension, _moved, _calendar)
    return tuple(fact for part in parts for fact in part(reading))


def _start(reading: Reading) -> Iterator[Fact]:
    [received] = of_kind(reading.events, EventKind.RECEIVED)
    label = str(wording.TRIGGERS[reading.rule.trigger])
    if reading.term.unit in (Unit.HOUR, Unit.DATE):
        hours = reading.term.unit == Unit.HOUR
        at = received.at or start_of_day(received.on)
        yield Fact(label, moment(at) if hours else day(received.on, beside=reading.due_on))
        return
    event = start_event(reading)
    if reading.starts_on is None or event not in (None, EventKind.RECEIVED):
        channel = str(wording.CHANNELS[received.channel])
        handed_in = _("%(day)s, %(how)s") % {"day": day(received.on), "how": channel}
        waits = reading.waiting_for == Waiting.CONFIRMATION
        receipt = wording.cite(receipt_article(reading.term))
        yield Fact(_("Handed in"), handed_in, receipt if waits else "")
    if reading.starts_on and not reading.waiting_for:
        yield _begun(reading, reading.starts_on, label, event)


def _begun(reading: Reading, begun: date, label: str, event: EventKind | None) -> Fact:
    told = {
        EventKind.CONFIRMED: _("%(day)s, when both sides confirmed it; that day is not counted"),
        EventKind.CORRECTED: _("%(day)s, when the correction arrived; that day is not counted"),
        EventKind.FEE_PAID: _("%(day)s, when the fee was paid in full; that day is not counted"),
    }.get(event or EventKind.RECEIVED, _("%(day)s; that day is not counted"))
    anew = event in (EventKind.CORRECTED, EventKind.FEE_PAID)
    laws = []
    if reading.rule.trigger == Trigger.RECEIPT:
        laws = [wording.cite(receipt_article(reading.term))]
    if anew:
        correction = RULES["correction"].newest.article
        laws = [wording.cite(correction)] if event == EventKind.CORRECTED else []
    return Fact(
        _("Counted anew from") if anew else label,
        told % {"day": day(begun, beside=reading.due_on)},
        listed([*laws, wording.cite(COUNTING)]),
    )


def _term(reading: Reading) -> Iterator[Fact]:
    said = wording.span(reading.term)
    if reading.term.unit == Unit.HOUR:
        said = _("%(span)s, rest days included") % {"span": said}
    yield Fact(_("Term"), said, _own(reading))


def _excluded(reading: Reading) -> Iterator[Fact]:
    if reading.pauses:
        pauses = listed(
            _("%(days)s, %(party)s")
            % {"days": stretch(pause.first, pause.last), "party": wording.PARTIES[pause.party]}
            for pause in reading.pauses
        )
        taken_out = wording.span(reading.term, reading.excluded)
        told = _("%(span)s for opinions: %(pauses)s") % {"span": taken_out, "pauses": pauses}
        yield Fact(_("Not counted"), told, _own(reading))


def _extension(reading: Reading) -> Iterator[Fact]:
    if reading.extension and reading.unextended_on:
        told = _("%(span)s; the applicant is told by %(day)s") % {
            "span": wording.span(reading.term, reading.extension),
            "day": short_date(reading.unextended_on),
        }
        yield Fact(_("Extension"), told, _own(reading))


def _moved(reading: Reading) -> Iterator[Fact]:
    if reading.days and reading.days[-1].rolled and reading.due_on:
        last = [one for one in reading.days if one.counted][-1]
        told = _("%(day)s is no working day; moved on to %(due)s") % {
            "day": day(last.on),
            "due": short_date(reading.due_on),
        }
        yield Fact(_("Last day"), told, wording.cite(ROLLING))


def _calendar(reading: Reading) -> Iterator[Fact]:
    days = _days_that_matter(reading)
    if not days:
        return
    settled = [one for one in days if not one.status.provisional]
    if not reading.provisional:
        yield Fact(_("Calendar"), _published(settled))
        return
    if counted := [one for one in settled if one.counted]:
        sure = {
            "days": stretch(counted[0].on, counted[-1].on),
            "span": wording.counted(Unit.DAY, len(counted)),
        }
        yield Fact(_("Certain"), _("%(days)s: %(span)s") % sure, _published(settled))
    assumed = [one for one in days if one.status.provisional]
    yield Fact(_("Assumed"), _assumed(assumed), wording.cite(HOLIDAYS_BY_LAW))
    missing = _(
        "The holiday notice of the State Council for %(years)s, in other years published from"
        " October to December. The date is computed anew then."
    )
    yield Fact(_("Missing"), missing % {"years": _years(assumed)})


def _days_that_matter(reading: Reading) -> list[Day]:
    """Of terms in calendar days and months only the end asks for the calendar."""
    if reading.term.unit == Unit.WORKING_DAY:
        return list(reading.days)
    return [one for one in reading.days if one.rolled] or list(reading.days[-1:])


def _published(days: Sequence[Day]) -> str:
    """The notices by name, as far as a day of theirs is met; else that there are some."""
    sources = [one.status.source for one in days if one.status.source]
    if sources:
        return listed(sources)
    return _("The holidays of %(years)s are published") % {"years": _years(days)}


def _years(days: Sequence[Day]) -> str:
    return named(sorted({one.on.year for one in days}))


def _assumed(days: Sequence[Day]) -> str:
    holidays = [one for one in days if one.status.why == Why.HOLIDAY]
    told = []
    for name, group in groupby(holidays, key=lambda one: one.status.name):
        off = [one.on for one in group]
        told.append(
            _("%(days)s, %(name)s, off")
            % {"days": stretch(off[0], off[-1]), "name": wording.holiday(name)}
        )
    worked = _("Mondays to Fridays are worked")
    return listed([*told, _("other Mondays to Fridays are worked") if told else worked])


def _own(reading: Reading) -> str:
    return wording.cite(reading.term.article, reading.term.basis)
