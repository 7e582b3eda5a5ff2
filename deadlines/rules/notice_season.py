"""When a year's holiday notice is due: the State Council gives it out from October to December."""

from collections.abc import Collection
from datetime import date

EXPECTED_BY_MONTH = 12  # from 1 December on terms begin to reach into the next year


def missing_notice(on: date, published: Collection[int]) -> int | None:
    """The year whose notice should be there by that day and is not."""
    wanted = [on.year, *([on.year + 1] if on.month >= EXPECTED_BY_MONTH else [])]
    return next((year for year in wanted if year not in published), None)
