"""The State Council's notices as they are worded, and what is doubtful in them."""

from datetime import date, timedelta
from typing import Any

import pytest
from chinese_calendar.constants import holidays, workdays
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from deadlines import doubts
from deadlines.rules.announcement import Announcement, read_closure, read_notice
from deadlines.rules.calendar import DayKind
from deadlines.rules.doubts import Doubt, Finding
from tests.deadlines.notices import NEW_YEAR_2008, NOTICE_2026, VICTORY_DAY_2015


def off(read: Announcement) -> list[str]:
    return [s.day.isoformat() for s in read.days if s.kind == DayKind.OFF]


def made_up(read: Announcement) -> list[str]:
    return [s.day.isoformat() for s in read.days if s.kind == DayKind.MAKE_UP]


def found(read: Announcement) -> list[tuple[Doubt, Any]]:
    return [(f.doubt, f.values.get("day", f.values.get("line"))) for f in read.findings]


def stretch(first: str, last: str) -> list[str]:
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    return [(start + timedelta(n)).isoformat() for n in range((end - start).days + 1)]


def test_the_whole_notice_of_2026_is_read_without_a_doubt() -> None:
    read = read_notice(NOTICE_2026, year=2026)

    assert read.findings == ()
    assert {s.day for s in read.days if s.kind == DayKind.OFF} == {
        day for day in holidays if day.year == 2026
    }
    assert {s.day for s in read.days if s.kind == DayKind.MAKE_UP} == {
        day for day in workdays if day.year == 2026
    }
    assert {s.name for s in read.days} == {
        "元旦", "春节", "清明节", "劳动节", "端午节", "中秋节", "国庆节"
    }  # fmt: skip


@pytest.mark.parametrize(
    "pasted",
    [
        NOTICE_2026.replace("\n", ""),
        NOTICE_2026.replace("放假调休", "放假\n调休"),
        NOTICE_2026.replace("，", " , ").replace("（", "(").replace("）", ")"),
        NOTICE_2026.replace("周", "星期"),
        NOTICE_2026.replace("1月", "１月").replace("至", "—"),
        NOTICE_2026.replace("至", "-"),
        NOTICE_2026.replace("月", "⽉").replace("日", "⽇"),
        "\n".join(line for line in NOTICE_2026.splitlines() if "、" in line and "：" in line),
    ],
    ids=["one-line", "broken", "half-width", "星期", "full-width", "hyphen", "radicals", "lines"],
)
def test_it_is_the_same_however_it_was_pasted(pasted: str) -> None:
    read, plain = read_notice(pasted, year=2026), read_notice(NOTICE_2026, year=2026)

    assert read.findings == ()
    assert read.days == plain.days


@pytest.mark.parametrize(
    ("text", "year", "days_off", "worked"),
    [
        (
            "五、国庆节、中秋节：10月1日至8日放假调休，共8天。9月28日（星期日）、10月11日（星期六）上班。",
            2025,
            stretch("2025-10-01", "2025-10-08"),
            ["2025-09-28", "2025-10-11"],
        ),
        (
            "一、元旦：2022年12月31日至2023年1月2日放假调休，共3天。",
            2023,
            stretch("2022-12-31", "2023-01-02"),
            [],
        ),
        (
            "元旦：12月31日至1月2日放假，共3天。",
            2023,
            stretch("2022-12-31", "2023-01-02"),
            [],
        ),
        (
            NEW_YEAR_2008,
            2008,
            stretch("2007-12-30", "2008-01-01"),
            ["2007-12-29"],
        ),
        (
            "一、元旦：12月30日至2008年1月1日放假，共3天。",
            2008,
            stretch("2007-12-30", "2008-01-01"),
            [],
        ),
        ("一、元旦：1月1日（星期三）放假1天，不调休。", 2025, ["2025-01-01"], []),
        ("三、清明节：4月4日（星期五）放假公休，共3天。", 2025, ["2025-04-04"], []),
        ("五、端午节：6月22日放假，与周末连休。", 2015, ["2015-06-22"], []),
        (
            "三、清明节：4月5日放假，4月7日（星期一）补休。",
            2014,
            ["2014-04-05", "2014-04-07"],
            [],
        ),
        (
            VICTORY_DAY_2015,
            2015,
            stretch("2015-09-03", "2015-09-05"),
            ["2015-09-06"],
        ),
        (
            "国庆节10月1日至7日放假，9月28日、29日上班。",
            2024,
            stretch("2024-10-01", "2024-10-07"),
            ["2024-09-28", "2024-09-29"],
        ),
        (
            "古尔邦节（宰牲节）：5月27日至5月31日全区放假，共5天。",
            2026,
            stretch("2026-05-27", "2026-05-31"),
            [],
        ),
        (
            "劳动节：4月30日至2日放假，共3天。",
            2026,
            stretch("2026-04-30", "2026-05-02"),
            [],
        ),
    ],
)  # fmt: skip
def test_the_forms_that_notices_take(
    text: str, year: int, days_off: list[str], worked: list[str]
) -> None:
    read = read_closure(text, year=year)

    assert off(read) == days_off
    assert made_up(read) == worked
    assert [d for d, _ in found(read) if d != Doubt.MADE_UP_WEEKDAY] == []


