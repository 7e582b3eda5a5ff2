"""What counts as the same character, and as the same number, when somebody looks for it."""

import re
import unicodedata
from functools import cache
from itertools import chain

import opencc

# Characters OpenCC converts only inside certain words (答覆 but 覆盖, 明瞭 but 瞭望). Looking
# for things must not depend on where a word was cut, so both sides fold always.
_ALWAYS = {"瞭": "了", "著": "着", "覆": "复", "藉": "借", "祇": "只", "摀": "捂", "薴": "苎"}
_RANGES = ((0x0, 0x3400), (0x3400, 0xA000), (0xF900, 0x10000), (0x20000, 0x2FA20))
_SURROGATES = (0xD800, 0xE000)

_BRACKETS = str.maketrans("[]【】()〈〉〖〗{}<>《》﹝﹞", "〔〕" * 9)
_IGNORED = re.compile(r"[\s\u200b-\u200f\u2060\ufeff]+")
_ORDINAL = re.compile(r"第+(?=[0-9]+号)")


def fold(text: str) -> str:
    """Simplified, half-width and lower case, one character for one.

    Character n of the answer is character n of `text`, so that what was found can be marked
    in the original; and fold(a + b) is fold(a) + fold(b), so that a part of a text is found
    wherever it was cut. Control characters become spaces.
    """
    return text.translate(_table())


def number_key(text: str) -> str:
    """The one form of a document or index number, however it is typed.

    国办发[2013]100号, 國辦發（2013）第100號 and 国办发 〔2013〕 100 号 are all 国办发〔2013〕100号.
    """
    return _ORDINAL.sub("", _IGNORED.sub("", fold(text)).translate(_BRACKETS))


@cache
def _table() -> dict[int, str]:
    """Identities are kept for Han characters: a missing entry costs a lookup error each."""
    codes = [code for first, end in _RANGES for code in range(first, end)]
    folded = _simplified([_plain(chr(code)) for code in codes])
    table = {
        code: to
        for code, to in zip(codes, folded, strict=True)
        if to != chr(code) or 0x4E00 <= code < 0xA000
    }
    table |= {ord(code): to for code, to in _ALWAYS.items()}
    table |= dict.fromkeys(chain(range(*_SURROGATES), range(0xFFFE, 0x10000)), " ")
    return table


def _plain(character: str) -> str:
    """Half-width and lower case where that is one character; the character itself elsewhere."""
    if unicodedata.category(character) in {"Cc", "Zl", "Zp", "Zs"}:
        return " "
    for form in (unicodedata.normalize("NFKC", character), character):
        for lower in (form.casefold(), form.lower(), form):
            if len(lower) == 1 and not lower.isspace():
                return lower
    return character


def _simplified(characters: list[str]) -> list[str]:
    """Each by itself: OpenCC sees no word across a line."""
    converted = opencc.OpenCC("t2s").convert("\n".join(characters)).split("\n")
    pairs = zip(characters, converted, strict=True)
    return [_ALWAYS.get(to, to) if len(to) == 1 else was for was, to in pairs]
