"""Two sources to search in: one in memory, and one in a table that another process can read."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from django.db import connection

from search.source import IndexedDocument

PUBLISHED = datetime(2026, 3, 1, 1, 0, tzinfo=UTC)


@dataclass
class Memory:
    name: str = "memory"
    things: dict[int, IndexedDocument] = field(default_factory=dict)

    def put(self, title: str = "", text: str = "", **more: object) -> int:
        object_id = len(self.things) + 1
        more.setdefault("published_at", PUBLISHED)
        self.things[object_id] = IndexedDocument(object_id, title, text, **more)  # type: ignore[arg-type]
        return object_id

    def fetch(self, ids: Sequence[int]) -> Iterable[IndexedDocument]:
        return [self.things[object_id] for object_id in ids if object_id in self.things]

    def batches(self, size: int) -> Iterator[Sequence[int]]:
        ids = list(self.things)
        for start in range(0, len(ids), size):
            yield ids[start : start + size]


class Shelf:
    """Rows of the table `shelf` (id, title), made by the fixture of that name."""

    name = "shelf"

    def fetch(self, ids: Sequence[int]) -> Iterable[IndexedDocument]:
        with connection.cursor() as cursor:
            cursor.execute("SELECT id, title FROM shelf WHERE id = ANY(%s)", [list(ids)])
            return [IndexedDocument(pk, title, "", PUBLISHED) for pk, title in cursor.fetchall()]

    def batches(self, size: int) -> Iterator[Sequence[int]]:
        last = 0
        while True:
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT id FROM shelf WHERE id > %s ORDER BY id LIMIT %s", [last, size]
                )
                ids = [pk for (pk,) in cursor.fetchall()]
            if not ids:
                return
            yield ids
            last = ids[-1]


memory = Memory()
shelf = Shelf()
