"""Writing into the outbox and taking out of it, always in the transaction of the cause."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from audit.services import record
from notices.models import Notice
from notices.rules.messages import UNSENT_FOR_GOOD, Channel, State
from notices.services.timing import earliest

BATCH = 1000


@dataclass(frozen=True, slots=True)
class Recipient:
    """`key` is a pseudonym that outlives the person, `user:7`; empty for one without account."""

    key: str
    email: str = ""
    phone: str = ""
    language: str = "zh-hans"


@dataclass(frozen=True, slots=True)
class Post:
    """What to tell whom.

    `message` names the templates notices/<message>.subject.txt and notices/<message>.txt. The
    same `key` goes out once by each channel, however often it is posted. `context` is JSON;
    dates in it may be ISO texts, and `url`, where it has one, is a path.
    """

    message: str
    to: Recipient
    key: str
    context: Mapping[str, object]
    channels: tuple[Channel, ...] = (Channel.INBOX, Channel.EMAIL)


def post(post: Post, *, at: datetime) -> int:
    return post_all([post], at=at)


def post_all(posts: Iterable[Post], *, at: datetime) -> int:
    """How many rows were written: not those that were there, nor those without an address."""
    rows = [row for post in posts for row in _rows(post, at)]
    # Two who post the same keys, each in another order, would wait for each other for ever.
    rows.sort(key=lambda row: (row.key, row.channel))
    return sum(_write(rows[n : n + BATCH]) for n in range(0, len(rows), BATCH))


@transaction.atomic
def forget(key: str, *, actor: str, at: datetime) -> int:
    """An account was closed: what it was told is erased, what waits is stopped. How many rows.

    Raises ValueError for the empty key, which is everybody without an account.
    """
    if not key:
        raise ValueError("whom to forget must have a key")
    theirs = Notice.objects.filter(recipient=key)
    # Whoever is sending one of these at this moment finds that it is no longer theirs to send.
    theirs.filter(state__in=(State.WAITING, *UNSENT_FOR_GOOD)).update(
        state=State.STOPPED, next_attempt_at=None, claim=None, claimed_until=None
    )
    erased = theirs.exclude(address="", context={}).update(address="", context={}, last_error="")
    if erased:
        record(
            action="notices.forgotten",
            actor=actor,
            subject_type="notices.recipient",
            subject_id=key,
            at=at,
            details={"count": erased},
        )
    return erased


def _rows(post: Post, at: datetime) -> Iterable[Notice]:
    for channel in post.channels:
        address = _address(post.to, channel)
        if channel == Channel.INBOX:
            if post.to.key:
                yield _row(post, channel, "", at, state=State.SENT, sent_at=at)
        elif address:
            due = earliest(channel, at)
            yield _row(post, channel, address, at, state=State.WAITING, next_attempt_at=due)


def _address(to: Recipient, channel: Channel) -> str:
    return {Channel.EMAIL: to.email, Channel.SMS: to.phone, Channel.INBOX: ""}[channel]


def _row(post: Post, channel: Channel, address: str, at: datetime, **state: object) -> Notice:
    return Notice(
        channel=channel,
        recipient=post.to.key,
        address=address,
        language=post.to.language,
        message=post.message,
        context=dict(post.context),
        key=post.key,
        created_at=at,
        **state,
    )


def _write(rows: list[Notice]) -> int:
    Notice.objects.bulk_create(rows, ignore_conflicts=True)
    # The database does not say which rows it took; their numbers, known to us alone, do.
    return Notice.objects.filter(pk__in=[row.pk for row in rows]).count()
