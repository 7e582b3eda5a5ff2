"""The shape of a question about a due date as a page asks it: all text, all in the address.

The law of it is read by rules.question. A consultation is three fields of a numbered group
(1-with, 1-sent_on, 1-answered_on) or, as in addresses to share, consultation=with,sent,answered.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.forms import BoundField
from django.http import QueryDict
from django.utils.translation import gettext_lazy

from deadlines import wording
from deadlines.dates_in_words import long_date
from deadlines.rules.calendar import FIRST_YEAR, LAST_YEAR
from deadlines.rules.dates import SHANGHAI, parse_date
from deadlines.rules.events import (
    CONFIRMED_CHANNELS,
    Channel,
    ClockError,
    EventKind,
    Refusal,
    consultations,
)
from deadlines.rules.question import MOST_CONSULTATIONS, Fault, Question, QuestionError, parse
from deadlines.rules.table import RULES, Rule, Trigger, Unit

LONGEST = 100  # characters of a field; no day is written in more
DEFAULT_RULE = "reply"
_DAYS = {
    EventKind.CONFIRMED: "confirmed_on",
    EventKind.CORRECTED: "corrected_on",
    EventKind.FEE_PAID: "fee_paid_on",
}
_RECEIPT = tuple(_DAYS.values())
_PARTS = ("with", "sent_on", "answered_on")
_NUMBERED = re.compile(r"(\d{1,4})-(with|sent_on|answered_on)\Z")
_CLOCK_TIME = re.compile(r"(?:[\d-]{10}T)?(\d{1,2})[:：](\d{2})(?::00)?\Z")


def knows(rule: Rule) -> tuple[str, ...]:
    """What belongs to a rule; the groups of fields on the page go by these names."""
    found = {
        "receipt": rule.trigger == Trigger.RECEIPT,
        "consultations": any(term.excludes for term in rule.editions),
        "extension": any(term.extension for term in rule.editions),
        "hours": rule.newest.unit == Unit.HOUR,
        "days": rule.newest.unit in (Unit.WORKING_DAY, Unit.DAY, Unit.MONTH),
    }
    return tuple(name for name, holds in found.items() if holds)


def _text(label: Any, **attributes: str) -> forms.CharField:
    widget = forms.TextInput(attrs={"autocomplete": "off", **attributes})
    return forms.CharField(label=label, required=False, widget=widget)


class _Form(forms.Form):
    """Every field is text, and none is refused here; faults are told afterwards."""

    def tell(self, name: str, said: str) -> None:
        self.is_valid()
        self.add_error(name, said)

    def problems(self) -> Iterator[tuple[BoundField, str]]:
        return ((field, str(said)) for field in self for said in field.errors)

    def day(self, name: str) -> date | None:
        try:
            return parse_date(str(self[name].value() or ""))
        except ValueError:
            return None


class ConsultationForm(_Form):
    """A letter and its answer."""

    sent_on = _text(gettext_lazy("Letter sent"))
    answered_on = _text(gettext_lazy("Opinion received"))

    def __init__(self, given: Mapping[str, str], number: int) -> None:
        data = {f"{number}-{name}": value for name, value in given.items()}
        super().__init__(data, prefix=str(number))
        self.fields["with"] = forms.CharField(label=gettext_lazy("Who was asked"), required=False)
        self.given = {name: value for name, value in given.items() if value}

    def is_empty(self) -> bool:
        return not (self.given.get("sent_on") or self.given.get("answered_on"))


class QuestionForm(_Form):
    """`letters`: a form for each consultation, and an empty one where there is none yet.

    `asked`: an answer is wanted; `adding`: room for another letter is.
    """

    rule = forms.CharField(label=gettext_lazy("Which term"), required=False)
    received_on = _text(gettext_lazy("Counted from"))
    received_at = _text(gettext_lazy("Time, such as 14:05"))
    channel = forms.CharField(label=gettext_lazy("How it was handed in"), required=False)
    confirmed_on = _text(gettext_lazy("Both sides confirmed it"))
    corrected_on = _text(gettext_lazy("Correction arrived"))
    fee_paid_on = _text(gettext_lazy("Fee paid in full"))
    extended_days = _text(gettext_lazy("Extension"), inputmode="numeric")
    extended_on = _text(gettext_lazy("Applicant told of it"))

    def __init__(self, address: QueryDict) -> None:
        self.given = {name: _clean(address.get(name, "")) for name in self.base_fields}
        self.given["rule"] = self.given["rule"] or DEFAULT_RULE
        self.adding = "add" in address
        self.asked = "received_on" in address and not self.adding
        letters = list(_letters(address))[: MOST_CONSULTATIONS + 1]
        if self.adding or not letters:
            letters.append({})
        self.letters = [ConsultationForm(letter, n) for n, letter in enumerate(letters, 1)]
        if self.adding:
            self.letters[-1].fields["sent_on"].widget.attrs["autofocus"] = True
        super().__init__(self.given)
        self.fields["received_on"].label = str(wording.TRIGGERS[self.chosen.trigger])

    @property
    def chosen(self) -> Rule:
        return RULES.get(self.given["rule"], RULES[DEFAULT_RULE])

    @property
    def more(self) -> bool:
        """Is one of the fields filled in that few people need?"""
        channel = self.given["channel"] not in ("", Channel.IN_PERSON)
        return channel or any(self.given[name] for name in (*_RECEIPT, "extended_on"))

    def question(self) -> Question | None:
        """None if something was not understood; the forms then say what."""
        try:
            return parse(self._asked(), read_day=parse_date)
        except QuestionError as error:
            for fault in error.faults:
                form, name = self._place_of(fault)
                form.tell(name, str(wording.FAULTS[fault.reason]))
        return None

    def refuse(self, error: ClockError) -> None:
        """Say beside its field what the law or the order of time does not allow."""
        form, name = self._place_of_refused(error)
        told = {
            key: long_date(value) if isinstance(value, date) else value
            for key, value in error.values.items()
        }
        form.tell(name, str(wording.REFUSALS[error.reason]) % told)

    def all_problems(self) -> list[tuple[BoundField, str]]:
        return [found for form in (self, *self.letters) for found in form.problems()]

    def _asked(self) -> dict[str, Any]:
        """Only what the rule knows, and only what was filled in."""
        known = knows(self.chosen)
        names = {"rule", "received_on"}
        if "receipt" in known:
            names |= {"channel", "corrected_on", "fee_paid_on"}
            if self.given["channel"] in CONFIRMED_CHANNELS:
                names.add("confirmed_on")
        if "extension" in known:
            names |= {"extended_days", "extended_on"}
        asked: dict[str, Any] = {name: self.given[name] for name in names if self.given[name]}
        if asked.get("extended_days", "").isdecimal():
            asked["extended_days"] = int(asked["extended_days"])
        if "hours" in known and (moment := self._moment()):
            asked["received_at"] = moment
        if "consultations" in known:
            asked["consultations"] = [one.given for one in self.letters if not one.is_empty()]
        return asked

    def _moment(self) -> str:
        """A time of the day it is counted from; what is none of these is left as it is."""
        written, day = self.given["received_at"], self.day("received_on")
        if day and (found := _CLOCK_TIME.match(written)):
            return f"{day.isoformat()}T{found[1]:0>2}:{found[2]}"
        return written

    def _place_of(self, fault: Fault) -> "tuple[_Form, str]":
        if fault.field in self.fields:
            return self, fault.field
        for letter in self.letters:
            for name in _PARTS:
                value = letter.given.get(name, "")
                if value == fault.value or (name == fault.value and not value):
                    return letter, name
        return self.letters[0], "sent_on"

    def _place_of_refused(self, error: ClockError) -> "tuple[_Form, str]":
        if error.about in self.fields:
            return self, error.about
        for letter in self.letters:
            for name in ("sent_on", "answered_on"):
                if (day := letter.day(name)) and _is_refused(error, letter, day):
                    return letter, name
        return self.letters[0], "sent_on"


def _is_refused(error: ClockError, letter: ConsultationForm, day: date) -> bool:
    if error.reason == Refusal.OUT_OF_RANGE:
        return not FIRST_YEAR <= day.year <= LAST_YEAR
    other = error.values.get("day")
    before = isinstance(other, date) and day < other
    if error.reason == Refusal.BEFORE_LETTER:
        return before and letter.day("sent_on") == other
    return before and error.reason == Refusal.BEFORE_RECEIPT


def _clean(value: str) -> str:
    return value.replace("\x00", "").strip()[:LONGEST]


def _letters(address: QueryDict) -> Iterator[dict[str, str]]:
    """Those in which something was filled in."""
    groups: dict[int, dict[str, str]] = defaultdict(dict)
    for key, value in address.items():
        if found := _NUMBERED.match(key):
            groups[int(found[1])][found[2]] = _clean(str(value))
    written = [value.split(",") for value in address.getlist("consultation")]
    told = [dict(zip(_PARTS, map(_clean, parts), strict=False)) for parts in written]
    for letter in (*told, *(groups[number] for number in sorted(groups))):
        if letter.get("sent_on") or letter.get("answered_on"):
            yield letter


def address_of(question: Question) -> str:
    """The question as the part of an address after its question mark: the same for the same days.

    The page, the calendar file and the API read it alike.
    """
    received = next(event for event in question.events if event.kind == EventKind.RECEIVED)
    parts = [("rule", question.rule), ("received_on", received.on.isoformat())]
    if received.at:
        parts.append(("received_at", f"{received.at.astimezone(SHANGHAI):%Y-%m-%dT%H:%M}"))
    if received.channel != Channel.IN_PERSON:
        parts.append(("channel", received.channel))
    for event in question.events:
        if event.kind in _DAYS:
            parts.append((_DAYS[event.kind], event.on.isoformat()))
        elif event.kind == EventKind.EXTENDED:
            parts.append(("extended_days", str(event.days)))
            if event.on != received.on:
                parts.append(("extended_on", event.on.isoformat()))
    for asked in consultations(question.events):
        days = (asked.sent_on.isoformat(), str(asked.answered_on or ""))
        parts.append(("consultation", ",".join((asked.party, *days))))
    return urlencode(parts, safe=",:")
