from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from django.db import connection, models

if TYPE_CHECKING:
    from search.models import Change  # noqa: F401  the base class names it in a string


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Where the database's transactions stand.

    All numbered below `settled` have ended, so their changes can be read now and none can
    appear later; from `next` on no number has been given. A long transaction that writes, in any
    database of the server, holds `settled` back: then an index is late, never wrong.
    """

    database: str
    settled: int
    next: int


def snapshot() -> Snapshot:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT system_identifier FROM pg_control_system()) || '/'"
            " || (SELECT oid FROM pg_database WHERE datname = current_database()),"
            " txid_snapshot_xmin(now), txid_snapshot_xmax(now) FROM txid_current_snapshot() AS now"
        )
        return Snapshot(*cursor.fetchone())


class ChangeQuerySet(models.QuerySet["Change"]):
    def after(self, transaction: int, change: int) -> Self:
        later = self.filter(transaction__gte=transaction)
        return later.exclude(transaction=transaction, id__lte=change)

    def settled(self, at: Snapshot) -> Self:
        return self.filter(transaction__lt=at.settled)
