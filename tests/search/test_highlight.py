from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.highlight import CUT, Segments, mark, snippet


def hits(segments: Segments) -> list[str]:
    return [piece.text for piece in segments if piece.hit]


@pytest.mark.parametrize(
    ("text", "typed", "marked"),
    [
        ("政府信息公开条例", "信息公开", ["信息公开"]),
        ("政府資訊公開條例", "资讯公开", ["資訊公開"]),
        ("关于ＡＢＣ的通知", "abc", ["ＡＢＣ"]),
        ("国办发〔2013〕100号文", "国办发[2013]100号", ["国办发〔2013〕100号"]),
        ("第15条，第5条", "5", ["5"]),
        ("防汛工作应急预案", "应急 防汛", ["防汛", "应急"]),
        ("省防汛工作应急预案", "防汛预案", ["防汛", "预案"]),
        ("防汛演练", "防汛 -演练", ["防汛"]),
        ("通知", "？！", []),
    ],
)
def test_what_was_looked_for_is_marked_as_it_is_written(
    text: str, typed: str, marked: list[str]
) -> None:
    segments = mark(text, typed)
    assert hits(segments) == marked
    assert "".join(piece.text for piece in segments) == text


def test_a_snippet_is_cut_where_most_was_found() -> None:
    text = "防汛。" + "甲" * 500 + "防汛工作的应急预案。" + "乙" * 500
    found = snippet(text, "防汛 应急预案", length=60)
    assert hits(found) == ["防汛", "应急预案"]
    assert found[0].text == found[-1].text == CUT
    assert len("".join(piece.text for piece in found[1:-1])) == 60


def test_without_a_hit_it_is_the_beginning() -> None:
    assert str(snippet("现将\n\n有关  事项通知如下。", "预案", length=10)) == "现将 有关 事项通知……"


def test_shown_as_html_everything_but_the_marks_is_escaped() -> None:
    assert str(mark("<b>防汛</b>&", "防汛")) == "&lt;b&gt;<mark>防汛</mark>&lt;/b&gt;&amp;"


@given(st.text(), st.text())
def test_no_text_and_no_query_is_too_strange(text: str, typed: str) -> None:
    assert "".join(piece.text for piece in mark(text, typed)) == text
    assert len("".join(piece.text for piece in snippet(text, typed))) <= 90 + 2 * len(CUT)


def test_a_huge_text_costs_little() -> None:
    text = "防汛预案，" * 1_000_000
    started = perf_counter()
    snippet(text, "防汛 预案 " + "防 汛" * 100)
    mark(text, "防汛 预案")
    assert perf_counter() - started < 2
