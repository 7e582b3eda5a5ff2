"""Characters that carry nothing, and the encodings Chinese sites have used."""

import codecs
import re

from disclosure.rules import document_numbers

_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff\ud800-\udfff]")
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_BREAKS = re.compile("\r\n?|[\u2028\u2029\x85]")
_SPACES = "\u00a0\u2002\u2003\u2007\u202f\t"
_SPACE = str.maketrans(dict.fromkeys(_SPACES, " "))
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


class UndecodableError(ValueError):
    """Not text in UTF-8, GB18030, or UTF-16 with a byte order mark."""


def decode(content: bytes) -> tuple[str, str]:
    """The text and its encoding. GB18030 takes in GB2312 and GBK. Raises UndecodableError."""
    marked = [encoding for mark, encoding in _BOMS if content.startswith(mark)]
    if not marked and b"\x00" in content:
        raise UndecodableError
    for encoding in marked or ("utf-8", "gb18030"):
        try:
            return content.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    raise UndecodableError


def plain(text: str) -> str:
    """Without control and invisible characters; every line break one kind."""
    return _INVISIBLE.sub("", _CONTROL.sub("", _BREAKS.sub("\n", text)))


def storable(text: str) -> str:
    """Without the characters no database keeps: NUL and halves of surrogate pairs."""
    return _UNSTORABLE.sub("", text)


def one_line(text: str) -> str:
    """A field of a form: plain, on one line, single spaces."""
    return " ".join(plain(text).translate(_SPACE).replace("\u3000", " ").split())


def spaced(line: str) -> str:
    """A line without its indent; the rest of its spacing stays."""
    return line.translate(_SPACE).strip(" \u3000")


def tidied(text: str) -> tuple[str, int, int]:
    """The text made plain, with how many characters went and document numbers were rewritten."""
    broken = _BREAKS.sub("\n", text)
    clean, numbers = document_numbers.tidy(_INVISIBLE.sub("", _CONTROL.sub("", broken)))
    gone = len(_INVISIBLE.findall(broken)) + len(_CONTROL.findall(broken))
    return clean, gone, numbers
