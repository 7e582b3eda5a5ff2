from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal import translations
from portal.catalogue import catalogue_path


class Command(BaseCommand):
    help = "Keep the Chinese catalogue: update it from the sources, check it, compile it."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("action", choices=["update", "check", "compile"])
        parser.add_argument(
            "given",
            nargs="*",
            type=Path,
            metavar="FILE",
            help="with update: catalogues to fill the gaps from, as a translator sends them",
        )

    def handle(self, *, action: str, given: list[Path], **_options: Any) -> None:
        path = catalogue_path()
        if action == "update":
            filled = translations.updated(
                translations.read(path), [translations.read(file) for file in given]
            )
            translations.write(filled, path)
            self.stdout.write(f"{len(filled)} messages")
        elif action == "compile":
            self.stdout.write(str(translations.compile_catalogue(path).name))
        elif problems := translations.problems(translations.read(path)):
            raise CommandError("\n".join(problems))
