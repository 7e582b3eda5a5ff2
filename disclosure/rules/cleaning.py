"""Take out what is not the document's own, and say what was taken out where."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from disclosure.rules import document_numbers
from disclosure.rules.furniture import is_furniture
from disclosure.rules.layout import Block, is_date_line, is_salutation

SUMMARY_LENGTH = 120
_EDGE = 8  # lines at either end where a page shows its own particulars
_TITLE_WITHIN = 12  # lines from the top
_TITLE_LINES = 3  # over which a title may be broken
_EXCERPT = 80
_SHORTEST_TITLE_PART = 8


class Finding(StrEnum):
    INVISIBLE = "invisible"  # control, zero-width and byte order characters
    NUMBERS = "numbers"  # document numbers not in the standard form
    FURNITURE = "furniture"
    BEFORE_TITLE = "before_title"
    REPEATED = "repeated"  # title or document number, at the top of the text once more


@dataclass(frozen=True, slots=True)
class Note:
    """What was found, on which line of the text (1: the first; 0: all over it)."""

    finding: Finding
    line: int
    excerpt: str


@dataclass(frozen=True, slots=True)
class Sifted:
    kept: Sequence[int]
    notes: Sequence[Note]


def sift(lines: Sequence[str], *, title: str, document_number: str) -> Sifted:
    """Which lines (stripped) of a text are its own; empty ones are dropped without a note."""
    filled = [place for place, line in enumerate(lines) if line]
    found = _find_furniture(lines, filled)
    left = [place for place in filled if place not in found]
    wanted = _folded(title)
    for place in _before_title(lines, left, wanted):
        found[place] = Finding.BEFORE_TITLE
    left = [place for place in left if place not in found]
    for place in _repeated(lines, left, wanted, document_number):
        found[place] = Finding.REPEATED
    return Sifted(
        kept=[place for place in left if place not in found],
        notes=[
            Note(finding, place + 1, lines[place][:_EXCERPT])
            for place, finding in sorted(found.items())
        ],
    )


def _find_furniture(lines: Sequence[str], filled: Sequence[int]) -> dict[int, Finding]:
    """From either end inwards: the page's particulars stand together, outside the text."""
    found = {
        place: Finding.FURNITURE for place in filled if is_furniture(lines[place], at_an_end=False)
    }
    for edge in (filled[:_EDGE], filled[: -_EDGE - 1 : -1]):
        rest = [place for place in edge if place not in found]
        for place in rest:
            if is_furniture(lines[place], at_an_end=True) and not _is_lone_digit_of_text(
                lines, place, found
            ):
                found[place] = Finding.FURNITURE
    return found


def _is_lone_digit_of_text(lines: Sequence[str], place: int, found: dict[int, Finding]) -> bool:
    """A counter beside a share button is furniture; a number in a list of figures is not."""
    if not lines[place].isdigit():
        return False
    above = place - 1
    while above >= 0 and not lines[above]:
        above -= 1
    return above not in found


def _before_title(lines: Sequence[str], left: Sequence[int], wanted: str) -> Sequence[int]:
    """Lines over a repeated title, unless they are a letter that passes the titled text on."""
    for start, place in enumerate(left[:_TITLE_WITHIN]):
        if not _title_span(lines, left[start : start + _TITLE_LINES], wanted):
            continue
        above = left[:start]
        a_letter = any(is_salutation(lines[line]) or is_date_line(lines[line]) for line in above)
        return () if a_letter else [line for line in above if line < place]
    return ()


def _repeated(
    lines: Sequence[str], left: Sequence[int], wanted: str, document_number: str
) -> Sequence[int]:
    taken: list[int] = []
    rest = list(left)
    while rest:
        span = _title_span(lines, rest, wanted)
        if not span and _same_number(lines[rest[0]], document_number):
            span = 1
        if not span:
            break
        taken += rest[:span]
        rest = rest[span:]
    return taken


def _title_span(lines: Sequence[str], left: Sequence[int], wanted: str) -> int:
    """Over how many lines from the first of `left` the folded title stands; 0: it does not."""
    written = ""
    for span, place in enumerate(left[:_TITLE_LINES], start=1):
        written += _folded(lines[place])
        if written == wanted or _is_tail(written, wanted):
            return span
        if not wanted.startswith(written):
            return 0
    return 0


def _is_tail(written: str, wanted: str) -> bool:
    """A heading without the organ's name that the catalogue's title begins with."""
    return (
        len(written) >= _SHORTEST_TITLE_PART
        and wanted.endswith(written)
        and written.startswith(("关于", "印发", "转发", "批转"))
    )


def _same_number(line: str, document_number: str) -> bool:
    if not document_number:
        return False
    bare = line.strip("()（）[]【】 ")
    return line == document_number or document_numbers.normalise(bare) == document_number


def _folded(text: str) -> str:
    """Only what a title is told apart by: no spaces, no punctuation of either width."""
    return re.sub(r"[\W_]+", "", text)


_SENTENCE = re.compile(r"[^。！？!?]*[。！？!?]?")


def summarise(blocks: Sequence[Block]) -> str:
    """The first sentences of the text itself, at most 120 characters."""
    said = ""
    for block in blocks:
        if block.tag != "p" or block.css or not block.text:
            continue
        for sentence in _SENTENCE.findall(block.text.replace("\n", "")):
            if len(said) + len(sentence) > SUMMARY_LENGTH:
                return said or _shortened(sentence)
            said += sentence
        if said and not said.endswith(tuple("。！？!?：:；;")):
            said += "。"
        if len(said) >= SUMMARY_LENGTH // 2:
            break
    return said[:SUMMARY_LENGTH]


def _shortened(sentence: str) -> str:
    """Cut after the last clause that fits."""
    head = sentence[: SUMMARY_LENGTH - 1]
    end = max(head.rfind("，"), head.rfind(","), head.rfind("；"), head.rfind(";"))
    return (head[:end] if end >= SUMMARY_LENGTH // 3 else head) + "…"
