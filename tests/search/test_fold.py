import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.rules.folding import fold, number_key

HUNDRED = "国办发〔2013〕100号"


@pytest.mark.parametrize(
    "written",
    [
        "国办发〔2013〕100号",
        "国办发[2013]100号",
        "国办发【2013】100号",
        "国办发（2013）100号",
        "国办发(2013)100号",
        "国办发〈2013〉100号",
        "国办发［2013］100号",
        "国办发 〔2013〕 100 号",
        "国办发〔２０１３〕１００号",
        "國辦發（2013）第100號",
        "國辦發\u200b〔2013〕\u3000第 100 號\n",
    ],
)
def test_a_document_number_is_the_same_however_it_is_typed(written: str) -> None:
    assert number_key(written) == HUNDRED


def test_numbers_that_differ_stay_apart() -> None:
    written = [
        "国办发〔2013〕10号",
        "国办发〔2013〕100号",
        "国发〔2013〕100号",
        "014416330/2018-04736",
    ]
    assert len({number_key(number) for number in written}) == len(written)


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("政府資訊公開條例", "政府资讯公开条例"),
        ("依申請公開答覆書", "依申请公开答复书"),
        ("答复 覆盖", "答复 复盖"),
        ("ＡＢＣ１２３，（Ａ）", "abc123,(a)"),
        ("⽂件", "文件"),
        ("行\x00\t\u2028完", "行   完"),
        ("\ud800", " "),
    ],
)
def test_what_looks_alike_is_alike(written: str, folded: str) -> None:
    assert fold(written) == folded


@given(st.text(st.characters()), st.text())
def test_every_character_keeps_its_place(first: str, second: str) -> None:
    assert len(fold(first)) == len(first)
    assert fold(first + second) == fold(first) + fold(second)
    assert fold(fold(first)) == fold(first)


@given(st.text(st.sampled_from("国國发發〔[（(）〕] 第０0123号號\u3000-/abＡ")))
def test_the_key_of_a_key_is_itself(written: str) -> None:
    assert number_key(number_key(written)) == number_key(written)
