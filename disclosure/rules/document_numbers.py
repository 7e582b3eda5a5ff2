"""How a document number is written: 国办发〔2016〕80号, half-width, unspaced (GB/T 9704)."""

import re

_OPEN = r"[〔﹝\[［(（【〖{｛]"
_CLOSE = r"[〕﹞\]］)）】〗}｝]"
_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")
_YEAR = r"(?P<year>[12１２][0-9０-９]{3})"
# Possessive: a run of spaces is passed over once, however long.
_SERIAL = r"(?P<ordinal>第?+)\s*+(?P<serial>[0-9０-９]{1,6})\s*+号"
_TAIL = rf"\s*+{_OPEN}\s*+{_YEAR}\s*+{_CLOSE}\s*+{_SERIAL}"
_WHOLE = re.compile(rf"(?P<organ>[\u4e00-\u9fff][\u4e00-\u9fff\s·、]{{0,30}}?){_TAIL}\Z")
# Inside running text the organ's short name ends where the bracket begins.
_WITHIN = re.compile(rf"(?P<organ>[\u4e00-\u9fff]){_TAIL}")


def normalise(text: str) -> str:
    """The standard form of a document number; anything of another shape as it came."""
    written = text.strip()
    found = _WHOLE.match(written)
    return _standard(found) if found else written


def is_document_number(text: str) -> bool:
    return bool(_WHOLE.match(text.strip()))


def tidy(text: str) -> tuple[str, int]:
    """Write every document number inside a text the standard way; how many were not."""
    changed = 0

    def replace(found: re.Match[str]) -> str:
        nonlocal changed
        standard = _standard(found)
        changed += standard != found[0]
        return standard

    return _WITHIN.sub(replace, text), changed


def _standard(found: re.Match[str]) -> str:
    organ = re.sub(r"\s+", "", found["organ"])
    year, serial = found["year"].translate(_DIGITS), found["serial"].translate(_DIGITS)
    return f"{organ}〔{year}〕{found['ordinal']}{serial}号"
