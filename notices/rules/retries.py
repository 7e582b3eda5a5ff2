"""What becomes of a notice that could not be sent."""

from datetime import datetime, timedelta
from enum import StrEnum

# After each attempt that failed; after one more there are no others.
DELAYS = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=25),
    timedelta(hours=2),
    timedelta(hours=12),
)
# A server that is down is asked again soon: no notice has failed by that.
UNTIL_REACHABLE = timedelta(minutes=1)


class Failure(StrEnum):
    """How sending failed; only UNKNOWN leaves open whether it arrived."""

    # The server takes nothing from us, whatever the notice.
    UNREACHABLE = "unreachable"
    # It did not take this one, and may later.
    TEMPORARY = "temporary"
    # It never will.
    PERMANENT = "permanent"
    UNKNOWN = "unknown"


def next_attempt(attempts: int, at: datetime) -> datetime | None:
    """When to try again after so many attempts, the last of them at `at`; None: never."""
    return at + DELAYS[attempts - 1] if attempts <= len(DELAYS) else None


def failure_of_reply(code: int) -> Failure:
    """What an SMTP server's refusal means (RFC 5321, 4.2.1)."""
    kinds = {4: Failure.TEMPORARY, 5: Failure.PERMANENT}
    return kinds.get(code // 100, Failure.UNKNOWN)
