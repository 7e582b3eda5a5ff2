"""Keys to the calendar feed of what a body owes. The secret is shown once and kept as a hash."""

import secrets
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.db.models import Q

from audit.services import record
from deadlines.models import FeedKey

# Calendars ask every few minutes; a day is exact enough to see which key is forgotten.
_NOTED_EVERY = timedelta(days=1)


def digest_of(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()


@transaction.atomic
def make(*, body: Any, user: Any, at: datetime) -> str:
    """The secret part of the address. The person's former key for this body stops working."""
    former = FeedKey.objects.filter(body=body, user=user, revoked_at=None)
    former.update(revoked_at=at)
    secret = secrets.token_urlsafe(32)
    key = FeedKey.objects.create(body=body, user=user, digest=digest_of(secret), made_at=at)
    _note("feed_key.made", key, at=at)
    return secret


@transaction.atomic
def revoke(key: FeedKey, *, at: datetime) -> None:
    if FeedKey.objects.filter(pk=key.pk, revoked_at=None).update(revoked_at=at):
        _note("feed_key.revoked", key, at=at)


def note_use(key: FeedKey, *, at: datetime) -> None:
    stale = Q(used_at=None) | Q(used_at__lt=at - _NOTED_EVERY)
    FeedKey.objects.filter(stale, pk=key.pk).update(used_at=at)


def _note(action: str, key: FeedKey, *, at: datetime) -> None:
    record(
        action=action,
        actor=f"user:{key.user_id}",
        subject_type="feed_key",
        subject_id=str(key.pk),
        at=at,
        details={"body": key.body_id},
    )
