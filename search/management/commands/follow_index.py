import signal
import time
from argparse import ArgumentParser
from threading import Event
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from search.follower import IDLE, catch_up, follow
from search.selectors import freshness

PATIENCE = 600.0  # seconds in which a running follower must have caught up


class Command(BaseCommand):
    help = "Keep this machine's search index up to date with the database."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="catch up and end")
        parser.add_argument("--rebuild", action="store_true", help="index everything anew first")

    def handle(self, **options: Any) -> None:
        if options["once"] or options["rebuild"]:
            done = catch_up(rebuild=options["rebuild"])
            if done is None and options["rebuild"]:
                raise CommandError("Another follower has this index; end it first.")
            if done is None:
                done = _when_the_running_one_has()
            self.stderr.write(f"The index is up to date: {done} rows read.")
        if not options["once"]:
            follow(_until_told_to_end())


def _when_the_running_one_has() -> int:
    """Once a follower that has this index is level with the log, there is nothing left to do."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        now = freshness()
        if now.available and not now.pending:
            return 0
        time.sleep(IDLE)
        done = catch_up()
        if done is not None:  # it has ended meanwhile
            return done
    raise CommandError("Another follower has this index and does not catch up.")


def _until_told_to_end() -> Event:
    """Set by SIGTERM or Ctrl-C; the batch in hand is finished first."""
    stop = Event()

    def end(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    return stop
