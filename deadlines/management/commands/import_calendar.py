"""Bring days off and make-up days: manage.py import_calendar [FILE]."""

from argparse import ArgumentParser, ArgumentTypeError
from datetime import date
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from deadlines.rules.dates import parse_date
from deadlines.rules.day_lines import BadLine, Line, read_table
from deadlines.rules.known_years import title
from deadlines.rules.regions import NATIONAL, shortened
from deadlines.services.calendar_import import Brought, bring_known_years, bring_lines
from deadlines.services.calendars import Heading

ACTOR = "command:import_calendar"
ABSENT = "is missing"


class Command(BaseCommand):
    help = (
        "Bring the working-day calendar from a CSV file with the columns date,kind,name and, if"
        " wanted, region; kind is off or make_up. Days of the whole country need --year: they are"
        " that year's notice and replace what it said before. Days of a region (a division code)"
        " are added to its own. All of the file or nothing is taken; exit status 1: nothing."
        " Without a file: every year that the installed chinesecalendar package knows and the"
        " calendar does not."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", type=Path)
        parser.add_argument("--year", type=int, help="the year whose notice the file is")
        parser.add_argument("--region", type=_region, default=NATIONAL, help="of rows without one")
        parser.add_argument(
            "--title", default="", help="of the notice; of a year's there is a usual one"
        )
        parser.add_argument("--number", default="", help="its document number")
        parser.add_argument("--published-on", type=_day, help="YYYY-MM-DD")

    def handle(self, *_args: Any, file: Path | None, **options: Any) -> None:
        try:
            brought = self._from_file(file, **options) if file else self._from_package()
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        for one in brought:
            self.stdout.write(_said(one))
        if not any(one.revision for one in brought):
            self.stdout.write("Nothing changed.")

    def _from_package(self) -> list[Brought]:
        return bring_known_years(at=timezone.now(), actor=ACTOR)

    def _from_file(self, file: Path, **options: Any) -> list[Brought]:
        """Raises CommandError, and ValidationError for what only the calendar can refuse."""
        lines = self._lines(file, options["region"])
        year = options["year"]
        if year is None and any(line.region == NATIONAL for line in lines):
            raise CommandError("Days of the whole country are a year's notice: say --year.")
        named = options["title"] or (title(year) if year else "")
        if not named:
            raise CommandError("Say where the days come from: --title.")
        heading = Heading(
            title=named, number=options["number"], published_on=options["published_on"]
        )
        return bring_lines(lines, year=year, heading=heading, at=timezone.now(), actor=ACTOR)

    def _lines(self, file: Path, region: str) -> list[Line]:
        try:
            text = file.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeError) as error:
            raise CommandError(f"{file}: {error}") from error
        rows = list(read_table(text.splitlines(), region=region))
        bad = [row for row in rows if isinstance(row, BadLine)]
        for row in bad:
            value = f"is not understood: {row.value}" if row.value else ABSENT
            self.stderr.write(f"line {row.number}: {row.cell} {value}")
        if bad:
            raise CommandError(f"{file} was not taken; {len(bad)} of its rows cannot be read.")
        if not rows:
            raise CommandError(f"{file} has no rows.")
        return [row for row in rows if isinstance(row, Line)]


def _said(one: Brought) -> str:
    if one.revision is None:
        return f"{one.what}: unchanged"
    return f"{one.what}: {one.days} days, version {one.revision.pk}"


def _region(code: str) -> str:
    region = shortened(code)
    if code and region == NATIONAL:
        raise ArgumentTypeError(f"{code} is no division code")
    return region


def _day(text: str) -> date:
    try:
        return parse_date(text)
    except ValueError as error:
        raise ArgumentTypeError(f"{text} is no day") from error
