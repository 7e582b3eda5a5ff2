from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.rules.query import MAX_CLAUSES, MAX_LENGTH, Field, Note, parse
from search.rules.tokens import phrase, tokens


def test_words_phrases_and_exclusions() -> None:
    asked = parse("防汛 “應急 預案” -演练 －「征求意见」")
    assert [(c.text, c.quoted, c.excluded) for c in asked.clauses] == [
        ("防汛", False, False),
        ("应急 预案", True, False),
        ("演练", False, True),
        ("征求意见", True, True),
    ]
    assert not asked.notes


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ("标题:防汛", Field.TITLE),
        ("標題：“防汛”", Field.TITLE),
        ("title: 防汛", Field.TITLE),
        ("文号：国发〔2013〕1号", Field.NUMBER),
        ("索引号:014416330/2018-04736", Field.NUMBER),
        ("NUMBER:12", Field.NUMBER),
        ("时间:防汛", Field.ANY),
    ],
)
def test_fields_have_chinese_and_english_names(typed: str, field: Field) -> None:
    assert [clause.field for clause in parse(typed).clauses] == [field]


@pytest.mark.parametrize(
    "typed",
    ["国办发[2013]100号", "国办发 （2013） 100 号", "國辦發〔２０１３〕第100號", "国办发(2013)100"],
)
def test_a_document_number_is_recognised_among_words(typed: str) -> None:
    numbers = [clause.number for clause in parse(f"防汛 {typed} 通知").clauses]
    assert numbers == ["", "国办发〔2013〕100号", ""]


@pytest.mark.parametrize("typed", ["", "  \n ", "？！，。《》", '"" -"', "- 标题: ：", "\x00\x1f"])
def test_nothing_to_find_is_empty(typed: str) -> None:
    assert parse(typed).is_empty


def test_notes_say_what_was_left_out() -> None:
    assert parse("？！").notes == (Note.NOTHING_TO_FIND,)
    assert parse('防汛 "预案').notes == (Note.UNBALANCED_QUOTE,)
    assert [clause.text for clause in parse('防汛 "预案').clauses] == ["防汛", "预案"]
    many = parse(" ".join(f"词{n}" for n in range(MAX_CLAUSES + 1)))
    assert (len(many.clauses), many.notes) == (MAX_CLAUSES, (Note.TOO_MANY_WORDS,))
    assert parse("汛" * (MAX_LENGTH + 1)).notes == (Note.CUT,)


@given(
    st.text(st.characters())
    | st.text(st.sampled_from(' "“”「」-：:标题文号国发〔2013〕()[]*?\\\x00'))
)
def test_whatever_is_typed_is_understood_somehow(typed: str) -> None:
    for clause in parse(typed).clauses:
        found = phrase(clause.text)
        assert found.tokens or found.last


@pytest.mark.parametrize("unit", ["汛", '"', "国〔", "标题:", "1", "- ", "国 ", "(2013)"])
def test_ten_thousand_characters_cost_nothing(unit: str) -> None:
    started = perf_counter()
    parse(unit * 10_000)
    assert perf_counter() - started < 0.5


@given(st.text(st.sampled_from("政府信息公开12a，。 （）"), max_size=30), st.data())
def test_a_part_of_a_text_is_a_phrase_of_it(text: str, data: st.DataObject) -> None:
    """Words of letters and digits are whole; between Han characters any cut will do."""
    start = data.draw(st.integers(0, len(text)))
    part = text[start : data.draw(st.integers(start, len(text)))]
    asked = phrase(part)
    whole = all(not c.isascii() or not c.isalnum() for c in part[:1] + part[-1:])
    if not asked.tokens or not whole:
        return
    held = tokens(text)
    assert any(
        all(held[at + place : at + place + 1] == [token] for place, token in asked.tokens)
        for at in range(len(held))
    )
