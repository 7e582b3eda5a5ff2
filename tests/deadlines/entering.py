"""Entering the calendar as the services' callers do, in one line."""

from datetime import UTC, date, datetime

from deadlines.models import Revision
from deadlines.rules.announcement import read_closure
from deadlines.rules.calendar import SpecialDay
from deadlines.services import calendars

AT = datetime(2026, 11, 4, 2, 0, tzinfo=UTC)


def days(text: str, year: int = 2027) -> list[SpecialDay]:
    return list(read_closure(text, year=year).days)


def enter_notice(text: str, *, year: int = 2027, title: str = "通知") -> Revision:
    return calendars.enter_notice(
        year=year,
        days=days(text, year),
        title=title,
        number="国办发明电〔2026〕9号",
        published_on=date(2026, 11, 4),
        at=AT,
        actor="user:1",
    )


def enter_closure(text: str, *, region: str = "", year: int = 2026) -> Revision:
    return calendars.enter_closure(
        region=region,
        days=days(text, year),
        title="放假通知",
        number="",
        published_on=None,
        at=AT,
        actor="user:1",
    )
