"""Index numbers by the pattern of the site; no national rule exists, only uniqueness.

A pattern is a format string: `{organ}/{year}-{serial:05d}` gives 014416330/2018-04736.
"""

import re
from dataclasses import dataclass
from datetime import date
from string import Formatter

LENGTH = 64
_OF_THE_BODY = {"code", "organ", "uscc", "division"}
_PARTS = _OF_THE_BODY | {"year", "month", "serial"}
_SERIAL_FORMAT = re.compile(r"(0\d{1,2}d?)?\Z")
# What may stand in a number that comes from elsewhere: it becomes part of an address.
_GIVEN = re.compile(
    r"[0-9A-Za-z\u4e00-\u9fff]+(?:[-/_.()（）〔〕]{1,2}[0-9A-Za-z\u4e00-\u9fff]+)*[)）]?\Z"
)
_PLAIN = {
    "code": r"[0-9A-Za-z][0-9A-Za-z_.-]*",
    "organ": r"[0-9A-Za-z][0-9A-Za-z_.-]*",
    "uscc": r"[0-9A-Za-z][0-9A-Za-z_.-]*",
    "division": r"\d{6,12}",
    "year": r"\d{4}",
    "month": r"\d{2}",
    "serial": r"\d+",
}


@dataclass(frozen=True, slots=True)
class Holder:
    """What of a body can stand in its index numbers."""

    code: str
    uscc: str = ""
    division: str = ""

    @property
    def organ(self) -> str:
        """Organisation code with its check digit: characters 9 to 17 (GB 32100)."""
        return self.uscc[8:17] or self.code


def fault(pattern: str) -> str:
    """Why a pattern cannot be used; empty if it can."""
    try:
        fields = _fields(pattern)
    except ValueError as error:
        return f"it is not a format string ({error})"
    names = [name for name, _spec in fields]
    faults = {
        "it has an unknown part": set(names) - _PARTS,
        "it lacks {serial}": "serial" not in names,
        "it names a part twice": len(names) != len(set(names)),
        "it lacks a part that tells bodies apart": not {"code", "organ", "uscc"} & set(names),
        "it has {month} without {year}": "month" in names and "year" not in names,
        "only {serial} takes a format, such as :05d": any(
            spec and (name != "serial" or not _SERIAL_FORMAT.match(spec)) for name, spec in fields
        ),
    }
    return next((reason for reason, found in faults.items() if found), "")


def period(pattern: str, on: date) -> str:
    """The series a number of that day is taken from: a month's, a year's, or the only one."""
    names = {name for name, _spec in _fields(pattern)}
    if "month" in names:
        return f"{on:%Y%m}"
    return f"{on.year:04}" if "year" in names else ""


def write(pattern: str, *, holder: Holder, on: date, serial: int) -> str:
    return pattern.format(
        code=holder.code,
        organ=holder.organ,
        uscc=holder.uscc or holder.code,
        division=holder.division or "000000",
        year=f"{on.year:04}",
        month=f"{on.month:02}",
        serial=serial,
    )


def parse(pattern: str, number: str) -> dict[str, str] | None:
    """The parts of a number by name; None if it was not written by the pattern."""
    expression = "".join(
        re.escape(literal) + (f"(?P<{name}>{_PLAIN[name]})" if name else "")
        for literal, name, _spec, _conversion in Formatter().parse(pattern)
    )
    found = re.fullmatch(expression, number)
    return found.groupdict() if found else None


def is_acceptable(number: str) -> bool:
    """May a number given by a source stand? Any pattern may, if it can be part of an address."""
    return len(number) <= LENGTH and bool(_GIVEN.match(number))


def _fields(pattern: str) -> list[tuple[str, str]]:
    """Raises ValueError: not a format string."""
    return [
        (name, spec or "")
        for _literal, name, spec, _conversion in Formatter().parse(pattern)
        if name is not None
    ]
