"""A document on its way to the importer, before it has its number."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Record:
    """`number` may hold `{n}`, given in the order of issue among `yearly` papers of its kind."""

    row: dict[str, str]
    issued_on: date
    number: str = ""
    yearly: int = 1
