from datetime import datetime

from audit.models import Entry


def record(
    *,
    action: str,
    actor: str,
    subject_type: str,
    subject_id: str,
    at: datetime,
    details: dict[str, object] | None = None,
) -> Entry:
    """Append to the trail. Call inside the transaction of what it records."""
    raise NotImplementedError
