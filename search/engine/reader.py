"""The index as every process of this machine reads it."""

import os
from contextlib import suppress
from functools import cache
from pathlib import Path
from threading import Lock

import tantivy

from search.engine import generations
from search.engine.schema import prepare


class IndexUnavailableError(Exception):
    """This machine has no index yet; its follower is building one."""


class Reader:
    """An opened index that notices commits and changes of generation by itself.

    Two looks at the file system a question; no threads, so that forked servers may share it.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = Lock()
        self._generation: Path | None = None
        self._index: tantivy.Index | None = None
        self._commit: tuple[int, int, int] | None = None

    def view(self) -> tuple[tantivy.Searcher, tantivy.Schema]:
        """A view of the last commit. Raises IndexUnavailableError."""
        with self._lock:
            index = self._fresh()
            return index.searcher(), index.schema

    def _fresh(self) -> tantivy.Index:
        # Between reading the pointer and opening what it names, a rebuild may have finished.
        for _attempt in range(2):
            with suppress(ValueError, OSError):
                return self._open()
        self._index = self._generation = None
        raise IndexUnavailableError(str(self._folder))

    def _open(self) -> tantivy.Index:
        generation = generations.current(self._folder)
        if generation is None:
            raise FileNotFoundError(self._folder)
        commit = _stamp(generation)
        if self._index is None or generation != self._generation:
            index = prepare(tantivy.Index.open(str(generation)))
            index.config_reader("manual")
            index.reload()
            self._index, self._generation = index, generation
        elif commit != self._commit:
            self._index.reload()
        self._commit = commit
        return self._index


@cache
def reader(folder: Path) -> Reader:
    return Reader(folder)


def _stamp(generation: Path) -> tuple[int, int, int]:
    """Every commit writes the file anew."""
    found = os.stat(generation / "meta.json")  # noqa: PTH116  a third of Path.stat's time
    return found.st_ino, found.st_mtime_ns, found.st_size
