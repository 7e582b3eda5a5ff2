"""What an answer about a document is made of, told in one short query: enough to say 304."""

from datetime import datetime
from typing import Any

from django.db.models import Count, Max, Q

from disclosure.models import Document
from disclosure.rules.vocabulary import Publicity

_SHOWN = (
    "pk",
    "updated_at",
    "published_at",
    "agency__code",
    "agency__name",
    "topic__code",
    "topic__name",
    "interprets__updated_at",
    "interprets__published_at",
)
_COUNTED = ("files", "readings", "reading_updated_at", "reading_published_at")


def document_state(index_number: str, *, at: datetime) -> dict[str, Any] | None:
    """None where nothing public has the number. Changes whenever the answer would."""
    public = Q(
        interpretations__published_at__lte=at, interpretations__publicity=Publicity.PROACTIVE
    )
    state = (
        Document.objects.public(at)
        .filter(index_number=index_number)
        .annotate(
            files=Count("attachments", distinct=True),
            readings=Count("interpretations", filter=public, distinct=True),
            reading_updated_at=Max("interpretations__updated_at", filter=public),
            reading_published_at=Max("interpretations__published_at", filter=public),
        )
        .values(*_SHOWN, *_COUNTED)
        .order_by()
        .first()
    )
    if state is None:
        return None
    interpreted_at = state["interprets__published_at"]
    # What will be public later must not announce itself, and counts once its time has come.
    if interpreted_at is None or interpreted_at > at:
        state.update(interprets__published_at=None, interprets__updated_at=None)
    return dict(state)


def last_modified(state: dict[str, Any]) -> datetime:
    return max(value for value in state.values() if isinstance(value, datetime))
