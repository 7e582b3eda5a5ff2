"""The attachments, in a folder as the importer wants them."""

import io
import shutil
import zipfile
from datetime import UTC, datetime
from pathlib import Path

from docx import Document
from docx.document import Document as DocxDocument

from portal.demo.texts import rows_of

SOURCE = Path(__file__).parent / "files"
_WORD_SOURCE = ".docx.txt"  # a form kept as text; its first line is the title
_MADE_AT = datetime(2026, 3, 20, tzinfo=UTC)
_EPOCH = (2026, 3, 20, 0, 0, 0)


def lay_out(folder: Path) -> None:
    for source in sorted(SOURCE.iterdir()):
        if source.name.endswith(_WORD_SOURCE):
            target = folder / source.name.removesuffix(".txt")
            target.write_bytes(_word(source.read_text(encoding="utf-8")))
        else:
            shutil.copyfile(source, folder / source.name)


def _word(text: str) -> bytes:
    """The same bytes from the same text: a file is known by its digest."""
    title, *lines = text.strip().splitlines()
    document = Document()
    document.core_properties.created = document.core_properties.modified = _MADE_AT
    document.core_properties.author = "明川省（演示）"
    document.core_properties.title = title
    document.add_heading(title, level=1)
    table = [line for line in lines if line.startswith("|")]
    for line in lines:
        if line.startswith("|"):
            if line is table[0]:
                _add_table(document, table)
        else:
            document.add_paragraph(line)
    content = io.BytesIO()
    document.save(content)
    return _undated(content.getvalue())


def _add_table(document: DocxDocument, lines: list[str]) -> None:
    rows = list(rows_of(lines))
    table = document.add_table(rows=0, cols=len(rows[0]), style="Table Grid")
    for row in rows:
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = words


def _undated(archive: bytes) -> bytes:
    """Without the moment of packing, which would change the digest."""
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(archive)) as source,
        zipfile.ZipFile(packed, "w") as target,
    ):
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, _EPOCH)
            target.writestr(entry, source.read(name), zipfile.ZIP_DEFLATED)
    return packed.getvalue()
