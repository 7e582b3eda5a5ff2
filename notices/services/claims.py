"""In whose hands a notice is. Each step holds only for whoever claimed the notice last.

One that waits is claimed for NOTICE_LEASE_SECONDS; a process that dies gives it back by its
silence. Just before it would leave us it is marked as handed over, and from there it never
returns to waiting unless the server said no.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import uuid4

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from audit.services import record
from notices.models import Notice
from notices.rules.messages import Channel, State
from notices.rules.retries import DELAYS, UNTIL_REACHABLE, Failure, next_attempt
from notices.services.timing import earliest

HELD = (State.WAITING, State.HANDED_OVER, State.IN_DOUBT)
FREE = {"claim": None, "claimed_until": None}


class LostClaimError(Exception):
    """Another has it by now, or nobody shall: keep it back."""


# Durable: a claim inside another transaction would be a secret.
@transaction.atomic(durable=True)
def claim(channels: Iterable[Channel], *, at: datetime) -> Notice | None:
    """Take the notice that is longest due into our hands; those another is taking are passed by."""
    due = Notice.objects.due(at, channels).select_for_update(skip_locked=True)
    notice = due.first()
    if notice:
        notice.claim, notice.claimed_until = uuid4(), at + _lease()
        notice.attempts += 1
        notice.save(update_fields=["claim", "claimed_until", "attempts"])
    return notice


def hand_over(notice: Notice, *, at: datetime) -> None:
    """The last thing before it leaves us, in a statement of its own. Raises LostClaimError."""
    mine = Notice.objects.held_by(notice).filter(state=State.WAITING)
    if not mine.update(state=State.HANDED_OVER, next_attempt_at=None, claimed_until=at + _lease()):
        raise LostClaimError
    notice.state = State.HANDED_OVER


def note_sent(notice: Notice, *, at: datetime) -> None:
    """Also where somebody thought by now that we had died: the server's word settles it."""
    handed_over = Notice.objects.held_by(notice).filter(state__in=HELD)
    handed_over.update(state=State.SENT, sent_at=at, next_attempt_at=None, last_error="", **FREE)


def note_failure(notice: Notice, failure: Failure, reason: str, *, at: datetime) -> State:
    """The state it is in now: to be tried again, dead, or in doubt."""
    after, again = _after(notice, failure, at)
    if failure is Failure.UNREACHABLE:
        notice.attempts -= 1
    mine = Notice.objects.held_by(notice).filter(state__in=HELD)
    # Forgotten while it was with the server: there is nowhere to send it to any more.
    mine.filter(address="").update(state=State.STOPPED, next_attempt_at=None, **FREE)
    mine.update(
        state=after, attempts=notice.attempts, next_attempt_at=again, last_error=reason, **FREE
    )
    return after


def settle_abandoned(*, at: datetime) -> int:
    """What a process left behind when it died after handing over; how many are in doubt.

    The claim stays, so that one that only was slow can still say how it went. What was not yet
    handed over is free by itself; but where one process after another died of it, that ends.
    """
    abandoned = Notice.objects.abandoned(at)
    abandoned.filter(state=State.WAITING, attempts__gt=len(DELAYS)).update(
        state=State.DEAD,
        next_attempt_at=None,
        last_error=_("Each process that tried to send it ended before it was sent."),
        **FREE,
    )
    return abandoned.filter(state=State.HANDED_OVER).update(
        state=State.IN_DOUBT,
        last_error=_("The process ended before the server’s answer was recorded."),
    )


@transaction.atomic
def send_again(notices: Iterable[Notice], *, actor: str, at: datetime) -> int:
    """Somebody decided that the dead and the doubtful among these go out after all."""
    keys = [notice.pk for notice in notices]
    rows = Notice.objects.undecided().filter(pk__in=keys).order_by("pk").select_for_update()
    for row in rows:
        record(
            action="notice.sent_again",
            actor=actor,
            subject_type="notice",
            subject_id=str(row.pk),
            at=at,
            details={"was": row.state, "key": row.key},
        )
        row.state, row.attempts, row.last_error = State.WAITING, 0, ""
        row.next_attempt_at = earliest(Channel(row.channel), at)
        row.claim = row.claimed_until = None
        row.save()
    return len(rows)


def _after(notice: Notice, failure: Failure, at: datetime) -> tuple[State, datetime | None]:
    if failure is Failure.UNKNOWN:
        if notice.state == State.HANDED_OVER:
            return State.IN_DOUBT, None
        failure = Failure.TEMPORARY  # the connection broke before anything was given away
    again = None
    if failure is Failure.UNREACHABLE:
        again = at + UNTIL_REACHABLE
    elif failure is Failure.TEMPORARY:
        again = next_attempt(notice.attempts, at)
    if again is None:
        return State.DEAD, None
    return State.WAITING, earliest(Channel(notice.channel), again)


def _lease() -> timedelta:
    return timedelta(seconds=settings.NOTICE_LEASE_SECONDS)
