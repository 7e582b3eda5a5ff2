"""What an import has met so far, on disk: a million keys would not stay flat in memory."""

import sqlite3
from collections.abc import Iterator
from typing import NamedTuple

from disclosure.rules.text import one_line


class Earlier(NamedTuple):
    line: int
    title: str
    digest: str


class Pending(NamedTuple):
    """A document whose interpreted document was not there when it came."""

    rowid: int
    line: int
    document_id: int
    reference: str
    digest: str


class Seen:
    """A nameless SQLite database: it lies in the temporary folder and goes with the process.

    Commit and roll back with the batch, or a batch tried again meets itself.
    """

    def __init__(self) -> None:
        self._database = sqlite3.connect("")
        self._database.execute(
            "CREATE TABLE met (key TEXT PRIMARY KEY, line INTEGER, title TEXT, digest TEXT)"
        )
        self._database.execute(
            "CREATE TABLE pending (id INTEGER PRIMARY KEY, line INTEGER, document_id INTEGER,"
            " reference TEXT, digest TEXT)"
        )

    def meet(self, key: str, *, line: int, title: str, digest: str) -> Earlier | None:
        """The earlier row of the same key; None: this is the first, and is kept."""
        found = self._database.execute("SELECT line, title, digest FROM met WHERE key = ?", [key])
        earlier = found.fetchone()
        if earlier:
            return Earlier(*earlier)
        self._database.execute(
            "INSERT INTO met VALUES (?, ?, ?, ?)", [key, line, one_line(title), digest]
        )
        return None

    def put_off(self, *, line: int, document_id: int, reference: str, digest: str) -> None:
        self._database.execute(
            "INSERT INTO pending (line, document_id, reference, digest) VALUES (?, ?, ?, ?)",
            [line, document_id, reference, digest],
        )

    def pending(self, size: int) -> Iterator[list[Pending]]:
        last = 0
        while True:
            found = self._database.execute(
                "SELECT id, line, document_id, reference, digest FROM pending"
                " WHERE id > ? ORDER BY id LIMIT ?",
                [last, size],
            )
            rows = [Pending(*row) for row in found]
            if not rows:
                return
            yield rows
            last = rows[-1].rowid

    def commit(self) -> None:
        self._database.commit()

    def rollback(self) -> None:
        self._database.rollback()

    def close(self) -> None:
        self._database.close()
