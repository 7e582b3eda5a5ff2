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
# As it stands under documents of before 2012: 二〇一〇年十一月二十三日.
_SPELLED = re.compile(
    r"(?P<year>[0零〇○Ｏ一二三四五六七八九]{4})年(?P<month>元|[一二三四五六七八九十]{1,2})月"
    r"(?P<day>[一二三四五六七八九十廿卅]{1,3})[日号]\Z"
)
_DIGITS = str.maketrans("零〇○Ｏ元一二三四五六七八九", "00001123456789")
_HALF_WIDTH = str.maketrans("０１２３４５６７８９－／．：", "0123456789-/.:")


def parse_date(text: str) -> date:
    """Read 2016-03-01, 2016/3/1, 2016.3.1, 20160301, 2016年3月1日 or 二〇一六年三月一日.

    A time after it is ignored.

    Raises ValueError: not a date, or a day the calendar does not have.
    """
    written = text.translate(_HALF_WIDTH).strip()
    found = _WRITTEN.match(written) or _COMPACT.match(written)
    if found:
        return date(int(found["year"]), int(found["month"]), int(found["day"]))
    spelled = _SPELLED.match(written)
    if not spelled:
        raise ValueError(text)
    year = int(spelled["year"].translate(_DIGITS))
    return date(year, _count(spelled["month"]), _count(spelled["day"]))


def _count(numeral: str) -> int:
    """Up to 三十一, also written 卅一. Raises ValueError."""
    plain = numeral.replace("廿", "二十").replace("卅", "三十").translate(_DIGITS)
    tens, ten, ones = plain.rpartition("十")
    return (int(tens or 1) * 10 if ten else 0) + (int(ones or 0))


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
