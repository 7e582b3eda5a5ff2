"""The years whose holiday notices the chinesecalendar package has as data."""

from chinese_calendar import Holiday
from chinese_calendar.constants import holidays, workdays

from deadlines.rules.calendar import DayKind, SpecialDay
from deadlines.rules.holidays import DRAGON_BOAT, MID_AUTUMN, QINGMING

# As far as they are known to us; the others have a title and no more.
NUMBERS = {2022: "国办发明电〔2021〕11号"}
PUBLISHED_ON = {
    2018: "2017-11-30",
    2021: "2020-11-25",
    2023: "2022-12-08",
    2024: "2023-10-25",
    2026: "2025-11-04",
}
_NAMES = {
    holiday.value: {"清明": QINGMING, "端午": DRAGON_BOAT, "中秋": MID_AUTUMN}.get(
        holiday.chinese, holiday.chinese
    )
    for holiday in Holiday
}


def years() -> list[int]:
    return sorted({day.year for day in holidays})


def title(year: int) -> str:
    return f"国务院办公厅关于{year}年部分节假日安排的通知"


def special_days(year: int) -> list[SpecialDay]:
    """Days off, weekends within a holiday included, and make-up days, in order."""
    off = {day: (DayKind.OFF, name) for day, name in holidays.items() if day.year == year}
    made_up = {day: (DayKind.MAKE_UP, name) for day, name in workdays.items() if day.year == year}
    return [
        SpecialDay(day, kind, _NAMES.get(name, name), title(year))
        for day, (kind, name) in sorted((off | made_up).items())
    ]
