"""`manage.py`: our commands find their tables, also when nothing ran on this machine before."""

import sys

from django.apps import apps
from django.conf import settings
from django.core.management import ManagementUtility, get_commands
from django.core.management.base import BaseCommand

from portal import tables

_SEE_TO_IT_THEMSELVES = {"up", "translations"}
_ONLY_ASK = {"-h", "--help"}


class CommandLine(ManagementUtility):
    def fetch_command(self, subcommand: str) -> BaseCommand:
        command = super().fetch_command(subcommand)
        if _wants_tables(subcommand) and not _ONLY_ASK & set(self.argv):
            tables.make(sys.stderr)
        return command


def _wants_tables(subcommand: str) -> bool:
    """Only on the private database: any other is migrated when its keepers say so."""
    if "DATA_DIR" not in settings.DATABASES["default"] or subcommand in _SEE_TO_IT_THEMSELVES:
        return False
    app = str(get_commands()[subcommand])
    return apps.is_installed(app) and (settings.BASE_DIR / app).is_dir()
