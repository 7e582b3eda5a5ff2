from datetime import datetime

from notices.models import Notice


def mark_read(notice: Notice, *, at: datetime) -> None:
    """Once: the first time counts."""
    Notice.objects.filter(pk=notice.pk).unread().update(read_at=at)


def mark_all_read(key: str, *, at: datetime) -> int:
    return Notice.objects.inbox_of(key).unread().update(read_at=at)
