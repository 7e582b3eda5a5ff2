"""The one writer of a generation."""

from collections.abc import Iterable
from pathlib import Path

import tantivy

from search.engine import schema
from search.source import IndexedDocument

# Bytes before a segment is written out. Cutting text keeps one core busy in Python, so one
# thread of the engine keeps pace with it; merging has threads of its own.
HEAP = 96_000_000
THREADS = 1


class WriterError(OSError):
    """The index could not be written: damaged, deleted, or the disk is full."""


class Writer:
    def __init__(self, generation: Path, *, new: bool) -> None:
        """Raises WriterError."""
        try:
            index = _made(generation) if new else _opened(generation)
            self._writer = schema.prepare(index).writer(HEAP, THREADS)
        except (ValueError, OSError) as error:
            raise WriterError(str(error)) from error

    def add(self, source: str, things: Iterable[IndexedDocument]) -> int:
        """For a new index, where nothing is to be replaced. How many there were."""
        added = 0
        for thing in things:
            self._add(schema.document(source, thing))
            added += 1
        return added

    def replace(self, source: str, ids: Iterable[int], things: Iterable[IndexedDocument]) -> None:
        """`things` are what is left of `ids`. The same twice is the same as once."""
        for object_id in ids:
            self._writer.delete_documents_by_term("key", schema.key(source, object_id))
        self.add(source, things)

    def commit(self) -> None:
        """Raises WriterError."""
        try:
            self._writer.commit()
        except (ValueError, OSError) as error:
            raise WriterError(str(error)) from error

    def close(self) -> None:
        """Merges that have begun are finished, and the engine's lock is given back."""
        try:
            self._writer.wait_merging_threads()
        except (ValueError, OSError) as error:
            raise WriterError(str(error)) from error

    def _add(self, document: tantivy.Document) -> None:
        try:
            self._writer.add_document(document)
        except (ValueError, OSError) as error:
            raise WriterError(str(error)) from error


def _made(generation: Path) -> tantivy.Index:
    return tantivy.Index(schema.schema(), path=str(generation))


def _opened(generation: Path) -> tantivy.Index:
    """With a look at every segment: a damaged index must not be written on."""
    index = tantivy.Index.open(str(generation))
    index.reload()
    return index
