"""At night a telephone stays silent."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")


def earliest(at: datetime, quiet_from: int, quiet_until: int) -> datetime:
    """`at`, or the end of the quiet hours it falls into.

    The hours are Shanghai's, `quiet_from` inclusive and `quiet_until` exclusive; from 22 until 8
    reaches over midnight, and two equal hours mean that no hour is quiet.
    """
    local = at.astimezone(SHANGHAI)
    into_the_night = (local.hour - quiet_from) % 24
    night = (quiet_until - quiet_from) % 24
    if into_the_night >= night:
        return at
    hour = local.replace(minute=0, second=0, microsecond=0)
    return hour + timedelta(hours=night - into_the_night)
