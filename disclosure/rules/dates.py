"""Days are counted in Shanghai; sources write them in several ways."""

import re
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")

_WRITTEN = re.compile(
    r"(?P<year>\d{4})\s*(?:-|/|\.|年)\s*(?P<month>\d{1,2})\s*(?:-|/|\.|月)\s*(?P<day>\d{1,2})\s*[日号]?"
    r"(?:[T\s]\s*\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:Z|[+-]\d{2}:?\d{2})?)?\Z"
)
_COMPACT = re.compile(r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})\Z")
_HALF_WIDTH = str.maketrans("０１２３４５６７８９－／．：", "0123456789-/.:")


def parse_date(text: str) -> date:
    """Read 2016-03-01, 2016/3/1, 2016.3.1, 20160301 or 2016年3月1日; a time after it is ignored.

    Raises ValueError: not a date, or a day the calendar does not have.
    """
    written = text.translate(_HALF_WIDTH).strip()
    found = _WRITTEN.match(written) or _COMPACT.match(written)
    if not found:
        raise ValueError(text)
    return date(int(found["year"]), int(found["month"]), int(found["day"]))


def start_of_day(on: date) -> datetime:
    return datetime.combine(on, time.min, tzinfo=SHANGHAI)


def end_of_day(on: date) -> datetime:
    """The first moment that is no longer that day."""
    return (
        start_of_day(on + timedelta(days=1))
        if on < date.max
        else datetime.max.replace(tzinfo=SHANGHAI)
    )


def day_of(moment: datetime) -> date:
    return moment.astimezone(SHANGHAI).date()


def start_of_year(year: int) -> datetime:
    return start_of_day(date(year, 1, 1))
