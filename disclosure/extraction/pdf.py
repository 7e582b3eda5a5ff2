"""Blocks from a PDF. Its lines are where the page ended them, so paragraphs are re-joined."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import quantiles
from threading import Lock

import pypdfium2
from django.utils.translation import gettext as _

from disclosure.extraction.limits import PAGES, TEXT_CHARACTERS, ExtractionError
from disclosure.extraction.plain import paragraph
from disclosure.rules.layout import Block, is_salutation, starts_something
from disclosure.rules.text import plain

_PAGE_NUMBER = re.compile(
    r"[-—–─\s]*\d{1,4}[-—–─\s]*\Z|第\s*\d+\s*页(?:\s*[,，/]?\s*共\s*\d+\s*页)?\Z"
)
_END = re.compile("[。；;！!？?：:]$")
_WRAPPED = 0.8  # of a full line: a shorter one ended because its paragraph did
_ONE_AT_A_TIME = Lock()  # the library may not be entered by two threads


def blocks(content: bytes) -> list[Block]:
    """No blocks from a scan, which has pictures for pages. Raises ExtractionError."""
    with _ONE_AT_A_TIME:
        pages = _pages(content)
    return [paragraph(line) for line in join_lines(_lines(pages))]


def _pages(content: bytes) -> list[str]:
    try:
        pdf = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise ExtractionError(_("The PDF file is protected by a password.")) from error
        raise ExtractionError(_("The PDF file is damaged.")) from error
    try:
        if len(pdf) > PAGES:
            raise ExtractionError(_("The PDF file has more pages than is allowed."))
        return list(_texts(pdf))
    except pypdfium2.PdfiumError as error:
        raise ExtractionError(_("The PDF file is damaged.")) from error
    finally:
        pdf.close()


def _texts(pdf: pypdfium2.PdfDocument) -> Iterator[str]:
    total = 0
    for number in range(len(pdf)):
        page = pdf[number]
        sheet = page.get_textpage()
        text = sheet.get_text_bounded()
        sheet.close()
        page.close()
        total += len(text)
        if total > TEXT_CHARACTERS:
            raise ExtractionError(_("The text is longer than is allowed."))
        yield text


def _lines(pages: Sequence[str]) -> list[str]:
    lines: list[str] = []
    for page in pages:
        # A hyphen the library puts where a word was broken stands for nothing.
        found = [line.rstrip() for line in plain(page.replace("\ufffe", "")).split("\n")]
        found = [line for line in found if line.strip()]
        for edge in (0, -1):
            if found and _PAGE_NUMBER.match(found[edge].strip()):
                found.pop(edge)
        lines += found
    return lines


def join_lines(lines: Sequence[str]) -> list[str]:
    """Put together what the edge of the page broke apart."""
    if not lines:
        return []
    full = _full_width(lines)
    joined = [lines[0].strip()]
    for before, line in pairwise(lines):
        words = line.strip()
        if _goes_on(before, line, full):
            joined[-1] += _glue(joined[-1], words) + words
        else:
            joined.append(words)
    return joined


def _full_width(lines: Sequence[str]) -> float:
    """How long a line is that reaches the edge: one in ten is at least as long."""
    lengths = [len(line.strip()) for line in lines]
    return quantiles(lengths, n=10)[-1] if len(lengths) > 1 else float(lengths[0])


def _goes_on(before: str, line: str, full: float) -> bool:
    above = before.strip()
    if line.startswith(("\u3000", "  ")) or starts_something(line.strip()) or is_salutation(above):
        return False
    if len(above) < full * _WRAPPED:
        return False
    return not _END.search(above) or len(above) >= full


def _glue(before: str, after: str) -> str:
    """Latin words need the space their line break stood for; Chinese does not."""
    return " " if before[-1:].isascii() and after[:1].isascii() and before[-1:].isalpha() else ""
