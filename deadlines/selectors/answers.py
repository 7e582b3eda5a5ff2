"""The clock asked, and its answer as the API, the command and whatever else reads JSON tell it.

The keys are a contract that others build on: they are added to, never renamed.
"""

import re
from collections.abc import Mapping
from datetime import date, datetime
from functools import lru_cache
from itertools import islice
from types import MappingProxyType

from django.utils.translation import get_language, gettext_noop

from deadlines import wording
from deadlines.rules import clock
from deadlines.rules.calendar import Why
from deadlines.rules.clock import Reading
from deadlines.rules.dates import SHANGHAI
from deadlines.rules.events import Channel, ClockError
from deadlines.rules.law import Article
from deadlines.rules.question import Question, QuestionError, parse
from deadlines.rules.regions import NATIONAL, shortened
from deadlines.rules.spans import Day
from deadlines.rules.table import RULES, Party, Rule, Unit
from deadlines.selectors import calendars

MOST_COMPLAINTS = 100  # told of one question, so that an answer is no longer than what was sent
_LONGEST_NAME = 100
# Control characters, which a terminal obeys, and halves of characters, which no encoding writes.
_UNSHOWABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
# Programs compare these: they stay in English, whatever language the rest is told in.
PAUSES: Mapping[Party, str] = MappingProxyType(
    {
        Party.THIRD_PARTY: gettext_noop("consultation with the third party"),
        Party.CO_MAKER: gettext_noop("consultation with a co-maker"),
        Party.OTHER_BODY: gettext_noop("consultation with another body"),
    }
)
_REASONS: Mapping[Why, str] = MappingProxyType({why: why.value for why in Why})


def ask(question: Question, *, version: int | None = None) -> Reading:
    """By the calendar and the local terms of that version; None: as they stand.

    Raises ClockError.
    """
    asked = calendars.version() if version is None else version
    region = shortened(question.region)
    rule = calendars.rule_for(question.rule, region, at_version=asked)
    return clock.read(rule, question.events, calendars.work_calendar(region, at_version=asked))


def answer_to(given: object, *, version: int | None = None) -> dict[str, object]:
    """The answer to a question as it came in. Raises QuestionError and ClockError."""
    question = parse(given)
    asked = calendars.version() if version is None else version
    return as_json(ask(question, version=asked), as_of=question.as_of, version=asked)


def as_json(
    reading: Reading, *, as_of: date | None = None, version: int | None = None
) -> dict[str, object]:
    """Words are in the reader's language, but for the days' reasons.

    `version`: the one that was asked; None looks up the newest.
    """
    language = get_language()
    basis = _basis(reading, language)
    counts_working_days = reading.term.unit == Unit.WORKING_DAY
    waiting = reading.waiting_for
    told: dict[str, object] = {
        "due_on": _iso(reading.due_on),
        "provisional": reading.provisional,
        "starts_on": _iso(reading.starts_on),
        "working_days": reading.length if counts_working_days else None,
        "excluded_days": reading.excluded,
        "days": [_day(day, language) for day in reading.days],
        "basis": basis,
        "rule": reading.rule.name,
        "rule_name": _rule_name(reading.rule.name, language),
        "unit": reading.term.unit.value,
        "length": reading.length,
        "due_at": _moment(reading.due_at),
        "extension_days": reading.extension,
        "unextended_on": _iso(reading.unextended_on),
        "waiting_for": waiting.value if waiting else None,
        "waiting": str(wording.WAITING[waiting]) if waiting else "",
        "remarks": [str(wording.REMARKS[remark]) for remark in reading.remarks],
        "article": basis[0],
        "calendar": {
            "version": calendars.version() if version is None else version,
            "provisional_years": _provisional_years(reading),
        },
    }
    if as_of:
        told |= _standing(reading, as_of)
    return told


def table(*, version: int | None = None) -> dict[str, object]:
    """What can be asked: the rules as they stand for the whole country, and the choices."""
    asked = calendars.version() if version is None else version
    rules = (calendars.rule_for(name, NATIONAL, at_version=asked) for name in RULES)
    return {
        "rules": [_line(rule) for rule in rules],
        "calendar": {"version": asked, "published_years": sorted(calendars.published_years(asked))},
        "channels": [{"code": c.value, "name": str(wording.CHANNELS[c])} for c in Channel],
        "with": [{"code": party.value, "name": str(wording.PARTIES[party])} for party in Party],
    }


Refused = (QuestionError, ClockError)


def complaints(error: QuestionError | ClockError) -> list[dict[str, str]]:
    """What is wrong with a question, a line for each fault: {"parameter", "detail"}."""
    if isinstance(error, ClockError):
        return [complaint(error.about, wording.refusal(error))]
    told = islice(error.faults, MOST_COMPLAINTS)
    return [complaint(fault.field, wording.fault(fault)) for fault in told]


def complaint(parameter: str, detail: str) -> dict[str, str]:
    """Both may quote what was sent, and then show what has no place in an answer as �."""
    return {
        "parameter": _UNSHOWABLE.sub("�", parameter[:_LONGEST_NAME]),
        "detail": _UNSHOWABLE.sub("�", detail),
    }


def _day(day: Day, language: str | None) -> dict[str, object]:
    reason = PAUSES[day.pause.party] if day.pause else _REASONS[day.status.why]
    told: dict[str, object] = {
        "date": day.on.isoformat(),
        "counted": day.n is not None,
        "n": day.n,
        "reason": reason,
    }
    if name := day.status.name:
        told["name"] = _holiday(name, language)
    return told


# A batch asks for the same few words ten thousand times; each is translated once a language.
@lru_cache(maxsize=1024)
def _holiday(name: str, _language: str | None) -> str:
    return wording.holiday(name)


@lru_cache(maxsize=128)
def _rule_name(rule: str, _language: str | None) -> str:
    return wording.rule_name(rule)


def _basis(reading: Reading, language: str | None) -> list[str]:
    key = (reading.articles, reading.term.basis, language)
    if key not in _bases:
        _bases[key] = wording.bases(reading)
    return list(_bases[key])


_bases: dict[tuple[tuple[Article, ...], str, str | None], list[str]] = {}


def _standing(reading: Reading, as_of: date) -> dict[str, object]:
    """How far the term has run; None where no days are counted: it waits, or runs in hours."""
    counts = bool(reading.days)
    return {
        "used_days": reading.used(as_of) if counts else None,
        "remaining_days": reading.remaining(as_of) if counts else None,
        "overdue": reading.due_on is not None and as_of > reading.due_on,
    }


def _provisional_years(reading: Reading) -> list[int]:
    """The years whose notice the due date waits for."""
    if not reading.provisional:
        return []
    return sorted({day.on.year for day in reading.days if day.status.provisional})


def _line(rule: Rule) -> dict[str, object]:
    term = rule.newest
    return {
        "rule": rule.name,
        "name": wording.rule_name(rule.name),
        "unit": term.unit.value,
        "length": term.length,
        "month_day": "{:02}-{:02}".format(*term.month_day) if term.month_day else None,
        "trigger": rule.trigger.value,
        "trigger_name": str(wording.TRIGGERS[rule.trigger]),
        "article": wording.cite(term.article, term.basis),
        "extension": term.extension,
        "in_force_since": _iso(term.since),
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _moment(moment: datetime | None) -> str | None:
    return moment.astimezone(SHANGHAI).isoformat() if moment else None
