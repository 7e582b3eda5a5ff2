"""What pages, the API and the health check ask of the index."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from django.conf import settings

from search.engine import generations
from search.engine.answering import Answer, Question
from search.engine.reader import IndexUnavailableError, reader
from search.engine.schema import FACETS
from search.models import Change
from search.rules.query import Query, parse

__all__ = [
    "FACETS",
    "MAX_LIMIT",
    "Freshness",
    "Hit",
    "IndexUnavailableError",
    "Order",
    "Results",
    "find",
    "freshness",
    "understand",
]

SHANGHAI = ZoneInfo("Asia/Shanghai")
MAX_LIMIT = 100
# Enough for the health check: beyond it an index is simply far behind.
MAX_PENDING = 10_000


class Order(StrEnum):
    RELEVANCE = "relevance"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Hit:
    source: str
    object_id: int


@dataclass(frozen=True, slots=True)
class Results:
    """`total` is exact. `facets` maps a name to (value, count), the largest count first.

    `relaxed`: little held the text as it was typed, so what holds its words apart follows.
    """

    total: int
    hits: Sequence[Hit]
    facets: Mapping[str, Sequence[tuple[str, int]]]
    relaxed: bool = False


@dataclass(frozen=True, slots=True)
class Freshness:
    """How far this machine's index is behind the change log."""

    available: bool
    pending: int
    oldest_pending_at: datetime | None


def understand(text: str) -> Query:
    """What `find` takes `text` to mean, and in `notes` what of it was left out."""
    return parse(text)


def find(  # noqa: PLR0913  a search has this many independent parts
    text: str,
    *,
    at: datetime,
    filters: Mapping[str, Sequence[str]] | None = None,
    since: date | None = None,
    until: date | None = None,
    title_only: bool = False,
    order: Order = Order.RELEVANCE,
    offset: int = 0,
    limit: int = 20,
    facets: Sequence[str] = (),
) -> Results:
    """What matches `text` (empty: everything) among what is published at `at`.

    Several values of one filter are alternatives; several filters all hold. `since` and
    `until` are dates of publication in Shanghai, both inclusive. The counts of a facet leave
    its own filter out, so that a reader sees what choosing another value would give.
    A text of nothing but punctuation finds nothing. At most MAX_LIMIT hits are given.

    Raises IndexUnavailableError.
    """
    asked = understand(text)
    if asked.is_empty and text.strip():
        return Results(0, (), dict.fromkeys(facets, ()))
    question = Question(
        asked,
        at,
        filters or {},
        since=_midnight(since),
        before=_midnight(until and until + timedelta(days=1)),
        title_only=title_only,
    )
    answer = Answer(*reader(settings.SEARCH_INDEX_DIR).view(), question)
    newest = order is Order.DATE
    total, hits = answer.page(newest=newest, offset=max(0, offset), limit=min(limit, MAX_LIMIT))
    counts = answer.counts(facets)
    return Results(total, [Hit(*hit) for hit in hits], counts, relaxed=answer.relaxed)


def freshness() -> Freshness:
    """`pending` counts no further than MAX_PENDING."""
    generation = generations.current(settings.SEARCH_INDEX_DIR)
    position = generation and generations.read_position(generation)
    if not position:
        return Freshness(available=False, pending=0, oldest_pending_at=None)
    waiting = Change.objects.after(position.transaction, position.change)
    pending = waiting[:MAX_PENDING].count()
    oldest = waiting.values_list("at", flat=True).first() if pending else None
    return Freshness(available=True, pending=pending, oldest_pending_at=oldest)


def _midnight(day: date | None) -> datetime | None:
    return datetime.combine(day, time.min, SHANGHAI) if day else None
