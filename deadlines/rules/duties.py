"""What becomes of a duty, and when the people it concerns are told."""

from enum import StrEnum


class State(StrEnum):
    OPEN = "open"
    MET = "met"
    LAPSED = "lapsed"  # withdrawn, abandoned, or taken over by another duty


# Working days left at which a body's officials are told, the most pressing first.
REMIND_AT = (0, 2, 5)
# Working days overdue after which the supervisors above are told, the longest first.
ESCALATE_AFTER = (10, 5, 1)
