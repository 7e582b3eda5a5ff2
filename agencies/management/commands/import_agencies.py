import csv
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from agencies.rules.roll import OPTIONAL, REQUIRED, UnreadableRollError, read
from agencies.services.importing import Rejection, import_agencies


class Command(BaseCommand):
    help = (
        f"Import bodies from a CSV file with the columns {','.join(REQUIRED)} (parent is a code, "
        f"parents first) and any of {','.join(OPTIONAL)}. Rows that cannot be taken are written "
        "to a file with their line number and the reason; the exit status is then 1."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--rejects", type=Path, help="where rejected rows go (default: FILE.rejected.csv, here)"
        )

    def handle(self, *_args: Any, file: Path, rejects: Path | None, **_options: Any) -> None:
        target = rejects or Path(f"{file.stem}.rejected.csv")
        if target.resolve() == file.resolve():
            raise CommandError(
                f"{target} is the file to import; name another for the rejected rows"
            )
        try:
            roll = read(file.read_bytes())
        except (OSError, UnreadableRollError) as error:
            raise CommandError(f"{file}: {error}") from error
        if roll.ignored:
            self.stderr.write(f"Columns not known, ignored: {', '.join(roll.ignored)}")
        outcome = import_agencies(roll.rows, at=timezone.now(), actor="command:import_agencies")
        self.stdout.write(
            f"created {outcome.created}, updated {outcome.updated}, "
            f"unchanged {outcome.unchanged}, rejected {len(outcome.rejections)}"
        )
        try:
            _write(target, roll.columns, outcome.rejections)
        except OSError as error:
            raise CommandError(f"The rejected rows cannot be written: {error}") from error
        if outcome.rejections:
            self.stderr.write(f"Rejected rows and reasons: {target}")
            raise SystemExit(1)


def _write(target: Path, columns: Sequence[str], rejections: Sequence[Rejection]) -> None:
    if not rejections:
        target.unlink(missing_ok=True)  # an earlier run's, whose rows are in by now
        return
    # With a byte order mark, so that a spreadsheet shows the Chinese.
    with target.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["line", "reason", *columns])
        for rejection in rejections:
            cells = rejection.row.cells
            kept = [cells.get(name, "") for name in columns]
            writer.writerow([rejection.row.line, rejection.reason, *kept])
