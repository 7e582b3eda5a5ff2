"""One question put to one view of the index."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

import tantivy

from search.engine import schema as layout
from search.engine.matching import Matcher
from search.engine.reader import IndexUnavailableError
from search.rules.query import Query

# Values of one facet that are counted; a province has some thousand bodies.
MAX_FACET_VALUES = 10_000

# Fewer hits than this on the words as typed, and a reader is better served with more.
FEW = 10

Counts = Sequence[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class Question:
    """`since` and `before` are moments of publication, the second not included."""

    asked: Query
    at: datetime
    filters: Mapping[str, Sequence[str]]
    since: datetime | None = None
    before: datetime | None = None
    title_only: bool = False


class Answer:
    """What the index says to a question. Raises IndexUnavailableError if it is damaged."""

    def __init__(
        self, searcher: tantivy.Searcher, schema: tantivy.Schema, question: Question
    ) -> None:
        self._searcher = searcher
        self._matcher = Matcher(schema)
        self._question = question
        self.relaxed = False

    def page(self, *, newest: bool, offset: int, limit: int) -> tuple[int, list[tuple[str, int]]]:
        """The exact total, and (source, id) of the hits from `offset` on.

        Where no more than FEW hold the words as they were typed, those that hold them apart
        are found too, behind them.
        """
        exact, hits = self._page(newest=newest, offset=offset, limit=limit)
        if exact > FEW or not self._question.asked.can_relax:
            return exact, hits
        self.relaxed = True
        total, hits = self._page(newest=newest, offset=offset, limit=limit)
        self.relaxed = total > exact
        return total, hits

    def counts(self, names: Sequence[str]) -> dict[str, Counts]:
        """Each facet's values, the largest count first; its own filter does not narrow them."""
        free = [name for name in names if not self._question.filters.get(name)]
        found = self._aggregate(free, self._matching())
        for name in names:
            if name not in free:
                found |= self._aggregate([name], self._matching(but=name))
        return {name: found[name] for name in names}

    def _page(self, *, newest: bool, offset: int, limit: int) -> tuple[int, list[tuple[str, int]]]:
        query = self._matching()
        by_date = newest or not self._question.asked.wanted
        if not by_date:
            query = self._matcher.ranked(
                query, self._question.asked, at=self._question.at, relaxed=self.relaxed
            )
        with _reading():
            found = self._searcher.search(
                query,
                limit=max(1, limit),  # the engine takes no 0
                offset=offset,
                count=True,
                order_by_field="published" if by_date else None,
            )
            hits = [self._hit(address) for _order, address in found.hits[:limit]]
        # The engine's stubs leave `count` out.
        total: int = found.count  # type: ignore[attr-defined]
        return total, hits

    def _hit(self, address: tantivy.DocAddress) -> tuple[str, int]:
        source, _, object_id = str(self._searcher.doc(address).get_first("key")).rpartition(":")
        return source, int(object_id)

    def _matching(self, *, but: str = "") -> tantivy.Query:
        """What matches, with all filters or all but one."""
        question = self._question
        return self._matcher.matching(
            question.asked,
            at=question.at,
            within=self._within(but),
            title_only=question.title_only,
            relaxed=self.relaxed,
        )

    def _within(self, but: str) -> Iterator[tantivy.Query]:
        for name, values in self._question.filters.items():
            if values and name != but:
                yield self._matcher.any_of(name, values)
        if self._question.since or self._question.before:
            yield self._matcher.published(self._question.since, self._question.before)

    def _aggregate(self, names: Sequence[str], matching: tantivy.Query) -> dict[str, Counts]:
        if not names:
            return {}
        asked = {
            name: {"terms": {"field": layout.facet(name), "size": MAX_FACET_VALUES}}
            for name in names
        }
        with _reading():
            found = self._searcher.aggregate(matching, asked)
        return {
            name: [(bucket["key"], bucket["doc_count"]) for bucket in found[name]["buckets"]]
            for name in names
        }


@contextmanager
def _reading() -> Iterator[None]:
    """A segment is opened when first read, and may be damaged."""
    try:
        yield
    except ValueError as error:
        raise IndexUnavailableError(str(error)) from error