def test_when_a_law_took_effect_is_no_day_off() -> None:
    text = (
        "自2025年1月1日起，全体公民放假的假日增加2天。\n一、元旦：1月1日（周三）放假1天，不调休。"
    )

    read = read_closure(text, year=2025)

    assert (off(read), read.findings) == (["2025-01-01"], ())


def test_days_may_be_written_one_to_a_line() -> None:
    text = "date,kind,name\n2027-01-01,off,元旦\n2027-01-03  make_up  元旦\n2027/1/2 off"

    read = read_closure(text, year=2027)

    assert [(s.day.day, s.kind, s.name) for s in read.days] == [
        (1, "off", "元旦"),
        (2, "off", "节假日"),
        (3, "make_up", "元旦"),
    ]
    assert read.findings == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("中秋节：9月25日至27日放假，共4天。", [(Doubt.COUNT, None)]),
        ("中秋节：9月25日（周四）放假。", [(Doubt.WEEKDAY, date(2026, 9, 25))]),
        ("中秋节：9月25日放假，9月28日上班。", [(Doubt.MADE_UP_WEEKDAY, date(2026, 9, 28))]),
        ("中秋节：9月25日放假。国庆节：9月25日放假。", [(Doubt.TWICE, date(2026, 9, 25))]),
        ("中秋节：9月25日至27日放假，9月27日上班。", [(Doubt.BOTH, date(2026, 9, 27))]),
        ("中秋节：9月25日放假，9月31日上班。", [(Doubt.NO_SUCH_DAY, None)]),
        ("中秋节：1月1日至12月31日放假。9月25日放假。", [(Doubt.NO_SUCH_DAY, None)]),
        ("2026-02-30 off 春节\n2026-02-17 off 春节", [(Doubt.NO_SUCH_DAY, None)]),
    ],
)
def test_what_contradicts_itself_or_the_calendar_is_a_doubt(
    text: str, expected: list[tuple[Doubt, Any]]
) -> None:
    assert found(read_closure(text, year=2026)) == expected


@pytest.mark.parametrize(
    "line",
    [
        "10月1日前各单位做好放假安排",
        "中秋节:9月25日至27日,共3天。",
        "延长春节假期至2月2日,2月3日(星期一)起正常上班。",
        "国庆节:十月一日放假",
        "2026-13-01",
        "2026-01-01,closed,元旦",
    ],
)
def test_a_line_with_dates_that_is_not_understood_is_named(line: str) -> None:
    read = read_closure(f"{line}\n元旦：1月1日放假。", year=2026)

    assert off(read) == ["2026-01-01"]
    assert found(read) == [(Doubt.UNREAD, line)]


def test_a_day_that_is_both_is_left_out() -> None:
    read = read_closure("中秋节：9月25日至27日放假，9月27日上班。", year=2026)

    assert off(read) == ["2026-09-25", "2026-09-26"]
    assert made_up(read) == []


def test_a_statutory_day_that_is_not_off_is_a_doubt() -> None:
    without = "\n".join(line for line in NOTICE_2026.splitlines() if "劳动节：" not in line)

    read = read_notice(without, year=2026)

    assert found(read) == [
        (Doubt.STATUTORY, date(2026, 5, 1)),
        (Doubt.STATUTORY, date(2026, 5, 2)),
    ]


def test_earlier_years_had_fewer_days_by_law() -> None:
    assert Doubt.STATUTORY not in dict(found(read_notice("元旦：1月1日放假", year=2014)))


def test_a_text_about_another_year_is_a_doubt() -> None:
    read = read_closure(NOTICE_2026, year=2027)

    assert Doubt.ANOTHER_YEAR in dict(found(read))


@pytest.mark.parametrize("text", ["", "各省、自治区、直辖市人民政府：", "2025年11月4日"])
def test_a_text_without_days_says_so(text: str) -> None:
    assert [f.doubt for f in read_closure(text, year=2026).findings] == [Doubt.NOTHING]


@given(
    st.text(
        alphabet="一二三、：。，（）至—-年月日号0123456789放假调休上班共天周六其中起元旦节\n ",
        max_size=80,
    )
)
def test_no_text_breaks_the_reader(text: str) -> None:
    read = read_notice(text, year=2026)

    assert [s.day for s in read.days] == sorted({s.day for s in read.days})
    assert all(doubts.in_words(finding) for finding in read.findings)


def test_a_doubt_is_said_in_words() -> None:
    finding = Finding(Doubt.STATUTORY, {"day": date(2026, 5, 2), "name": "劳动节"})

    with translation.override("en"):
        said = doubts.in_words(finding)

    assert said == "2 May 2026 is a public holiday by law (Labour Day) and not off."
