"""Days off that are certain before a year's notice: the Holiday Measures (2024), Article 2.

How weekends are shifted around them is what the notice settles; until then nothing is made up.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from types import MappingProxyType

from chinese_calendar import get_solar_terms
from chinese_calendar.solar_terms import SolarTerms
from lunardate import LunarDate

NEW_YEAR = "元旦"
SPRING_FESTIVAL = "春节"
QINGMING = "清明节"
LABOUR_DAY = "劳动节"
DRAGON_BOAT = "端午节"
MID_AUTUMN = "中秋节"
NATIONAL_DAY = "国庆节"


@cache
def statutory(year: int) -> Mapping[date, str]:
    """The thirteen days with the holiday's name. Where two fall together, both names."""
    found: dict[date, str] = {}
    for name, first, length in _holidays(year):
        for day in (first + timedelta(days=n) for n in range(length)):
            found[day] = f"{found[day]}、{name}" if day in found else name
    return MappingProxyType(found)


def _holidays(year: int) -> list[tuple[str, date, int]]:
    """Name, first day, and how many days."""
    new_years_eve = _lunar(year, 1, 1) - timedelta(days=1)
    return [
        (NEW_YEAR, date(year, 1, 1), 1),
        (SPRING_FESTIVAL, new_years_eve, 4),
        (QINGMING, _qingming(year), 1),
        (LABOUR_DAY, date(year, 5, 1), 2),
        (DRAGON_BOAT, _lunar(year, 5, 5), 1),
        (MID_AUTUMN, _lunar(year, 8, 15), 1),
        (NATIONAL_DAY, date(year, 10, 1), 3),
    ]


def _lunar(year: int, month: int, day: int) -> date:
    found: date = LunarDate(year, month, day).to_solar_date()
    return found


def _qingming(year: int) -> date:
    terms = get_solar_terms(date(year, 4, 1), date(year, 4, 9))
    found: date = next(day for day, name in terms if name == SolarTerms.pure_brightness.value[1])
    return found
