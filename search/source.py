"""What an app that wants to be found hands to the index, and the list of those that do."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string


@dataclass(frozen=True, slots=True)
class IndexedDocument:
    """One findable thing.

    `numbers` are matched whole (document number, index number) and may be given in any
    bracket style. `facets` maps a facet's name to every value the thing counts under: a body
    and all bodies above it, a class and the class above it.
    """

    object_id: int
    title: str
    text: str
    published_at: datetime
    numbers: Sequence[str] = ()
    facets: Mapping[str, Sequence[str]] = field(default_factory=dict)


class Source(Protocol):
    """Where the follower reads from. Named in the setting SEARCH_SOURCES, one object each."""

    name: str

    def fetch(self, ids: Sequence[int]) -> Iterable[IndexedDocument]:
        """Those of `ids` that belong in the index; the rest are taken out of it."""
        ...

    def batches(self, size: int) -> Iterator[Sequence[int]]:
        """All ids that belong in the index, `size` at a time, for a rebuild."""
        ...


@cache
def sources() -> dict[str, Source]:
    """The sources by name."""
    found: list[Source] = [import_string(path) for path in settings.SEARCH_SOURCES]
    return {source.name: source for source in found}
