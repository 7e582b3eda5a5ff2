"""How a text is cut for the index, and a phrase for the question put to it.

A text is a row of units: one Han character, or one word of other letters or digits. Units
with nothing between them make a run. The index holds, at the place of each unit, that unit
joined with the next of its run, and the last unit of a run alone:

    信息公开，2013年  →  信息 息公 公开 开 2013年 年

So any stretch of a text is a phrase of neighbouring tokens, whatever words it cuts through.
All functions take folded text.
"""

import re
from dataclasses import dataclass
from itertools import groupby, pairwise

import rjieba

# Raise it when the same text would be cut or folded differently: every index is then rebuilt.
VERSION = 1

HAN = (
    "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3041-\u30ff\u3105-\u312f\u3400-\u4dbf"
    "\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
)
_OTHER = rf"[^\W_{HAN}]{{1,64}}"
_OTHER_WORD = re.compile(_OTHER)
# A gap is found as an empty unit. Some of the ranges above are punctuation or not assigned
# yet to \w; they are units all the same.
_UNIT_OR_GAP = re.compile(rf"([{HAN}]|{_OTHER})|(?:(?![{HAN}])[\W_])+")


@dataclass(frozen=True, slots=True)
class Phrase:
    """Tokens with their places, and a last unit that stood alone.

    What follows that unit in a text is not known, so it cannot be part of the phrase and is
    looked for by itself: a word of letters whole, a Han character as the beginning of a token.
    """

    tokens: tuple[tuple[int, str], ...] = ()
    last: str = ""


def runs(text: str) -> list[list[str]]:
    """The units of a text, one list a run."""
    parts = groupby(_UNIT_OR_GAP.findall(text), key=bool)
    return [list(units) for is_run, units in parts if is_run]


def tokens(text: str) -> list[str]:
    """What the index holds of a text, in order."""
    return _joined(_UNIT_OR_GAP.findall(text))


def _joined(units: list[str]) -> list[str]:
    return [unit + after for unit, after in pairwise([*units, ""]) if unit]


def phrase(text: str) -> Phrase:
    """What to ask of the index to find `text` anywhere inside a text."""
    cut = runs(text)
    if not cut:
        return Phrase()
    *before, final = cut
    found = [token for run in before for token in _joined(run)]
    if len(final) == 1:
        return Phrase(tuple(enumerate(found)), final[0])
    pairs = _joined(final)[:-1]
    if found:
        return Phrase(tuple(enumerate([*found, *pairs])))
    # Within one run every second pair already covers each unit; the last closes an odd one.
    kept = sorted({*range(0, len(pairs), 2), len(pairs) - 1})
    return Phrase(tuple((place, pairs[place]) for place in kept))


def words(text: str) -> list[str]:
    """Words of the language, and the words inside long ones, as the index holds them.

    They are for ranking: segmentation is too unsteady to find by. But words of letters and
    digits are cut as units are, so that one alone can be found here.
    """
    return _words(rjieba.cut_for_search(text)) + _OTHER_WORD.findall(text)


def spoken(text: str) -> list[str]:
    """The words somebody typed, each once; long ones stay whole."""
    return list(dict.fromkeys(_words(rjieba.cut(text)) + _OTHER_WORD.findall(text)))


def _words(cut: list[str]) -> list[str]:
    """Single Han characters say too little."""
    return [word for word in cut if len(word) > 1 and word.isalnum() and not word.isascii()]


def is_word(unit: str) -> bool:
    """Letters or digits, not a Han character."""
    return bool(_OTHER_WORD.fullmatch(unit))
