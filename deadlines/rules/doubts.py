"""What makes one look twice at a calendar before it is saved."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType


class Doubt(StrEnum):
    NOTHING = "no day was found"
    ANOTHER_YEAR = "the text is about another year"
    UNREAD = "a line with dates was not understood"
    NO_SUCH_DAY = "the calendar has no such day"
    COUNT = "the number of days differs"
    WEEKDAY = "the day of the week differs"
    MADE_UP_WEEKDAY = "a make-up day is no weekend day"
    TWICE = "a day is named twice"
    BOTH = "a day is off and worked"
    STATUTORY = "a statutory day is not off"
    DROPPED = "a day of the former notice is missing"


@dataclass(frozen=True, slots=True)
class Finding:
    """`values` are what the words of the doubt are filled with."""

    doubt: Doubt
    values: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))
