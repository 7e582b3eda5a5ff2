from collections.abc import Iterable

from search.models import Change


def mark_changed(source: str, object_ids: Iterable[int]) -> None:
    """Tell every machine's index that these rows were written. Call inside their transaction."""
    Change.objects.bulk_create(
        [Change(source=source, object_id=object_id) for object_id in object_ids], batch_size=1000
    )
