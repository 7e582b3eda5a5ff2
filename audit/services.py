from datetime import datetime

from audit.models import Entry


def record(  # noqa: PLR0913  who did what to what, when, and how
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
