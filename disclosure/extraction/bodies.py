"""The way of a text into the catalogue: read, cleaned, laid out, sanitised."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from disclosure.extraction import html, plain
from disclosure.extraction.files import check_length, read
from disclosure.rules import document_numbers
from disclosure.rules.cleaning import Finding, Note, sift, summarise
from disclosure.rules.layout import Block, arrange, render
from disclosure.rules.text import storable, tidied


@dataclass(frozen=True, slots=True)
class Body:
    """`original` is the text as it came, `notes` what cleaning took out of it."""

    html: str
    text: str
    summary: str
    original: str
    notes: Sequence[Note]


def from_text(text: str, *, title: str, document_number: str) -> Body:
    """Raises ExtractionError."""
    check_length(text)
    clean, notes = _tidied(text)
    blocks = plain.paragraphs(clean)
    return _body(blocks, text, notes, title=title, document_number=document_number)


def from_html(text: str, *, title: str, document_number: str) -> Body:
    """Raises ExtractionError."""
    check_length(text)
    clean, notes = _tidied(text)
    return _body(html.blocks(clean), text, notes, title=title, document_number=document_number)


def from_file(name: str, content: bytes, *, title: str, document_number: str) -> Body:
    """Raises ExtractionError."""
    blocks, original = read(name, content)
    tidy, notes = _tidied_blocks(blocks, original)
    return _body(tidy, original, notes, title=title, document_number=document_number)


def _body(
    blocks: Sequence[Block],
    original: str,
    notes: Sequence[Note],
    *,
    title: str,
    document_number: str,
) -> Body:
    lines = [block.text if block.tag != "table" else block.text or " " for block in blocks]
    sifted = sift(lines, title=title, document_number=document_number)
    arranged = arrange([blocks[place] for place in sifted.kept])
    return Body(
        html=html.sanitise(render(arranged)),
        text=plain.as_text(arranged),
        summary=summarise(arranged),
        original=storable(original),
        notes=[*notes, *sifted.notes],
    )


def _tidied(text: str) -> tuple[str, list[Note]]:
    clean, gone, numbers = tidied(text)
    return clean, _counted(gone, numbers)


def _tidied_blocks(blocks: Sequence[Block], original: str) -> tuple[list[Block], list[Note]]:
    """The reader has taken out what is invisible; document numbers are left to do."""
    _clean, gone, numbers = tidied(original)
    tidy = [
        replace(
            block,
            text=document_numbers.tidy(block.text)[0],
            html=document_numbers.tidy(block.html)[0],
        )
        for block in blocks
    ]
    return tidy, _counted(gone, numbers)


def _counted(gone: int, numbers: int) -> list[Note]:
    counts = {Finding.INVISIBLE: gone, Finding.NUMBERS: numbers}
    return [Note(finding, 0, str(count)) for finding, count in counts.items() if count]
