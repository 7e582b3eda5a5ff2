"""By which ways somebody is told, and how far a notice has come."""

from enum import StrEnum


class Channel(StrEnum):
    EMAIL = "email"
    SMS = "sms"
    INBOX = "inbox"


class State(StrEnum):
    """Nothing in doubt is ever sent again by itself: somebody decides, who can ask."""

    WAITING = "waiting"
    # Given to the server, whose answer is not recorded yet.
    HANDED_OVER = "handed_over"
    SENT = "sent"
    # Refused, or tried too often.
    DEAD = "dead"
    # Handed over by a process that never came back: it may have arrived.
    IN_DOUBT = "in_doubt"
    # Its recipient left before it went out.
    STOPPED = "stopped"


# Sent again only because somebody says so.
UNSENT_FOR_GOOD = (State.DEAD, State.IN_DOUBT)
