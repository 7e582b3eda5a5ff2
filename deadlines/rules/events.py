"""What happened, as far as a clock is concerned. Events are days in Shanghai, in any order."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from deadlines.rules.table import Party


class EventKind(StrEnum):
    RECEIVED = "received"  # or whatever else the term runs from
    CONFIRMED = "confirmed"  # both sides confirmed that the application arrived
    CORRECTION_ASKED = "correction_asked"
    CORRECTED = "corrected"  # the corrected application arrived
    CONSULTED = "consulted"  # the letter went out
    DELIVERED = "delivered"  # the letter arrived
    ANSWERED = "answered"  # the opinion arrived
    FEE_NOTICED = "fee_noticed"
    FEE_PAID = "fee_paid"  # in full
    EXTENDED = "extended"


class Channel(StrEnum):
    IN_PERSON = "in_person"
    REGISTERED_POST = "registered_post"
    ORDINARY_POST = "ordinary_post"
    ONLINE = "online"
    FAX = "fax"


# The application counts as received when both sides have confirmed it (Art 31).
CONFIRMED_CHANNELS = frozenset({Channel.ORDINARY_POST, Channel.ONLINE, Channel.FAX})


@dataclass(frozen=True, slots=True)
class Event:
    """One recorded fact.

    `on`: the day in Shanghai. `at`: the moment, where hours count. `channel`: of RECEIVED.
    `party` and `ref`: of a consultation; `ref` tells which letter an answer belongs to.
    `days`: of EXTENDED, in the term's unit; its `on` is the day the applicant was told.
    """

    kind: EventKind
    on: date
    at: datetime | None = None
    channel: Channel = Channel.IN_PERSON
    party: Party = Party.THIRD_PARTY
    ref: str = ""
    days: int = 0


class ClockError(ValueError):
    """The events cannot be; `reason` says why (a key of wording.REFUSALS) and `about` which."""

    def __init__(self, reason: "Refusal", about: str, **values: object) -> None:
        super().__init__(reason.value)
        self.reason = reason
        self.about = about
        self.values = values


class Refusal(StrEnum):
    NOT_RECEIVED = "nothing was received"
    RECEIVED_TWICE = "received more than once"
    OUT_OF_RANGE = "the year is out of range"
    BEFORE_RECEIPT = "it lies before the receipt"
    BEFORE_LETTER = "it lies before the letter"
    NO_LETTER = "no such letter went out"
    LETTER_TWICE = "two letters have the same reference"
    NOT_EXTENDABLE = "the term cannot be extended"
    EXTENDED_TOO_LONG = "the extension is longer than the most allowed"
    EXTENDED_TWICE = "it was extended once already"
    EXTENDED_LATE = "the extension came after the due date"


@dataclass(frozen=True, slots=True)
class Consultation:
    """`answered_on` None: no answer yet, or never."""

    party: Party
    ref: str
    sent_on: date
    delivered_on: date | None
    answered_on: date | None


def of_kind(events: Iterable[Event], kind: EventKind) -> list[Event]:
    """The earliest first."""
    return sorted((e for e in events if e.kind == kind), key=lambda e: (e.on, e.ref, e.days))


def consultations(events: Sequence[Event]) -> list[Consultation]:
    """Letters with what became of them, the earliest first. Raises ClockError."""
    letters = of_kind(events, EventKind.CONSULTED)
    by_ref = {(letter.party, letter.ref): letter for letter in letters}
    if len(by_ref) < len(letters):
        raise ClockError(Refusal.LETTER_TWICE, "consultations")
    arrivals = {kind: _by_letter(events, kind, by_ref) for kind in _OF_A_LETTER}
    return [
        Consultation(
            letter.party,
            letter.ref,
            letter.on,
            arrivals[EventKind.DELIVERED].get(key),
            arrivals[EventKind.ANSWERED].get(key),
        )
        for key, letter in by_ref.items()
    ]


_OF_A_LETTER = (EventKind.DELIVERED, EventKind.ANSWERED)
_Key = tuple[Party, str]


def _by_letter(
    events: Sequence[Event], kind: EventKind, letters: dict[_Key, Event]
) -> dict[_Key, date]:
    """The first arrival for each letter; an answer given twice ends the pause once."""
    found: dict[_Key, date] = {}
    for event in of_kind(events, kind):
        key = (event.party, event.ref)
        if key not in letters:
            raise ClockError(Refusal.NO_LETTER, "consultations")
        if event.on < letters[key].on:
            raise ClockError(Refusal.BEFORE_LETTER, "consultations", day=letters[key].on)
        found.setdefault(key, event.on)
    return found
