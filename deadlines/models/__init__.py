from deadlines.models.calendar import CalendarDay, LocalTerm, Revision, SpecialDayKind
from deadlines.models.duties import (
    Duty,
    DutyEvent,
    DutyState,
    DutyWaiting,
    FeedKey,
)

__all__ = [
    "CalendarDay",
    "Duty",
    "DutyEvent",
    "DutyState",
    "DutyWaiting",
    "FeedKey",
    "LocalTerm",
    "Revision",
    "SpecialDayKind",
]
