"""Blocks from a Word document, in its order."""

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from html import escape

import docx
from django.utils.translation import gettext as _
from docx.document import Document as WordDocument
from docx.opc.exceptions import OpcError
from docx.table import Table
from docx.text.paragraph import Paragraph

from disclosure.extraction.limits import (
    MARKUP_BYTES,
    PARAGRAPHS,
    TABLE_CELLS,
    UNPACKED_BYTES,
    UNPACKED_ENTRIES,
    ExtractionError,
)
from disclosure.extraction.plain import paragraph
from disclosure.rules.layout import Block
from disclosure.rules.text import plain, spaced

_HEADING_STYLE = re.compile(r"(?:heading|标题)\s*([1-9])", re.IGNORECASE)
# lxml's error of malformed XML is a SyntaxError.
_BROKEN = (OpcError, zipfile.BadZipFile, SyntaxError, KeyError, ValueError, OSError)


def blocks(content: bytes) -> list[Block]:
    """Raises ExtractionError."""
    _check_markup(check_archive(content))
    try:
        word = docx.Document(io.BytesIO(content))
        return list(_blocks_of(word))
    except (*_BROKEN, AttributeError, IndexError, TypeError, NotImplementedError) as error:
        # The library lets whatever a malformed part causes inside it through.
        raise ExtractionError(_("The Word file is damaged.")) from error


def check_archive(content: bytes) -> Sequence[zipfile.ZipInfo]:
    """Refuse what unpacks to far more than it is. Raises ExtractionError."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
    except (*_BROKEN, NotImplementedError) as error:
        raise ExtractionError(_("The file is damaged.")) from error
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > UNPACKED_ENTRIES or unpacked > UNPACKED_BYTES:
        raise ExtractionError(_("The file unpacks to more than is allowed."))
    return entries


def _check_markup(entries: Sequence[zipfile.ZipInfo]) -> None:
    """Pictures stay packed; markup becomes a tree. Raises ExtractionError."""
    markup = (each for each in entries if each.filename.endswith((".xml", ".rels")))
    if any(each.file_size > MARKUP_BYTES for each in markup):
        raise ExtractionError(_("The file unpacks to more than is allowed."))


def _blocks_of(word: WordDocument) -> Iterator[Block]:
    if len(word.element.body) > PARAGRAPHS:
        raise ExtractionError(_("The text is longer than is allowed."))
    # Read once: the library searches all styles anew for each paragraph that asks.
    styles = {style.style_id: style.name or "" for style in word.styles}
    for part in word.iter_inner_content():
        if isinstance(part, Table):
            yield from _table(part)
        else:
            yield from _paragraph(part, styles.get(part._p.style or "", ""))  # noqa: SLF001  its id


def _paragraph(part: Paragraph, style: str) -> Iterator[Block]:
    heading = _HEADING_STYLE.match(style)
    text = plain(part.text)
    if heading or style == "Title":
        words = spaced(" ".join(text.split()))
        # The page's own title is h1; 一、 stands two below it, under a title passed on.
        level = "h2" if style == "Title" else f"h{min(int(heading[1]) + 2, 4) if heading else 2}"
        yield Block(tag=level, text=words, html=escape(words, quote=False))
        return
    for line in text.split("\n"):
        yield paragraph(line)


def _table(table: Table) -> Iterator[Block]:
    """Merged cells come up once, with their spans."""
    grid = [list(row.cells) for row in table.rows]
    if sum(len(row) for row in grid) > TABLE_CELLS:
        raise ExtractionError(_("A table has more cells than is allowed."))
    keys = [[id(cell._tc) for cell in row] for row in grid]  # noqa: SLF001  its identity
    seen: set[int] = set()
    rows: list[str] = []
    lines: list[str] = []
    for y, row in enumerate(grid):
        cells: list[str] = []
        words: list[str] = []
        for x, cell in enumerate(row):
            if keys[y][x] in seen:
                continue
            seen.add(keys[y][x])
            text = spaced(" ".join(plain(cell.text).split()))
            cells.append(f"<td{_spans(keys, y, x)}>{escape(text, quote=False)}</td>")
            words.append(text)
        rows.append(f"<tr>{''.join(cells)}</tr>")
        lines.append(" ".join(word for word in words if word))
    text = "\n".join(line for line in lines if line)
    yield Block(tag="table", text=text, html=f"<tbody>{''.join(rows)}</tbody>", css="table")


def _spans(keys: list[list[int]], y: int, x: int) -> str:
    key = keys[y][x]
    wide = high = 1
    while x + wide < len(keys[y]) and keys[y][x + wide] == key:
        wide += 1
    while y + high < len(keys) and x < len(keys[y + high]) and keys[y + high][x] == key:
        high += 1
    spans = {"colspan": wide, "rowspan": high}
    return "".join(f' {name}="{count}"' for name, count in spans.items() if count > 1)
