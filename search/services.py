from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from search.models import Change, LogStart
from search.querysets import snapshot


def mark_changed(source: str, object_ids: Iterable[int]) -> None:
    """Tell every machine's index that these rows were written. Call inside their transaction."""
    Change.objects.bulk_create(
        [Change(source=source, object_id=object_id) for object_id in object_ids], batch_size=1000
    )


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
