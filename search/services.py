from collections.abc import Iterable
from datetime import datetime

from django.db import connection, transaction
from django.db.models import Max

from search.models import Change, LogStart
from search.querysets import snapshot


def mark_changed(source: str, object_ids: Iterable[int]) -> None:
    """Tell every machine's index that these rows were written. Call inside their transaction."""
    ids = list(object_ids)
    if not ids:
        return
    # In SQL, because the ORM spells the two database defaults out again for every row.
    with connection.cursor() as cursor:
        cursor.execute(_NOTE, [source, ids])


_NOTE = f"""
    INSERT INTO {Change._meta.db_table} (source, object_id) SELECT %s, unnest(%s::bigint[])
"""


@transaction.atomic
def prune(*, before: datetime) -> int:
    """Shorten the log; how many entries went. An index that was further behind is rebuilt."""
    old = Change.objects.settled(snapshot()).filter(at__lt=before)
    last = old.aggregate(last=Max("transaction"))["last"]
    if last is None:
        return 0
    start, _made = LogStart.objects.get_or_create(pk=LogStart.ONLY, defaults={"transaction": last})
    start.transaction = max(start.transaction, last)
    start.save()
    gone, _by_model = old.delete()
    return gone
