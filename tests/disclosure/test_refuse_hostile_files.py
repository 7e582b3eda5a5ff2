"""What somebody who means harm may send, and what it costs us."""

import io
import time
import zipfile

import docx
import pytest
from docx.oxml.ns import qn

from disclosure.extraction.docx import blocks as docx_blocks
from disclosure.extraction.html import sanitise
from disclosure.extraction.limits import MARKUP_BYTES, ExtractionError

WORDS = (
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    "<w:body><w:p><w:r><w:t>甲{}乙</w:t></w:r></w:p></w:body></w:document>"
)


def word_file(document: str) -> bytes:
    """A Word file whose text part is `document`."""
    usual, made = io.BytesIO(), io.BytesIO()
    docx.Document().save(usual)
    with zipfile.ZipFile(usual) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, document if name == "word/document.xml" else old.read(name))
    return made.getvalue()


def test_a_word_file_reads_no_file_of_ours() -> None:
    entity = '<!DOCTYPE w [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
    [paragraph] = docx_blocks(word_file(entity + WORDS.format("&e;")))
    assert paragraph.text == "甲"  # and what follows the entity is gone with it


def test_a_word_file_that_unpacks_to_too_much_is_refused_unread() -> None:
    with pytest.raises(ExtractionError):
        docx_blocks(word_file(WORDS.format(" " * MARKUP_BYTES)))


@pytest.mark.parametrize("span", ["0x10", "1001", "9" * 5000, "-1", "٣"])
def test_a_span_no_table_has_is_taken_out(span: str) -> None:
    assert "span" not in sanitise(f'<table><tr><td colspan="{span}">甲</td></tr></table>')


def test_a_small_word_file_of_endless_paragraphs_is_refused_at_once() -> None:
    word = docx.Document()
    for _ in range(50_001):
        word.element.body.append(word.element.body.makeelement(qn("w:p")))
    file = io.BytesIO()
    word.save(file)
    began = time.process_time()
    with pytest.raises(ExtractionError):
        docx_blocks(file.getvalue())
    assert time.process_time() - began < 5
