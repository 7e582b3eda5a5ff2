"""Bring documents into the catalogue: manage.py import_records PATH."""

import csv
import subprocess
import sys
from argparse import ArgumentParser
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, Protocol, TextIO

from django.core.management.base import BaseCommand, CommandError
from django.utils.timezone import now
from tqdm import tqdm

from disclosure.rules.cells import inert
from disclosure.services.intake import import_rows
from disclosure.services.sources import Source, SourceError, open_source
from disclosure.services.tally import Rejection, Remark, Sinks, Tally
from search.follower import catch_up

STOPPED = 130
WORTH_A_PROCESS = 2_000  # rows


class Command(BaseCommand):
    help = (
        "Import documents from a .jsonl or .csv file, or from a folder with manifest.csv. What is"
        " there already is updated, or left alone where nothing changed. Exit status 1: some rows"
        " were rejected."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path)
        parser.add_argument(
            "--create-agencies",
            action="store_true",
            help="make a body for a full name that is not known, instead of rejecting the row",
        )
        parser.add_argument(
            "--rejects",
            type=Path,
            help="where rejected rows go; <name>.rejected.csv in this folder otherwise",
        )
        parser.add_argument(
            "--remarks", type=Path, help="where to write what was cleaned out of which row"
        )

    def handle(self, *_args: object, **options: Any) -> None:
        try:
            source = open_source(Path(options["path"]))
        except SourceError as error:
            raise CommandError(str(error)) from error
        rejects = Path(options["rejects"] or f"{source.name}.rejected.csv")
        remarks = Path(options["remarks"]) if options["remarks"] else None
        for path in (rejects, remarks):
            if path and path.resolve() == source.path.resolve():
                raise CommandError(f"{path} is what is imported; name another file to write to")
        with ExitStack() as files, _follower_beside(source.count()):
            sinks = _sinks(source, rejects, remarks, files)
            tally = self._import(source, sinks, create_agencies=options["create_agencies"])
        if not tally.rejected_count:
            rejects.unlink(missing_ok=True)  # an earlier run's, whose rows are in by now
        self._report(tally, remarks=remarks)
        self._index()
        if tally.rejected_count:
            raise CommandError(f"Rejected rows are in {rejects}", returncode=1)

    def _import(self, source: Source, sinks: Sinks, *, create_agencies: bool) -> Tally:
        bar = tqdm(
            total=source.count() if sys.stderr.isatty() else None,
            unit=" rows",
            file=sys.stderr,
            disable=None,
        )

        def show(tally: Tally) -> None:
            bar.update(tally.total - bar.n)

        with bar:
            try:
                return import_rows(
                    source.rows(),
                    at=now(),
                    actor="command:import_records",
                    create_agencies=create_agencies,
                    folder=source.folder,
                    on_progress=show,
                    sinks=sinks,
                )
            except KeyboardInterrupt as error:
                # What was committed stays; the next run does the rest.
                raise CommandError(
                    "Stopped. Run it again to do the rest.", returncode=STOPPED
                ) from error
            except (OSError, UnicodeError) as error:
                raise CommandError(f"The import broke off: {error}") from error

    def _report(self, tally: Tally, *, remarks: Path | None) -> None:
        self.stdout.write(f"created {tally.created}")
        self.stdout.write(f"updated {tally.updated}")
        self.stdout.write(f"unchanged {tally.unchanged}")
        self.stdout.write(f"rejected {tally.rejected_count}")
        if tally.remark_count:
            where = remarks or "--remarks FILE writes them"
            self.stderr.write(f"{tally.remark_count} remarks on what was cleaned ({where})")

    def _index(self) -> None:
        """Findable even when no portal is running; a follower that is will do it otherwise."""
        try:
            if catch_up() is None:
                self.stderr.write("The running index follower will take these documents in.")
        except OSError as error:
            self.stderr.write(f"The search index was left as it is: {error}")


@contextmanager
def _follower_beside(rows: int) -> Iterator[None]:
    """A large import is indexed while it runs, by a process on a core of its own.

    It only takes work off the catching up at the end; where it cannot run, nothing is lost.
    """
    if rows < WORTH_A_PROCESS or Path(sys.argv[0]).name != "manage.py":
        yield
        return
    follower = subprocess.Popen(  # noqa: S603  our own command
        [sys.executable, sys.argv[0], "follow_index"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,  # the progress bar is there
    )
    try:
        yield
    finally:
        follower.terminate()
        follower.wait()


class _Writer(Protocol):
    def writerow(self, row: Mapping[str, object]) -> object: ...


class _LateFile:
    """A CSV file that is made when its first row comes. Opens in spreadsheets as UTF-8."""

    def __init__(self, path: Path, columns: Sequence[str], files: ExitStack) -> None:
        self._path = path
        self._columns = columns
        self._files = files
        self._writer: _Writer | None = None

    def write(self, row: Mapping[str, object]) -> None:
        if self._writer is None:
            file: TextIO = self._files.enter_context(
                self._path.open("w", encoding="utf-8-sig", errors="backslashreplace", newline="")
            )
            writer = csv.DictWriter(file, self._columns, extrasaction="ignore")
            writer.writeheader()
            self._writer = writer
        self._writer.writerow({name: inert(cell) for name, cell in row.items()})


def _sinks(source: Source, rejects: Path, remarks: Path | None, files: ExitStack) -> Sinks:
    own = [column for column in source.columns if column not in ("line", "reason")]
    rejected = _LateFile(rejects, ["line", "reason", *own], files)
    remarked = _LateFile(remarks, ["line", "remark"], files) if remarks else None

    def on_rejection(rejection: Rejection) -> None:
        rejected.write({**rejection.row, "line": rejection.line, "reason": rejection.reason})

    def on_remark(remark: Remark) -> None:
        if remarked:
            remarked.write({"line": remark.line, "remark": remark.words})

    return Sinks(on_rejection, on_remark)
