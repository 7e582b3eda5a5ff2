from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from search.engine.answering import FEW
from search.follower import catch_up
from search.selectors import Hit, IndexUnavailableError, Order, Results, find
from tests.search.shelf import PUBLISHED, Memory

AT = PUBLISHED + timedelta(days=30)
TEXTS = [
    "各市、县人民政府：为贯彻落实《中华人民共和国政府信息公开条例》（国务院令第711号），现通知如下。",
    "2013年1月，省防汛抗旱指挥部召开会议，增长3.5%，部署COVID-19疫情防控和上虞区排涝工作。",
    "行政機關收到政府信息公開申請，應當予以答覆；不能當場答覆的，20個工作日內答覆。",
    "𠮷林省乾安县后勤服务中心、皇后镇余某，㈠申报材料；〇五年度々。",
]


def ids(results: Results) -> list[int]:
    return [hit.object_id for hit in results.hits]


def search(text: str, **more: object) -> list[int]:
    return ids(find(text, at=AT, **more))  # type: ignore[arg-type]


@hypothesis_settings(
    max_examples=200,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.data())
def test_any_part_of_a_chinese_text_is_found(things: Memory, data: st.DataObject) -> None:
    if not things.things:
        for text in TEXTS:
            things.put(text=text)
        catch_up(rebuild=True)
    number = data.draw(st.integers(0, len(TEXTS) - 1))
    text = TEXTS[number]
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    part = text[start:end]
    if not any(c.isalnum() for c in part) or _cuts_a_word(text, start) or _cuts_a_word(text, end):
        return
    assert number + 1 in search(f'"{part}"'), part


def _cuts_a_word(text: str, at: int) -> bool:
    around = text[max(0, at - 1) : at + 1]
    return 0 < at < len(text) and around.isascii() and around.isalnum()


@pytest.mark.parametrize(
    "typed",
    [
        "信息公開申請",
        "信息公开申请",
        "应当予以答复",
        "應當予以答覆",
        "２０个工作日",
        "“当场答复的，20”",
    ],
)
def test_script_and_width_do_not_matter(things: Memory, typed: str) -> None:
    for text in TEXTS:
        things.put(text=text)
    catch_up(rebuild=True)
    assert search(typed) == [3]


@pytest.mark.parametrize(
    "typed",
    [
        "国办发[2013]100号",
        "国办发〔2013〕100号",
        "國辦發（2013）第100號",
        "国办发 【2013】 100 号",
        "国办发(2013)100",
        "〔2013〕100号",
        "000014349/2013-00123",
        "索引号：０００014349／2013-00123",
    ],
)
def test_a_number_is_found_in_any_writing(things: Memory, typed: str) -> None:
    things.put("国办发一百号", numbers=["国办发〔2013〕10号", "000014349/2013-0012"])
    named = things.put("通知", numbers=["国办发〔2013〕100号", "000014349/2013-00123"])
    things.put("通知", numbers=["豫政发〔2014〕1号"])
    catch_up(rebuild=True)
    assert search(typed)[0] == named


def test_the_beginning_of_a_number_will_do_where_a_number_is_asked_for(things: Memory) -> None:
    things.put("通知", "国办发〔2013〕", numbers=["国办发〔2014〕1号"])
    things.put("通知", numbers=["国办发〔2013〕10号"])
    things.put("通知", numbers=["国办发〔2013〕100号"])
    catch_up(rebuild=True)
    assert sorted(search("文号:國辦發(2013)")) == [2, 3]
    assert search("文号:国办发(2013)100号") == [3]


def test_what_bears_a_number_stands_before_what_cites_it(things: Memory) -> None:
    things.put("转发国办发〔2013〕100号的通知", "国办发〔2013〕100号" * 5)
    named = things.put("意见", numbers=["国办发〔2013〕100号"])
    catch_up(rebuild=True)
    assert search("国办发[2013]100号") == [named, 1]


def test_a_title_stands_before_a_text(things: Memory) -> None:
    things.put("关于开展工作的通知", "防汛预案。" * 40)
    titled = things.put("防汛预案", "正文。" * 400)
    catch_up(rebuild=True)
    assert search("防汛预案") == [titled, 1]


def test_of_two_alike_the_newer_comes_first(things: Memory) -> None:
    things.put("防汛预案", published_at=AT - timedelta(days=2000))
    newer = things.put("防汛预案")
    catch_up(rebuild=True)
    assert search("防汛") == [newer, 1]


def test_all_words_must_be_there_and_excluded_ones_must_not(things: Memory) -> None:
    both = things.put("防汛", "应急预案")
    things.put("防汛演练", "应急预案")
    things.put("防汛")
    catch_up(rebuild=True)
    assert search("预案 防汛 -演练") == [both]
    assert search("-演练", order=Order.DATE) == [3, both]
    assert search("标题:预案") == []
    assert search("预案 防汛", title_only=True) == []


def test_words_are_looked_for_apart_where_the_text_is_nowhere(things: Memory) -> None:
    things.put("河北省防汛工作应急预案")
    catch_up(rebuild=True)
    found = find("河北省应急预案", at=AT)
    assert (ids(found), found.total, found.relaxed) == ([1], 1, True)
    assert search("“河北省应急预案”") == []
    assert not find("应急预案", at=AT).relaxed


