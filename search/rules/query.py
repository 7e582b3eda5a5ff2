"""What somebody typed into the search box, understood. Never an error: see Note."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from itertools import islice

from search.rules.folding import fold, number_key
from search.rules.tokens import HAN, runs, spoken

MAX_LENGTH = 1_000  # characters
MAX_CLAUSES = 16


class Field(StrEnum):
    ANY = "any"
    TITLE = "title"
    NUMBER = "number"  # document numbers and index numbers


class Note(StrEnum):
    """What was done to a query that could not be taken as it came."""

    CUT = "cut"  # only the first MAX_LENGTH characters count
    TOO_MANY_WORDS = "too_many_words"  # only the first MAX_CLAUSES count
    UNBALANCED_QUOTE = "unbalanced_quote"  # a quote without its end was ignored
    NOTHING_TO_FIND = "nothing_to_find"  # there are no letters or digits in it


@dataclass(frozen=True, slots=True)
class Clause:
    """One thing that must, or must not, be there. `text` is folded; `number` is a number_key."""

    text: str
    field: Field = Field.ANY
    quoted: bool = False
    excluded: bool = False
    number: str = ""

    def apart(self) -> tuple["Clause", ...]:
        """Its words as clauses of their own; itself, where they must stay together."""
        if self.quoted or self.number or self.field is Field.NUMBER:
            return (self,)
        parts = spoken(self.text)
        return tuple(replace(self, text=part) for part in parts) or (self,)


@dataclass(frozen=True, slots=True)
class Query:
    clauses: tuple[Clause, ...] = ()
    notes: tuple[Note, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not self.clauses

    @property
    def wanted(self) -> tuple[Clause, ...]:
        return tuple(clause for clause in self.clauses if not clause.excluded)

    @property
    def can_relax(self) -> bool:
        return any(len(clause.apart()) > 1 for clause in self.wanted)

    @property
    def excluded(self) -> tuple[Clause, ...]:
        return tuple(clause for clause in self.clauses if clause.excluded)


_FIELDS = {
    "title": Field.TITLE,
    "标题": Field.TITLE,
    "题名": Field.TITLE,
    "number": Field.NUMBER,
    "文号": Field.NUMBER,
    "发文字号": Field.NUMBER,
    "index": Field.NUMBER,
    "索引号": Field.NUMBER,
}
# Folding has made full-width quotes half-width; these pairs have no half-width form.
_QUOTES = str.maketrans("“”„‟「」『』〝〞«»", '"' * 12)
_DOCUMENT_NUMBER = (
    rf"[{HAN}]{{1,30}} *[〔\[(【〈〖﹝] *[12][0-9]{{3}} *[〕\])】〉〗﹞] *第? *[0-9]{{1,6}}"
    r"(?: *号)?"
)
_CLAUSE = re.compile(
    rf"(?P<sign>-)?(?:(?P<field>{'|'.join(_FIELDS)}) *: *)?"
    rf'(?:"(?P<quoted>[^"]*)"|(?P<number>{_DOCUMENT_NUMBER})|(?P<word>[^ "]+))'
)
_DIGIT = re.compile(r"[0-9]")
_ENDLESS = re.compile(r"[0-9]\Z")


@lru_cache(maxsize=256)
def parse(text: str) -> Query:
    """Words, "phrases", -exclusions and 文号: 索引号: 标题: filters, all of which must hold."""
    notes = [Note.CUT] if len(text) > MAX_LENGTH else []
    folded = fold(text[:MAX_LENGTH]).translate(_QUOTES)
    if folded.count('"') % 2:
        notes.append(Note.UNBALANCED_QUOTE)
        last = folded.rindex('"')
        folded = f"{folded[:last]} {folded[last + 1 :]}"
    found = list(islice(_clauses(folded), MAX_CLAUSES + 1))
    if len(found) > MAX_CLAUSES:
        notes.append(Note.TOO_MANY_WORDS)
    if folded.strip() and not found:
        notes.append(Note.NOTHING_TO_FIND)
    return Query(tuple(found[:MAX_CLAUSES]), tuple(notes))


def _clauses(folded: str) -> Iterator[Clause]:
    seen = set()
    for match in _CLAUSE.finditer(folded):
        text = match["quoted"] or match["number"] or match["word"] or ""
        if not runs(text):
            continue
        clause = Clause(
            text=text.strip(),
            field=_FIELDS.get(match["field"] or "", Field.ANY),
            quoted=match["quoted"] is not None,
            excluded=match["sign"] is not None,
            number=_number(text, is_document_number=match["number"] is not None),
        )
        if clause not in seen:
            seen.add(clause)
            yield clause


def _number(text: str, *, is_document_number: bool) -> str:
    """Any word with a digit may be a number; of a document number the final 号 may be missing."""
    if not _DIGIT.search(text):
        return ""
    key = number_key(text)
    return f"{key}号" if is_document_number and _ENDLESS.search(key) else key
