"""Where a text has what was looked for, marked in the original writing.

Folding keeps every character's place, so a hit in the folded text is one in the original,
whether it was typed in traditional characters, full-width letters or simplified ones.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from search.rules.folding import fold
from search.rules.query import Clause, Field, Query, parse
from search.rules.tokens import HAN, is_word, runs

LENGTH = 90  # characters of a snippet
MAX_LOOKED_AT = 100_000  # characters of a text
MAX_HITS = 200
CUT = "……"

_LETTER = rf"[^\W_{HAN}]"
_SPACE = re.compile(r"\s+")


class Segment(NamedTuple):
    text: str
    hit: bool


class Segments(tuple[Segment, ...]):
    """A text in pieces, for `{% for text, hit in segments %}`; shown whole, hits are <mark>ed."""

    __slots__ = ()

    def __str__(self) -> SafeString:
        return self.__html__()

    def __html__(self) -> SafeString:
        return format_html_join(
            "", "{}", ((_marked(piece) if piece.hit else piece.text,) for piece in self)
        )


def mark(text: str, query: Query | str) -> Segments:
    """The whole text, what was looked for marked."""
    return Segments(_cut(text, _hits(fold(text[:MAX_LOOKED_AT]), _understood(query))))


def snippet(text: str, query: Query | str, length: int = LENGTH) -> Segments:
    """About `length` characters where the text has most of what was looked for.

    From the beginning if it has nothing of it.
    """
    flat = _SPACE.sub(" ", text[:MAX_LOOKED_AT]).strip()
    hits = _hits(fold(flat), _understood(query))
    start = _best_start(hits, len(flat), length)
    end = min(len(flat), start + length)
    within = [
        (max(a, start) - start, min(b, end) - start) for a, b in hits if a < end and b > start
    ]
    pieces = _cut(flat[start:end], within)
    before = [Segment(CUT, hit=False)] if start else []
    after = [Segment(CUT, hit=False)] if end < len(flat) or len(text) > MAX_LOOKED_AT else []
    return Segments([*before, *pieces, *after])


def _marked(piece: Segment) -> SafeString:
    return format_html("<mark>{}</mark>", piece.text)


def _understood(query: Query | str) -> Query:
    return parse(query) if isinstance(query, str) else query


def _hits(folded: str, query: Query) -> list[tuple[int, int]]:
    """Spans in order, none overlapping another."""
    found: list[tuple[int, int]] = []
    for clause in query.wanted:
        whole = _spans(folded, _pattern((clause.text,)))
        # Its words, where the text has them apart only.
        found += whole or _spans(folded, _pattern(tuple(_apart(clause))))
    return _merged(found)


def _apart(clause: Clause) -> Iterator[str]:
    if clause.field is not Field.NUMBER:
        yield from (part.text for part in clause.apart())


def _spans(folded: str, pattern: re.Pattern[str] | None) -> list[tuple[int, int]]:
    if pattern is None:
        return []
    return [hit.span() for hit, _n in zip(pattern.finditer(folded), range(MAX_HITS), strict=False)]


@lru_cache(maxsize=256)
def _pattern(texts: tuple[str, ...]) -> re.Pattern[str] | None:
    """Finds what the index finds: runs with any punctuation between them, words not in part."""
    patterns = [_expression(cut) for text in texts if (cut := runs(text))]
    return re.compile("|".join(patterns)) if patterns else None


def _expression(cut: Sequence[Sequence[str]]) -> str:
    inner = r"[\W_]+".join(re.escape("".join(run)) for run in cut)
    before = rf"(?<!{_LETTER})" if is_word(cut[0][0]) else ""
    after = rf"(?!{_LETTER})" if is_word(cut[-1][-1]) else ""
    return before + inner + after


def _merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged[:MAX_HITS]


def _best_start(hits: Sequence[tuple[int, int]], size: int, length: int) -> int:
    """Of the windows that begin a little before a hit, the earliest that shows most of them."""
    lead = length // 5
    starts = [max(0, min(start - lead, size - length)) for start, _end in hits]
    shown = [sum(start <= a and b <= start + length for a, b in hits) for start in starts]
    return starts[shown.index(max(shown))] if starts else 0


def _cut(text: str, hits: Iterable[tuple[int, int]]) -> Iterator[Segment]:
    at = 0
    for start, end in hits:
        if start > at:
            yield Segment(text[at:start], hit=False)
        yield Segment(text[start:end], hit=True)
        at = end
    if at < len(text):
        yield Segment(text[at:], hit=False)
