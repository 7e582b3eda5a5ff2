"""What a file is by its content, whatever it calls itself, and the text in it."""

import zipfile
from io import BytesIO
from pathlib import PurePath

from django.utils.translation import gettext as _

from disclosure.extraction import docx, html, pdf, plain
from disclosure.extraction.limits import FILE_BYTES, TEXT_CHARACTERS, ExtractionError
from disclosure.rules.layout import Block
from disclosure.rules.text import UndecodableError, decode
from disclosure.rules.text import plain as plain_text

_OFFICE = "application/vnd.openxmlformats-officedocument"
DOCX = f"{_OFFICE}.wordprocessingml.document"
XLSX = f"{_OFFICE}.spreadsheetml.sheet"
PPTX = f"{_OFFICE}.presentationml.presentation"
OFD = "application/ofd"
PDF = "application/pdf"
TEXT = "text/plain"
CSV = "text/csv"
_MAGIC = {b"%PDF-": PDF, b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}
_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE2_TYPES = {
    ".doc": "application/msword",
    ".xls": "application/vnd.ms-excel",
    ".ppt": "application/vnd.ms-powerpoint",
    ".wps": "application/vnd.ms-works",
    ".et": "application/vnd.ms-excel",
}
_PARTS = {"word/": DOCX, "xl/": XLSX, "ppt/": PPTX}
_ZIPPED_SUFFIXES = {DOCX: ".docx", XLSX: ".xlsx", PPTX: ".pptx", OFD: ".ofd"}
_SUFFIXES = {PDF: {".pdf"}, "image/png": {".png"}, "image/jpeg": {".jpg", ".jpeg"}} | {
    media_type: {suffix} for media_type, suffix in _ZIPPED_SUFFIXES.items()
}
# Text that a browser would run or render if it were ever served under its own name.
_TEXT_TYPES = {".txt": TEXT, ".csv": CSV}


def media_type(name: str, content: bytes) -> str:
    """The type by content; the name's ending must agree. Raises ExtractionError."""
    if not content:
        raise ExtractionError(_("The file is empty."))
    if len(content) > FILE_BYTES:
        raise ExtractionError(_("The file is larger than is allowed."))
    suffix = PurePath(name).suffix.lower()
    found = _by_content(suffix, content)
    if not found:
        raise ExtractionError(_("Files of this type are not accepted."))
    if suffix not in _SUFFIXES.get(found, {suffix}):
        raise ExtractionError(_("The file is not what its name says."))
    return found


def _by_content(suffix: str, content: bytes) -> str:
    for magic, found in _MAGIC.items():
        if content.startswith(magic):
            return found
    if content.startswith(_OLE2):
        return _OLE2_TYPES.get(suffix, "")
    if content.startswith(b"PK\x03\x04"):
        return _in_archive(content)
    return _TEXT_TYPES.get(suffix, "") if _is_text(content) else ""


def _in_archive(content: bytes) -> str:
    docx.check_archive(content)
    with zipfile.ZipFile(BytesIO(content)) as archive:
        names = archive.namelist()
    if "OFD.xml" in names:
        return OFD
    if "[Content_Types].xml" not in names:
        return ""
    return next((kind for part, kind in _PARTS.items() if _has(names, part)), "")


def _has(names: list[str], part: str) -> bool:
    return any(name.startswith(part) for name in names)


def _is_text(content: bytes) -> bool:
    try:
        decode(content)
    except UndecodableError:
        return False
    return True


def searchable_text(media: str, content: bytes) -> str:
    """The words of an attachment, for the index; none where we cannot read the type."""
    try:
        if media == DOCX:
            text = plain.as_text(docx.blocks(content))
        elif media == PDF:
            text = plain.as_text(pdf.blocks(content))
        elif media in (TEXT, CSV):
            text = plain_text(decode(content)[0])
        else:
            text = ""
    except ExtractionError:
        # An attachment is kept as it came; that its words cannot be read is no reason to refuse.
        text = ""
    return text[:TEXT_CHARACTERS]


def read(name: str, content: bytes) -> tuple[list[Block], str]:
    """Blocks, and the text as it came, of a document's file. Raises ExtractionError."""
    suffix = PurePath(name).suffix.lower()
    if len(content) > FILE_BYTES:
        raise ExtractionError(_("The file is larger than is allowed."))
    if suffix in (".docx", ".pdf"):
        found = docx.blocks(content) if suffix == ".docx" else pdf.blocks(content)
        return found, plain.as_text(found)
    if suffix not in (".txt", ".html", ".htm"):
        raise ExtractionError(_("Only .txt, .html, .docx and .pdf files can be read as a text."))
    try:
        original = decode(content)[0]
    except UndecodableError as error:
        raise ExtractionError(_("The text is not in UTF-8, GB18030 or UTF-16.")) from error
    check_length(original)
    found = plain.paragraphs(plain_text(original)) if suffix == ".txt" else html.blocks(original)
    return found, original


def check_length(text: str) -> None:
    """Raises ExtractionError."""
    if len(text) > TEXT_CHARACTERS:
        raise ExtractionError(_("The text is longer than is allowed."))
