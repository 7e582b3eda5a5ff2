"""A clock's question as JSON: {"rule", "received_on", …}. Every fault is named by its field."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from deadlines.rules.dates import SHANGHAI, day_of
from deadlines.rules.events import Channel, Event, EventKind
from deadlines.rules.table import RULES, Party

MOST_CONSULTATIONS = 100
_REGION = re.compile(r"([0-9]{2,12})?")
# What each field of a day is an event of.
_DAYS = {
    "confirmed_on": EventKind.CONFIRMED,
    "correction_asked_on": EventKind.CORRECTION_ASKED,
    "corrected_on": EventKind.CORRECTED,
    "fee_noticed_on": EventKind.FEE_NOTICED,
    "fee_paid_on": EventKind.FEE_PAID,
}
_OF_CONSULTATION = {
    "sent_on": EventKind.CONSULTED,
    "delivered_on": EventKind.DELIVERED,
    "answered_on": EventKind.ANSWERED,
}
FIELDS = frozenset(
    {
        "rule",
        "channel",
        "received_on",
        "received_at",
        "extended_days",
        "extended_on",
        "consultations",
        "region",
        "as_of",
        *_DAYS,
    }
)
CONSULTATION_FIELDS = frozenset({"with", *_OF_CONSULTATION})


@dataclass(frozen=True, slots=True)
class Fault:
    """`field` is the question's; `reason` a key of wording.FAULTS."""

    field: str
    reason: str
    value: str = ""


class QuestionError(ValueError):
    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("; ".join(f"{fault.field}: {fault.reason}" for fault in faults))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Question:
    """`as_of`: the day for which days used and remaining are asked; None: not asked."""

    rule: str
    events: tuple[Event, ...]
    region: str = ""
    as_of: date | None = None


def parse(given: object, *, read_day: Callable[[str], date] = date.fromisoformat) -> Question:
    """Raises QuestionError. `read_day` reads a day as it was written; it raises ValueError."""
    if not isinstance(given, Mapping):
        raise QuestionError([Fault("", "not an object")])
    reader = _Reader({str(key): value for key, value in given.items()}, read_day)
    question = reader.question()
    if reader.faults:
        raise QuestionError(reader.faults)
    return question


class _Reader:
    """Reads field by field and goes on after a fault, so that all are told at once."""

    def __init__(self, given: Mapping[str, Any], read_day: Callable[[str], date]) -> None:
        self.given = given
        self.read_day = read_day
        self.faults: list[Fault] = [
            Fault(name, "unknown field") for name in given if name not in FIELDS
        ]

    def question(self) -> Question:
        rule = self._choice("rule", RULES, required=True)
        received = self._received()
        events = [received] if received else []
        for name, kind in _DAYS.items():
            if day := self._day(self.given, name):
                events.append(Event(kind, day))
        events += self._extension(received)
        events += self._consultations()
        region = self.given.get("region") or ""
        if not isinstance(region, str) or not _REGION.fullmatch(region):
            self._fault("region", "not a division code", region)
            region = ""
        return Question(rule, tuple(events), region, self._day(self.given, "as_of"))

    def _received(self) -> Event | None:
        channel = Channel(self._choice("channel", Channel, default=Channel.IN_PERSON))
        moment = self._moment("received_at")
        day = self._day(self.given, "received_on") or (day_of(moment) if moment else None)
        if day is None:
            if not any(fault.field in {"received_on", "received_at"} for fault in self.faults):
                self._fault("received_on", "missing")
            return None
        if moment and day_of(moment) != day:
            self._fault("received_at", "another day than received_on", moment.isoformat())
        return Event(EventKind.RECEIVED, day, at=moment, channel=channel)

    def _extension(self, received: Event | None) -> Iterator[Event]:
        days = self.given.get("extended_days") or 0
        if isinstance(days, bool) or not isinstance(days, int) or days < 0:
            self._fault("extended_days", "not a number of days", days)
            return
        told_on = self._day(self.given, "extended_on")
        if days and received:
            # Without a day it is taken to have been in time.
            yield Event(EventKind.EXTENDED, told_on or received.on, days=days)

    def _consultations(self) -> Iterator[Event]:
        given = self.given.get("consultations") or []
        if not isinstance(given, list) or len(given) > MOST_CONSULTATIONS:
            self._fault("consultations", "not a list")
            return
        for number, item in enumerate(given, 1):
            if not isinstance(item, Mapping):
                self._fault("consultations", "not an object", item)
                continue
            yield from self._consultation(str(number), item)

    def _consultation(self, ref: str, item: Mapping[str, Any]) -> Iterator[Event]:
        for name in item.keys() - CONSULTATION_FIELDS:
            self._fault("consultations", "unknown field", name)
        named = item.get("with") or Party.THIRD_PARTY
        if named not in list(Party):  # it may be anything, and not hashable
            self._fault("consultations", "not one of the choices", named)
            return
        days = {name: self._day(item, name, "consultations") for name in _OF_CONSULTATION}
        if not days["sent_on"]:
            if item.get("sent_on") in (None, ""):
                self._fault("consultations", "missing", "sent_on")
            return
        for name, kind in _OF_CONSULTATION.items():
            if day := days[name]:
                yield Event(kind, day, party=Party(named), ref=ref)

    def _choice(self, name: str, choices: Any, *, default: str = "", required: bool = False) -> str:
        value = self.given.get(name) or default
        known = [str(choice) for choice in choices]
        if value in known:
            return str(value)
        missing = required and value == ""
        self._fault(name, "missing" if missing else "not one of the choices", value)
        return default

    def _day(self, holder: Mapping[str, Any], name: str, field: str = "") -> date | None:
        value = holder.get(name)
        if value in (None, ""):
            return None
        try:
            return self.read_day(value)
        except (ValueError, TypeError, AttributeError):
            self._fault(field or name, "not a day", value)
            return None

    def _moment(self, name: str) -> datetime | None:
        """Without an offset it is the time in Shanghai."""
        value = self.given.get(name)
        if value in (None, ""):
            return None
        try:
            moment = datetime.fromisoformat(str(value))
            moment = moment if moment.tzinfo else moment.replace(tzinfo=SHANGHAI)
            day_of(moment)  # at either end of the calendar there is none in Shanghai
        except (ValueError, OverflowError):
            self._fault(name, "not a moment", value)
            return None
        return moment

    def _fault(self, field: str, reason: str, value: object = "") -> None:
        self.faults.append(Fault(field, reason, str(value)[:100]))
