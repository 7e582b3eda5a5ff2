"""The tables of this code, made where they are missing."""

from typing import TextIO

from django.core.management import call_command
from django.core.management.base import OutputWrapper
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations.executor import MigrationExecutor

ONE_AT_A_TIME = 7_116_002  # the advisory lock; `migrate` itself does not look out for another


def make(told: TextIO | OutputWrapper) -> None:
    """Migrate if anything is pending; what there is to say goes to `told`."""
    if not _are_pending():
        return
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [ONE_AT_A_TIME])
        try:
            if _are_pending():
                call_command("migrate", interactive=False, verbosity=0, stdout=told)
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [ONE_AT_A_TIME])


def _are_pending() -> bool:
    """Asking costs far less than `migrate`, which also does its round when nothing is new."""
    executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
