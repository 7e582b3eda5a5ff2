"""A clock's question as people and programs write it: JSON text, or flat names and texts.

Query parameters and options of a command are flat: a consultation is one text with commas,
`third_party,2025-09-22,2025-10-13`. What is misspelt stays as it was written, for
rules.question to name.
"""

import json
import re
from collections.abc import Mapping, Sequence
from itertools import zip_longest
from typing import Never

CONSULTATION = "consultation"
# The parts of that text, in order; the last two may be empty or missing, and so may the first.
_PARTS = ("with", "sent_on", "answered_on", "delivered_on")
_INTEGER = re.compile(r"-?[0-9]{1,9}", re.ASCII)
# A + that was not escaped in an address arrives as a space.
_LOST_PLUS = re.compile(r"(\S+T\S+) (\d\d:?\d\d)")


def from_json(text: str) -> object:
    """Raises ValueError for anything that is not JSON, however deep or long it is."""
    try:
        value: object = _DECODER.decode(text)
    except RecursionError:
        raise ValueError("nested too deeply") from None
    return value


def unfold(given: Mapping[str, Sequence[str]]) -> dict[str, object]:
    """The question an object would ask. A name given twice keeps both texts, and is refused."""
    question: dict[str, object] = {
        name: _value(name, texts[0]) if len(texts) == 1 else list(texts)
        for name, texts in given.items()
        if name != CONSULTATION
    }
    if letters := [_consultation(text) for text in given.get(CONSULTATION, ()) if text.strip()]:
        question["consultations"] = letters
    return question


def _value(name: str, text: str) -> object:
    if name == "extended_days" and _INTEGER.fullmatch(text.strip()):
        return int(text)
    if name == "received_at" and (written := _LOST_PLUS.fullmatch(text)):
        return "{}+{}".format(*written.groups())
    return text


def _consultation(text: str) -> dict[str, str]:
    parts = [part.strip() for part in text.split(",")]
    if parts[0][:1].isdigit():
        parts.insert(0, "")
    surplus = parts[len(_PARTS) :]
    named = dict(zip_longest(_PARTS, parts[: len(_PARTS)], fillvalue=""))
    # A part too many is a field nobody knows.
    return named | {part: "" for part in surplus if part}


def _refuse(constant: str) -> Never:
    raise ValueError(f"JSON has no {constant}")


_DECODER = json.JSONDecoder(parse_constant=_refuse)
