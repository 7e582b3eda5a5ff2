import time

import pytest

from disclosure.rules.document_numbers import is_document_number, normalise, tidy


@pytest.mark.parametrize(
    "written",
    [
        "国办发〔2013〕100号",
        "国办发[2013]100号",
        "国办发［２０１３］１００号",
        "国办发（2013）100 号",
        "国办发(2013)100号",
        "国办发【2013】100号",
        "国办发﹝2013﹞100号",
        " 国办发 〔 2013 〕 100号 ",
    ],
)
def test_every_bracket_and_width_gives_the_standard_form(written: str) -> None:
    assert normalise(written) == "国办发〔2013〕100号"


@pytest.mark.parametrize(
    "other", ["国务院令第711号", "GB/T 9704", "2013年第4期", "国办发100号", "", "无"]
)
def test_what_is_of_another_shape_is_left_alone(other: str) -> None:
    assert normalise(other) == other
    assert not is_document_number(other)


def test_an_order_keeps_its_ordinal() -> None:
    assert normalise("省政府令[2008]第9号") == "省政府令〔2008〕第9号"


def test_numbers_inside_a_text_are_tidied_and_counted() -> None:
    text = "根据《通知》（国办发[2013]１００号）和国办发〔2016〕19号，2016年共（2016）件"

    tidied, count = tidy(text)

    assert tidied == "根据《通知》（国办发〔2013〕100号）和国办发〔2016〕19号，2016年共（2016）件"
    assert count == 1


def test_no_run_of_spaces_takes_long() -> None:
    began = time.process_time()
    assert tidy("公〔2013〕" + " " * 50_000)[1] == 0
    assert tidy("公〔2013〕第" + " " * 50_000)[1] == 0
    assert time.process_time() - began < 1
