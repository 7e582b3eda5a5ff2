"""What the catalogue owes when bodies change their place in the tree."""

from collections.abc import Sequence
from datetime import datetime

from disclosure.models import Document
from search.services import mark_changed

BATCH = 1_000


def bodies_moved(agency_ids: Sequence[int], *, at: datetime) -> None:  # noqa: ARG001  asked by AFTER_BODIES_MOVED
    """Count the bodies' documents under the new ones above them. In the move's transaction."""
    of_them = Document.objects.publishable().filter(agency__in=agency_ids).order_by("pk")
    batch: list[int] = []
    for pk in of_them.values_list("pk", flat=True).iterator(chunk_size=BATCH):
        batch.append(pk)
        if len(batch) == BATCH:
            mark_changed("document", batch)
            batch = []
    mark_changed("document", batch)
