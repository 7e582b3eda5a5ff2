"""Keeps this machine's index at the state of the database.

The change log says which rows to look at again; what they are now is read from their source.
So applying a stretch of the log twice is the same as once, and the position in the log,
written after the index's own commit, may lag behind the index but never runs ahead of it.
"""

import logging
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from threading import Event

from django.conf import settings
from django.db import Error as DatabaseError
from django.db import connection

from search.engine import generations
from search.engine.generations import Position
from search.engine.lock import IndexLock
from search.engine.writer import Writer, WriterError
from search.models import Change, LogStart
from search.querysets import Snapshot, snapshot
from search.source import sources

logger = logging.getLogger(__name__)

IDLE = 0.5  # seconds between two looks at the log
WAIT_FOR_LOCK = 5.0  # seconds between two attempts to take over from another follower
LONGEST_PAUSE = 10.0  # seconds between two attempts after a failure
CHANGES = 5_000  # taken from the log between two commits
ROWS = 500  # read from a source at once
PROGRESS = 50_000  # rows between two messages of a rebuild


class Follower:
    """The only writer of the index in `folder`: create it holding the folder's lock."""

    def __init__(self, folder: Path, stop: Event) -> None:
        self._folder = folder
        self._stop = stop
        self._writer: Writer | None = None
        self._generation: Path | None = None

    def step(self) -> int:
        """Apply what the log has, at most CHANGES of it, or rebuild; how many rows.

        Raises OSError (WriterError) and database errors; the next step begins anew.
        """
        try:
            return self._apply()
        except (OSError, DatabaseError):
            self._forget()
            raise

    def rebuild(self) -> int:
        """Index everything anew; how many rows. Readers keep the old index until it is done."""
        self._forget()
        generations.sweep(self._folder)
        # First the place in the log, then the rows: what changes meanwhile is applied later.
        now = snapshot()
        generation = generations.start(self._folder)
        logger.info("Building the search index")
        writer = Writer(generation, new=True)
        rows = self._read_everything(writer)
        if self._stop.is_set():
            return rows
        writer.commit()
        writer.close()
        generations.write_position(generation, Position(now.database, now.settled, 0))
        generations.switch(self._folder, generation)
        logger.info("The search index is built: %d documents", rows)
        return rows

    def _forget(self) -> None:
        self._writer = self._generation = None

    def _read_everything(self, writer: Writer) -> int:
        rows = 0
        for source in sources().values():
            for ids in source.batches(ROWS):
                if self._stop.is_set():
                    return rows
                before, rows = rows, rows + writer.add(source.name, source.fetch(ids))
                if rows // PROGRESS > before // PROGRESS:
                    logger.info("%d documents read", rows)
        return rows

    def _apply(self) -> int:
        now = snapshot()
        generation, position = self._stand(now)
        if generation is None or position is None:
            return self.rebuild()
        changes = _changes(position, now)
        # Asked after reading: if the log was cut before it was read, that is seen here.
        if LogStart.objects.filter(transaction__gte=position.transaction).exists():
            logger.warning("The change log no longer reaches back to the search index")
            return self.rebuild()
        try:
            writer = self._open(generation)
        except WriterError as error:
            logger.warning("The search index is damaged: %s", error)
            return self.rebuild()
        if not changes:
            return 0
        self._write(writer, [(source, object_id) for _, _, source, object_id in changes])
        writer.commit()
        transaction, change = changes[-1][:2] if len(changes) == CHANGES else (now.settled, 0)
        generations.write_position(generation, Position(now.database, transaction, change))
        return len(changes)

    def _stand(self, now: Snapshot) -> tuple[Path | None, Position | None]:
        """The index and its place in the log; no place if it is not of this log."""
        generation = generations.current(self._folder)
        position = generations.read_position(generation) if generation else None
        if position is None:
            return None, None
        # A database restored from a copy counts its transactions from elsewhere.
        followed = position.database == now.database and position.transaction <= now.next
        return generation, position if followed else None

    def _open(self, generation: Path) -> Writer:
        if self._writer is None or generation != self._generation:
            self._forget()
            self._writer, self._generation = Writer(generation, new=False), generation
        return self._writer

    def _write(self, writer: Writer, rows: Iterable[tuple[str, int]]) -> None:
        ids_of: dict[str, dict[int, None]] = defaultdict(dict)
        for name, object_id in rows:
            ids_of[name][object_id] = None
        for name, ids in ids_of.items():
            source = sources().get(name)
            for chunk in _chunks(list(ids)):
                writer.replace(name, chunk, source.fetch(chunk) if source else ())


def follow(stop: Event) -> None:
    """Until `stop` is set. Survives a restart of the database and the loss of the index."""
    folder = settings.SEARCH_INDEX_DIR
    follower = Follower(folder, stop)
    pause = IDLE
    with IndexLock(folder) as lock:
        while not stop.is_set():
            # Not held any more if the folder was deleted: then a new one begins.
            if not lock.held() and not lock.acquire():
                logger.info("Another follower keeps this index; waiting for it to end")
                stop.wait(WAIT_FOR_LOCK)
                continue
            try:
                if not follower.step():
                    stop.wait(IDLE)
                pause = IDLE
            except (OSError, DatabaseError) as error:
                logger.warning("The search index waits %.1f s: %s", pause, error)
                connection.close()
                stop.wait(pause)
                pause = min(pause * 2, LONGEST_PAUSE)


def catch_up(*, rebuild: bool = False) -> int | None:
    """Bring the index up to date here and now; how many rows were looked at.

    None if a follower of this machine has the index: it will do it within a second or two.
    What a transaction that is still open wrote is left for later.
    Raises OSError and database errors.
    """
    folder = settings.SEARCH_INDEX_DIR
    with IndexLock(folder) as lock:
        if not lock.acquire():
            return None
        follower = Follower(folder, Event())
        done = follower.rebuild() if rebuild else 0
        while applied := follower.step():
            done += applied
        return done


def _changes(position: Position, now: Snapshot) -> Sequence[tuple[int, int, str, int]]:
    """In the order of commit as far as it matters: no later reading finds an earlier one."""
    waiting = Change.objects.after(position.transaction, position.change).settled(now)
    ordered = waiting.order_by("transaction", "id")
    return list(ordered.values_list("transaction", "id", "source", "object_id")[:CHANGES])


def _chunks(ids: Sequence[int]) -> Iterable[Sequence[int]]:
    return (ids[start : start + ROWS] for start in range(0, len(ids), ROWS))