def test_where_little_holds_the_text_what_holds_its_words_apart_follows(things: Memory) -> None:
    apart = things.put("加装电梯工作指引", "补助标准由市县制定")
    whole = things.put("第二批名单", "加装电梯补助发放情况")
    things.put("加装电梯")
    catch_up(rebuild=True)
    found = find("加装电梯补助", at=AT, facets=("genre",))
    assert (ids(found), found.total, found.relaxed) == ([whole, apart], 2, True)
    assert search("“加装电梯补助”") == [whole]


def test_where_enough_holds_the_text_nothing_else_is_shown(things: Memory) -> None:
    for _turn in range(FEW + 1):
        things.put("加装电梯补助")
    things.put("补助", "加装电梯")
    catch_up(rebuild=True)
    found = find("加装电梯补助", at=AT)
    assert (found.total, found.relaxed) == (FEW + 1, False)


def test_by_date_the_newest_is_first_and_pages_never_overlap(things: Memory) -> None:
    for day in range(50):
        things.put("通知", published_at=PUBLISHED + timedelta(days=day // 5))
    catch_up(rebuild=True)
    pages = [search("通知", order=Order.DATE, offset=n, limit=7) for n in range(0, 56, 7)]
    assert [pk for page in pages for pk in page] == list(range(50, 0, -1))
    assert find("通知", at=AT, offset=10_000).total == 50
    assert find("通知", at=AT, limit=0) == Results(50, [], {})


def test_dates_are_those_of_shanghai_and_inclusive(things: Memory) -> None:
    things.put("晚", published_at=datetime(2026, 2, 28, 15, 59, 59, tzinfo=UTC))
    things.put("早", published_at=datetime(2026, 2, 28, 16, 0, tzinfo=UTC))
    things.put("次日", published_at=datetime(2026, 3, 1, 16, 0, tzinfo=UTC))
    catch_up(rebuild=True)
    day = date(2026, 3, 1)
    assert search("", since=day, until=day) == [2]
    assert search("", until=day) == [2, 1]
    assert search("", since=day) == [3, 2]


def test_filters_narrow_and_a_facet_counts_without_its_own(things: Memory) -> None:
    things.put("甲通知", facets={"agency": ["P", "C"], "genre": ["notice"]})
    things.put("乙通知", facets={"agency": ["P", "C"], "genre": ["reply"]})
    things.put("丙通知", facets={"agency": ["P"], "genre": ["notice"]})
    catch_up(rebuild=True)
    found = find(
        "通知", at=AT, filters={"genre": ["notice"], "agency": []}, facets=["agency", "genre"]
    )
    assert sorted(ids(found)) == [1, 3]
    assert found.total == 2
    assert found.facets == {
        "agency": [("P", 2), ("C", 1)],
        "genre": [("notice", 2), ("reply", 1)],
    }
    assert search("", filters={"genre": ["notice", "reply"], "agency": ["C"]}) == [2, 1]


def test_nothing_shows_before_its_moment(things: Memory) -> None:
    moment = PUBLISHED.replace(microsecond=500_000)
    things.put("通知", published_at=moment, facets={"genre": ["notice"]})
    catch_up(rebuild=True)
    early = find("", at=moment - timedelta(milliseconds=1), facets=["genre"])
    assert early == Results(0, [], {"genre": []})
    assert find("通知", at=moment).hits == [Hit("memory", 1)]


@pytest.mark.parametrize(
    "typed",
    [
        '"',
        '"防汛',
        "防" * 10_000,
        "\x00防\x1f",
        "？！",
        "-",
        "\\",
        ".*",
        "a/b",
        "文号:.*(",
        "\ud800",
    ],
)
def test_a_bad_query_is_answered(things: Memory, typed: str) -> None:
    things.put("防汛通知", numbers=["国发〔2013〕1号"])
    catch_up(rebuild=True)
    assert find(typed, at=AT, facets=["genre"]).total in {0, 1}


def test_only_punctuation_finds_nothing_and_blank_everything(things: Memory) -> None:
    things.put("防汛通知")
    catch_up(rebuild=True)
    assert find("？！", at=AT).total == 0
    assert find(" \t", at=AT).total == 1


def test_a_rebuild_takes_the_place_of_what_was_read_before(things: Memory) -> None:
    things.put("旧名通知")
    catch_up(rebuild=True)
    assert search("旧名") == [1]
    things.things[1] = replace(things.things[1], title="新名通知")
    catch_up(rebuild=True)
    assert (search("旧名"), search("新名")) == ([], [1])


def test_without_an_index_the_error_says_so(index: Path, db: None) -> None:
    with pytest.raises(IndexUnavailableError):
        find("通知", at=AT)


@pytest.mark.parametrize("part", ["meta.json", "*.term", "*.idx", "current", "*.store"])
def test_a_damaged_index_is_unavailable_and_is_built_again(
    things: Memory, index: Path, part: str
) -> None:
    things.put("通知")
    catch_up(rebuild=True)
    damaged = [file for file in index.rglob(part) if file.is_file()]
    for file in damaged:
        file.unlink()
        file.write_bytes(b"\0" * 20)
    assert damaged
    with pytest.raises(IndexUnavailableError):
        find("通知", at=AT)
    catch_up()
    assert search("通知") == [1]
