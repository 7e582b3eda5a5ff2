import signal
from argparse import ArgumentParser
from threading import Event
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from search.follower import catch_up, follow


class Command(BaseCommand):
    help = "Keep this machine's search index up to date with the database."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="catch up and end")
        parser.add_argument("--rebuild", action="store_true", help="index everything anew first")

    def handle(self, **options: Any) -> None:
        if options["once"] or options["rebuild"]:
            done = catch_up(rebuild=options["rebuild"])
            if done is None:
                raise CommandError("Another follower has this index; end it first.")
            self.stderr.write(f"The index is up to date: {done} rows read.")
        if not options["once"]:
            follow(_until_told_to_end())


def _until_told_to_end() -> Event:
    """Set by SIGTERM or Ctrl-C; the batch in hand is finished first."""
    stop = Event()

    def end(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    return stop
