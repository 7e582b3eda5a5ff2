"""A query as the engine takes it: what must match, and what makes it rank higher."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta

import tantivy
from tantivy import Occur

from search.engine import schema as layout
from search.rules.folding import number_key
from search.rules.query import Clause, Field, Query
from search.rules.tokens import is_word, phrase, spoken

# What matches in the text scores BM25 of its words. A title says what a document is about,
# a number names it.
TITLE_PHRASE = 4.0
EXACT_NUMBER = 1_000.0
# What holds the words as they were typed comes before what holds them apart.
EXACT_TEXT = 100.0
# Added for each span a document falls into: of two that match alike, the newer comes first.
RECENCY = ((timedelta(days=365), 0.3), (timedelta(days=3 * 365), 0.2))
MAX_RANKED_WORDS = 24  # a pasted paragraph is found by its phrase; ranking it needs no more

_FIELD_OF_WORDS = {"title": "title_words", "text": "words"}
LONGEST_BEGINNING = 64  # characters; a longer number is matched whole
_SPECIAL = re.compile(r"([\\.+*?()|\[\]{}^$])")


class Matcher:
    """Builds the engine's queries for one schema."""

    def __init__(self, schema: tantivy.Schema) -> None:
        self._schema = schema

    def matching(
        self,
        asked: Query,
        *,
        at: datetime,
        within: Iterable[tantivy.Query] = (),
        title_only: bool = False,
        relaxed: bool = False,
    ) -> tantivy.Query:
        """What holds `asked` and `within` and is published; nothing here adds to a score.

        `relaxed` lets the words of what is not quoted stand apart.
        """
        must = list(within)
        for clause in asked.wanted:
            parts = clause.apart() if relaxed else (clause,)
            must += [self._clause(part, title_only) for part in parts]
        hidden = [self._clause(clause, title_only) for clause in asked.excluded]
        hidden.append(self._unpublished(at))
        return _silent(_all(must or [tantivy.Query.all_query()], but=hidden))

    def ranked(
        self, matching: tantivy.Query, asked: Query, *, at: datetime, relaxed: bool = False
    ) -> tantivy.Query:
        raised = [weight for clause in asked.wanted for weight in self._weights(clause)]
        if relaxed:
            whole = [self._clause(clause, title_only=False) for clause in asked.wanted]
            raised.append(_worth(_all(whole), EXACT_TEXT))
        raised += [_worth(self.published(at - span, None), worth) for span, worth in RECENCY]
        should = [(Occur.Should, weight) for weight in raised]
        return tantivy.Query.boolean_query([(Occur.Must, matching), *should])

    def published(self, since: datetime | None, before: datetime | None) -> tantivy.Query:
        return tantivy.Query.range_query(
            self._schema,
            "published",
            tantivy.FieldType.Integer,
            None if since is None else layout.moment(since),
            None if before is None else layout.moment(before),
            include_upper=before is None,  # an open end must be called included
        )

    def any_of(self, facet: str, values: Sequence[str]) -> tantivy.Query:
        return tantivy.Query.term_set_query(self._schema, layout.facet(facet), list(values))

    def _unpublished(self, at: datetime) -> tantivy.Query:
        """By the term dictionary: few documents wait for their day, and a scan would meet all."""
        return tantivy.Query.range_query(
            self._schema,
            "published",
            tantivy.FieldType.Integer,
            layout.after(at),
            None,
            use_inverted_index=True,
        )

    def _clause(self, clause: Clause, title_only: bool) -> tantivy.Query:  # noqa: FBT001  private
        if clause.field is Field.NUMBER:
            return self._beginning("number", clause.number or number_key(clause.text))
        if title_only or clause.field is Field.TITLE:
            return self._phrase("title", clause.text)
        found = self._phrase("text", clause.text)
        if not clause.number:
            return found
        return _any([self._term("number", clause.number), found])

    def _weights(self, clause: Clause) -> Iterator[tantivy.Query]:
        if clause.number:
            yield _worth(self._term("number", clause.number), EXACT_NUMBER)
        if clause.field is Field.NUMBER:
            return
        yield tantivy.Query.boost_query(self._phrase("title", clause.text), TITLE_PHRASE)
        for word in spoken(clause.text)[:MAX_RANKED_WORDS]:
            yield self._term("words", word, scored=True)

    def _phrase(self, field: str, text: str) -> tantivy.Query:
        asked = phrase(text)
        parts = []
        if len(asked.tokens) == 1:
            parts.append(self._term(field, asked.tokens[0][1], scored=True))
        elif asked.tokens:
            # The engine refuses a phrase of one.
            parts.append(tantivy.Query.phrase_query(self._schema, field, list(asked.tokens)))
        if is_word(asked.last):
            parts.append(self._term(_FIELD_OF_WORDS[field], asked.last, scored=True))
        elif asked.last:
            parts.append(self._beginning(field, asked.last))
        return _all(parts)

    def _beginning(self, field: str, start: str) -> tantivy.Query:
        if len(start) > LONGEST_BEGINNING:
            return self._term(field, start)
        pattern = _SPECIAL.sub(r"\\\1", start) + ".*"
        return tantivy.Query.regex_query(self._schema, field, pattern)

    def _term(self, field: str, value: str, *, scored: bool = False) -> tantivy.Query:
        kept = "freq" if scored else "basic"
        return tantivy.Query.term_query(self._schema, field, value, kept)


def _all(must: Sequence[tantivy.Query], but: Sequence[tantivy.Query] = ()) -> tantivy.Query:
    if len(must) == 1 and not but:
        return must[0]
    return tantivy.Query.boolean_query(
        [*((Occur.Must, query) for query in must), *((Occur.MustNot, query) for query in but)]
    )


def _any(queries: Sequence[tantivy.Query]) -> tantivy.Query:
    return tantivy.Query.boolean_query([(Occur.Should, query) for query in queries])


def _worth(query: tantivy.Query, score: float) -> tantivy.Query:
    return tantivy.Query.const_score_query(query, score)


def _silent(query: tantivy.Query) -> tantivy.Query:
    return _worth(query, 0.0)
