"""Figures that look drawn by chance and are the same on every machine and in every run."""

import hashlib
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

FIRST_YEAR = 2021
_HOLIDAYS = {(1, 1), (1, 2), (1, 3), *((5, day) for day in range(1, 6))} | {
    (10, day) for day in range(1, 9)
}

Value = Decimal | str


def fraction(key: str) -> float:
    """Between 0 and 1."""
    return int.from_bytes(hashlib.sha256(key.encode()).digest()[:6], "big") / 2**48


def between(low: Decimal, high: Decimal, *, key: str, year: int) -> Decimal:
    """A figure of a body in a year: near that of the year before, and slowly growing."""
    place = 0.78 * fraction(key) + 0.03 * (year - FIRST_YEAR) + 0.07 * fraction(f"{key}/{year}")
    step = Decimal(1).scaleb(_exponent(low))
    value = low + (high - low) * Decimal(str(min(place, 1.0)))
    return value.quantize(step, ROUND_HALF_UP)


def resolve(variables: Mapping[str, str], *, key: str, year: int) -> dict[str, Value]:
    """Each by its rule: `12..30`, `1.5..9.0`, `pick A|B`, `sum a b`, `diff a b`, `share a b`."""
    values: dict[str, Value] = {}
    for name, rule in variables.items():
        values[name] = _resolve(rule, values, key=f"{key}/{name}", year=year)
    return values


def _resolve(rule: str, known: Mapping[str, Value], *, key: str, year: int) -> Value:
    word, _, rest = rule.partition(" ")
    if word == "pick":
        options = rest.split("|")
        # Another one every year.
        return options[(int(fraction(key) * len(options)) + year) % len(options)]
    if word in ("sum", "diff", "share"):
        return _computed(word, [Decimal(known[name]) for name in rest.split()])
    low, high = (Decimal(bound) for bound in rule.split(".."))
    return between(low, high, key=key, year=year)


def _computed(word: str, operands: list[Decimal]) -> Decimal:
    first, *others = operands
    if word == "sum":
        return sum(others, first)
    if word == "diff":
        return first - sum(others)
    return (first / others[0] * 100).quantize(Decimal("0.1"), ROUND_HALF_UP)


def _exponent(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0


def day_within(span: str, *, year: int, key: str) -> date:
    """A working day in a span such as `03-05..04-20`."""
    first, last = (date(year, *map(int, end.split("-"))) for end in span.split(".."))
    return working_day(first + timedelta(days=int(fraction(key) * (last - first).days)))


def working_day(day: date) -> date:
    """The day itself, or the next that is no weekend and no fixed holiday."""
    while day.weekday() >= 5 or (day.month, day.day) in _HOLIDAYS:  # Saturday, Sunday
        day += timedelta(days=1)
    return day


def in_words(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
