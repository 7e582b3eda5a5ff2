from datetime import datetime

from audit.services import record
from disclosure.models import Document


def note(
    action: str, document: Document, *, by: str, at: datetime, details: dict[str, object]
) -> None:
    """Enter in the trail what was done to a document. In the transaction that does it."""
    record(
        action=action,
        actor=by,
        subject_type="document",
        subject_id=str(document.pk),
        at=at,
        details=details,
    )
