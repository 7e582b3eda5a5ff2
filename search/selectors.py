"""What pages, the API and the health check ask of the index."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

FACETS = ("agency", "topic", "genre", "year", "validity", "column", "item")


class Order(StrEnum):
    RELEVANCE = "relevance"
    DATE = "date"


class IndexUnavailableError(Exception):
    """This machine has no index yet; its follower is building one."""


@dataclass(frozen=True, slots=True)
class Hit:
    source: str
    object_id: int


@dataclass(frozen=True, slots=True)
class Results:
    """`total` is exact. `facets` maps a name to (value, count), the largest count first."""

    total: int
    hits: Sequence[Hit]
    facets: Mapping[str, Sequence[tuple[str, int]]]


@dataclass(frozen=True, slots=True)
class Freshness:
    """How far this machine's index is behind the change log."""

    available: bool
    pending: int
    oldest_pending_at: datetime | None


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
    `until` are dates of publication in Shanghai, both inclusive.

    Raises IndexUnavailableError.
    """
    raise NotImplementedError


def freshness() -> Freshness:
    raise NotImplementedError
