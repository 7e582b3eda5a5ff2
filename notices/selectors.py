"""What the inbox asks."""

from uuid import UUID

from notices.models import Notice
from notices.querysets import NoticeQuerySet


def inbox(key: str) -> NoticeQuerySet:
    """The notices of whoever has this key, the newest first; of nobody's key, none."""
    return Notice.objects.inbox_of(key).newest_first()


def in_inbox(key: str, notice_id: UUID) -> Notice | None:
    """Only one's own: another's notice is as if it were not there."""
    return Notice.objects.inbox_of(key).filter(pk=notice_id).first()


def unread_count(key: str) -> int:
    return Notice.objects.inbox_of(key).unread().count()
