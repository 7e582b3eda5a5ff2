"""Dates in the context of a notice: JSON keeps them as text, templates want them as dates."""

import re
from datetime import date, datetime

DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}\S*", re.ASCII)


def with_dates(value: object) -> object:
    """The value with each text that is a whole ISO date or moment turned into one, at any depth."""
    if isinstance(value, dict):
        return {key: with_dates(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [with_dates(inner) for inner in value]
    return _date(value) if isinstance(value, str) else value


def _date(text: str) -> object:
    try:
        if DAY.fullmatch(text):
            return date.fromisoformat(text)
        if MOMENT.fullmatch(text):
            return datetime.fromisoformat(text)
    except ValueError:  # 2026-02-30 only looks like one
        pass
    return text
