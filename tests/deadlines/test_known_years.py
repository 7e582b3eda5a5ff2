"""The calendar that comes with the portal, against the packages that know the same years."""

from datetime import date, timedelta

import holidays as other
import pytest
from chinese_calendar import is_workday

from deadlines.models import CalendarDay
from deadlines.rules.holidays import statutory
from deadlines.rules.notice_season import missing_notice
from deadlines.selectors.calendars import published_years, work_calendar

KNOWN = range(2004, 2027)
# The notice of 2006 had Saturday 31 December 2005 worked; chinesecalendar does not know it,
# `holidays` does. Of every other day from 2004 to 2026 both say the same.
DISPUTED = {date(2005, 12, 31)}


def days_of(year: int) -> list[date]:
    return [
        date(year, 1, 1) + timedelta(n)
        for n in range((date(year + 1, 1, 1) - date(year, 1, 1)).days)
    ]


@pytest.mark.django_db
def test_the_table_is_chinesecalendar_day_for_day() -> None:
    calendar = work_calendar()

    assert published_years() >= set(KNOWN)
    for day in (day for year in KNOWN for day in days_of(year)):
        assert calendar.is_worked(day) == is_workday(day), day


@pytest.mark.django_db
def test_a_second_source_agrees_but_for_one_day() -> None:
    calendar, second = work_calendar(), other.country_holidays("CN", years=KNOWN)

    differing = {
        day
        for year in KNOWN
        for day in days_of(year)
        if calendar.is_worked(day) != second.is_working_day(day)
    }

    assert differing == DISPUTED


@pytest.mark.django_db
def test_it_has_as_many_days_as_its_notices_gave() -> None:
    rows = CalendarDay.objects.standing().filter(region="")

    assert rows.filter(kind="off").count() == 621
    assert rows.filter(kind="make_up").count() == 150


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("year", "count"), [(2016, 250), (2019, 250), (2024, 251), (2025, 248), (2026, 248)]
)
def test_working_days_of_a_year(year: int, count: int) -> None:
    last, first = date(year, 12, 31), date(year - 1, 12, 31)

    assert work_calendar().working_days_between(first, last) == count


@pytest.mark.parametrize("year", [2025, 2026, 2027, 2028, 2029, 2030, 2040, 2050])
def test_the_statutory_days_of_a_year_without_a_notice(year: int) -> None:
    """What is moved off a weekend the notice settles, as it does weekends off."""
    second = other.country_holidays("CN", years=year, observed=False, language="en_US")
    moved = ("observed", "substituted from", "Day off")

    by_law = {day for day, name in second.items() if not any(word in name for word in moved)}

    assert set(statutory(year)) == by_law


@pytest.mark.parametrize(
    ("on", "published", "missing"),
    [
        (date(2026, 11, 30), {2026}, None),
        (date(2026, 12, 1), {2026}, 2027),
        (date(2026, 12, 31), {2026, 2027}, None),
        (date(2027, 1, 1), {2026}, 2027),
        (date(2026, 12, 1), set(), 2026),
    ],
)
def test_a_notice_is_missed_from_december_on(
    on: date, published: set[int], missing: int | None
) -> None:
    assert missing_notice(on, published) == missing
