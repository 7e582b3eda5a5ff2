from datetime import UTC, date, datetime

import pytest

from deadlines.rules.dates import day_of, parse_date, start_of_day


@pytest.mark.parametrize(
    "written",
    ["2016-03-01", "2016年3月1日", "2016/3/1", "2016.3.1", "20160301", "２０１６年３月１日",
     "2016-03-01 09:30", "2016-03-01T09:30:00+08:00", "二〇一六年三月一日", "二０一六年三月一日"],
)  # fmt: skip
def test_the_ways_sources_write_a_day(written: str) -> None:
    assert parse_date(written) == date(2016, 3, 1)


@pytest.mark.parametrize(
    ("written", "day"),
    [("二○一〇年十一月二十三日", date(2010, 11, 23)), ("一九九九年元月十日", date(1999, 1, 10)),
     ("二零一一年十月卅一日", date(2011, 10, 31)), ("二〇〇八年十二月廿号", date(2008, 12, 20))],
)  # fmt: skip
def test_days_spelled_out_as_documents_are_signed(written: str, day: date) -> None:
    assert parse_date(written) == day


@pytest.mark.parametrize(
    "written",
    [
        "2016-02-30",
        "2016",
        "",
        "三月一日",
        "1/3/2016",
        "2016030",
        "二〇一六年十三月一日",
        "二〇一六年三月十十日",
        "二〇一六年",
    ],
)
def test_what_is_no_day_is_refused(written: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  it is the contract
        parse_date(written)


def test_days_begin_in_shanghai() -> None:
    assert start_of_day(date(2016, 3, 1)) == datetime(2016, 2, 29, 16, tzinfo=UTC)
    assert day_of(datetime(2016, 2, 29, 16, tzinfo=UTC)) == date(2016, 3, 1)
