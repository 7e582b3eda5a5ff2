"""A second implementation, written from the law alone, comes to the same dates."""

import random
from itertools import islice

import pytest

from deadlines.rules.clock import read
from deadlines.rules.question import parse
from deadlines.rules.table import RULES
from tests.deadlines.calendars import KNOWN
from tests.deadlines.oracle import oracle
from tests.deadlines.questions import questions

CASES = 20_000
PARTS = 4


@pytest.mark.parametrize("part", range(PARTS))
def test_both_agree_on_random_cases_of_twenty_years(part: int) -> None:
    for question in islice(questions(random.Random(part)), CASES // PARTS):
        expected = oracle(
            question,
            is_worked=KNOWN.is_worked,
            is_published=lambda year: year in KNOWN.published,
        )
        asked = parse(question)
        reading = read(RULES[asked.rule], asked.events, KNOWN)

        assert {
            "due_on": reading.due_on and reading.due_on.isoformat(),
            "starts_on": reading.starts_on and reading.starts_on.isoformat(),
            "excluded_days": reading.excluded,
            "provisional": reading.provisional,
            "counted": [day.on.isoformat() for day in reading.days if day.counted],
        } == expected, question
