"""A holiday notice as it is pasted, read into days off and make-up days.

Nothing is dropped in silence: what was not understood, or contradicts the notice's own figures,
the day of the week or the law, is a finding beside the days.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from deadlines.rules.calendar import DayKind, SpecialDay
from deadlines.rules.day_lines import UnreadableLineError, is_heading, read_line
from deadlines.rules.doubts import Doubt, Finding
from deadlines.rules.holidays import statutory
from deadlines.rules.notice_text import NAMELESS, Item, is_signature, items, plain

# Earlier notices rest on earlier Measures, with fewer days.
FIRST_YEAR_OF_THE_MEASURES = 2025
_SATURDAY = 5
_ABOUT = re.compile(r"关于(\d{4})年")


@dataclass(frozen=True, slots=True)
class Announcement:
    days: tuple[SpecialDay, ...]
    findings: tuple[Finding, ...]


def read_notice(text: str, *, year: int, source: str = "") -> Announcement:
    """The State Council's arrangement of a whole year: every statutory day is expected in it."""
    read = read_closure(text, year=year, source=source)
    return Announcement(read.days, (*read.findings, *_statutory_missing(read.days, year)))


def read_closure(text: str, *, year: int, source: str = "") -> Announcement:
    """Any other text. `year` is that of dates without one."""
    said, findings = _read(text, year)
    if not said:
        return Announcement((), (*findings, Finding(Doubt.NOTHING)))
    off, made_up = ({s.day for s in said if s.kind == kind} for kind in DayKind)
    both = off & made_up
    first = {saying.day: saying for saying in reversed(said)}
    days = tuple(
        SpecialDay(day, saying.kind, saying.name, source)
        for day, saying in sorted(first.items())
        if day not in both
    )
    return Announcement(
        days, (*_about(text, year), *findings, *_repeated(said, both), *_on_weekdays(days))
    )


@dataclass(frozen=True, slots=True)
class _Saying:
    day: date
    kind: DayKind
    name: str


def _read(text: str, year: int) -> tuple[list[_Saying], list[Finding]]:
    """Lines of one day each, and sentences; a text may have both."""
    said: list[_Saying] = []
    findings: list[Finding] = []
    prose: list[str] = []
    for line in text.splitlines():
        try:
            found = read_line(plain(line))
        except UnreadableLineError as error:
            findings.append(Finding(Doubt.NO_SUCH_DAY, {"text": str(error)}))
            continue
        if found:
            name = found.name or statutory(found.day.year).get(found.day, NAMELESS)
            said.append(_Saying(found.day, found.kind, name))
        else:
            prose.append("" if is_heading(line) else line)
    for item in _items("\n".join(prose), year):
        said += [_Saying(day, DayKind.OFF, item.name) for day in item.off]
        said += [_Saying(day, DayKind.MAKE_UP, item.name) for day in item.made_up]
        findings += item.findings
    return said, findings


def _items(text: str, year: int) -> Iterator[Item]:
    return (Item(text=line, year=year).read() for line in items(text) if not is_signature(line))


def _about(text: str, year: int) -> Iterator[Finding]:
    said = _ABOUT.search(re.sub(r"\s", "", plain(text)))
    if said and int(said[1]) != year:
        yield Finding(Doubt.ANOTHER_YEAR, {"said": int(said[1]), "year": year})


def _repeated(said: Sequence[_Saying], both: set[date]) -> Iterator[Finding]:
    yield from (Finding(Doubt.BOTH, {"day": day}) for day in sorted(both))
    times = Counter(saying.day for saying in said if saying.day not in both)
    yield from (Finding(Doubt.TWICE, {"day": day}) for day in sorted(times) if times[day] > 1)


def _on_weekdays(days: Iterable[SpecialDay]) -> Iterator[Finding]:
    for special in days:
        if special.kind == DayKind.MAKE_UP and special.day.weekday() < _SATURDAY:
            yield Finding(Doubt.MADE_UP_WEEKDAY, {"day": special.day})


def _statutory_missing(days: Iterable[SpecialDay], year: int) -> Iterator[Finding]:
    off = {special.day for special in days if special.kind == DayKind.OFF}
    if year < FIRST_YEAR_OF_THE_MEASURES or not off:
        return  # of a text without days that is all there is to say
    for day, name in statutory(year).items():
        if day not in off:
            yield Finding(Doubt.STATUTORY, {"day": day, "name": name})
