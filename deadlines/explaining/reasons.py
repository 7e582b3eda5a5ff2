"""Why a line of the account adds what it adds, in words, with what it rests on."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from deadlines import wording
from deadlines.dates_in_words import short_date
from deadlines.explaining.ledger import Kind, Line
from deadlines.explaining.saying import listed, named, sentences, stretch, weekday
from deadlines.explaining.starts import start_event
from deadlines.rules.clock import Reading, receipt_article
from deadlines.rules.events import EventKind
from deadlines.rules.law import COUNTING, MONTHS, ROLLING, Article, Law
from deadlines.rules.pauses import Pause
from deadlines.rules.table import RULES, Party, Unit

HOLIDAYS_BY_LAW = Article(Law.HOLIDAY_MEASURES, 2)
_STARTED: Mapping[EventKind | None, Promise] = {
    EventKind.RECEIVED: gettext_lazy(
        "The day of receipt is not counted; counting begins the day after."
    ),
    EventKind.CONFIRMED: gettext_lazy(
        "Both sides confirmed the receipt. That day is not counted; counting begins the day after."
    ),
    EventKind.CORRECTED: gettext_lazy(
        "The corrected application arrived, and counting begins anew the day after."
    ),
    EventKind.FEE_PAID: gettext_lazy(
        "The fee was paid in full; counting begins anew the day after."
    ),
    None: gettext_lazy("The first day is not counted; counting begins the day after."),
}
_ASKED: Mapping[Party, Promise] = {
    Party.THIRD_PARTY: gettext_lazy("A third party was asked for its opinion"),
    Party.CO_MAKER: gettext_lazy("A body that made it jointly was asked for its opinion"),
    Party.OTHER_BODY: gettext_lazy("Another body was asked for its opinion"),
}

Part = tuple[str, str]  # a sentence, and what it rests on ("": nothing beyond the days themselves)


@dataclass(frozen=True, slots=True)
class Entry:
    """A line as a page shows it."""

    line: Line
    days: str
    step: str
    total: str
    said: str
    law: str

    @property
    def classes(self) -> str:
        if self.line.kind == Kind.PAUSED or self.line.provisional:
            return "pause" if self.line.adds or self.line.excluded else "zero"
        return "" if self.line.adds else "zero"


def entries_of(reading: Reading, lines: tuple[Line, ...]) -> tuple[Entry, ...]:
    return tuple(_entry(reading, lines, line) for line in lines)


def _entry(reading: Reading, lines: tuple[Line, ...], line: Line) -> Entry:
    parts = list(_REASONS[line.kind](reading, lines, line))
    return Entry(
        line,
        stretch(line.first, line.last),
        _step(reading, line),
        _("%(sum)s so far") % {"sum": _count(reading, line.total)},
        sentences(said for said, _law in parts),
        listed(law for _said, law in parts if law),
    )


def _count(reading: Reading, count: int) -> str:
    return wording.counted(reading.term.unit, count)


def _step(reading: Reading, line: Line) -> str:
    if line.kind == Kind.ROLLED:
        return _("moved on")
    if line.kind == Kind.PAUSED and line.excluded:
        return _("%(sum)s not counted") % {"sum": _count(reading, line.excluded)}
    if not line.adds:
        return _("not counted")
    return (_("provisionally +%(count)s") if line.provisional else "+%(count)s") % {
        "count": line.adds
    }


def _start(reading: Reading, _lines: tuple[Line, ...], _line: Line) -> Iterator[Part]:
    event = start_event(reading)
    receipt = wording.cite(receipt_article(reading.term))
    own = {
        EventKind.RECEIVED: receipt,
        EventKind.CONFIRMED: receipt,
        EventKind.CORRECTED: wording.cite(RULES["correction"].newest.article),
    }
    yield str(_STARTED[event]), own.get(event, "") if event else ""
    yield "", wording.cite(COUNTING)


def _counted(reading: Reading, lines: tuple[Line, ...], line: Line) -> Iterator[Part]:
    if line.after:
        answered = _("The opinion has come; counting goes on.")
        silent = _("The term for the opinion is over; counting goes on.")
        yield (silent if line.after.silent else answered), ""
    if reading.term.unit == Unit.WORKING_DAY:
        yield from _made_up(line)
        yield from _certainty(reading, line)
    elif line is lines[1]:
        yield _("Every day counts, rest days too."), ""
    if line.last == reading.unextended_on and not line.provisional:
        yield _the_last(reading, line)


def _made_up(line: Line) -> Iterator[Part]:
    told = _("%(day)s (%(weekday)s) is worked to make up for %(holiday)s and counts.")
    for day in line.make_ups:
        named_so = {
            "day": short_date(day.on),
            "weekday": weekday(day.on),
            "holiday": wording.holiday(day.status.name),
        }
        yield told % named_so, day.status.source


def _certainty(reading: Reading, line: Line) -> Iterator[Part]:
    """What is settled by a notice, and what is assumed, where both occur."""
    if not reading.provisional:
        return
    if line.provisional:
        yield (
            _(
                "Mondays to Fridays are taken as worked. Weekends worked to make up would bring"
                " the date forward; days off would move it back."
            ),
            "",
        )
    else:
        sources = listed(day.status.source for day in line.days if day.status.source)
        years = named(sorted({day.on.year for day in line.days}))
        yield _("Working days of %(years)s, as published.") % {"years": years}, sources


def _the_last(reading: Reading, line: Line) -> Part:
    day = short_date(line.last)
    if reading.extension:
        told = _(
            "%(day)s was the due date before, and the last day to tell the applicant of an"
            " extension."
        )
        return told % {"day": day}, ""
    if reading.term.unit == Unit.MONTH:
        told = _("%(day)s, the corresponding day %(span)s later, is the last day.")
        return told % {"day": day, "span": _count(reading, line.total)}, wording.cite(MONTHS)
    told = _("%(day)s is %(nth)s, the last day.")
    return told % {"day": day, "nth": _nth(reading, line.total)}, ""


def _nth(reading: Reading, n: int) -> str:
    if reading.term.unit == Unit.WORKING_DAY:
        return _("working day no. %(n)s") % {"n": n}
    return _("day no. %(n)s") % {"n": n}


def _paused(reading: Reading, _lines: tuple[Line, ...], line: Line) -> Iterator[Part]:
    pause: Pause | None = line.pause
    if pause:
        told = _("%(asked)s: not counted from the day after the letter to the day it answered.")
        if pause.silent:
            told = _(
                "%(asked)s and did not answer: not counted from the day after the letter to the"
                " end of its term."
            )
        yield told % {"asked": _ASKED[pause.party]}, _own_article(reading)
    if holidays := line.holidays:
        yield (
            _("Within it %(days)s: %(names)s.")
            % {
                "days": stretch(holidays[0].on, holidays[-1].on),
                "names": named(wording.holiday(day.status.name) for day in holidays),
            },
            "",
        )


def _holiday(_reading: Reading, _lines: tuple[Line, ...], line: Line) -> Iterator[Part]:
    names = named(wording.holiday(day.status.name) or _("day off") for day in line.holidays)
    if line.provisional:
        yield (
            _("%(names)s: off by law; how days are shifted around it is not published yet.")
            % {"names": names},
            wording.cite(HOLIDAYS_BY_LAW),
        )
    else:
        yield (
            _("%(names)s: days off.") % {"names": names},
            listed(day.status.source for day in line.holidays if day.status.source),
        )


def _extended(reading: Reading, lines: tuple[Line, ...], line: Line) -> Iterator[Part]:
    if line is next(one for one in lines if one.kind == Kind.EXTENDED):
        span = wording.span(reading.term, reading.extension)
        yield (
            _("Extended by %(span)s, with the consent of the head of the work body of disclosure.")
            % {"span": span},
            _own_article(reading),
        )
    yield from _counted(reading, lines, line)


def _rolled(reading: Reading, _lines: tuple[Line, ...], line: Line) -> Iterator[Part]:
    last = [day for day in reading.days if day.counted][-1]
    told = _("%(day)s, the last day, is no working day; the next working day takes its place.")
    yield told % {"day": short_date(last.on)}, wording.cite(ROLLING)
    if line.provisional:
        yield _("Which days are worked then is not published yet."), ""


def _own_article(reading: Reading) -> str:
    return wording.cite(reading.term.article, reading.term.basis)


_REASONS: Mapping[Kind, Callable[[Reading, tuple[Line, ...], Line], Iterator[Part]]] = {
    Kind.START: _start,
    Kind.COUNTED: _counted,
    Kind.PAUSED: _paused,
    Kind.HOLIDAY: _holiday,
    Kind.EXTENDED: _extended,
    Kind.ROLLED: _rolled,
}
