from datetime import datetime

from django.conf import settings

from notices.rules import quiet_hours
from notices.rules.messages import Channel


def earliest(channel: Channel, at: datetime) -> datetime:
    """`at`, or later where at that hour the channel would wake somebody up."""
    if channel != Channel.SMS:
        return at
    return quiet_hours.earliest(at, settings.SMS_QUIET_FROM, settings.SMS_QUIET_UNTIL)


def may_send(channel: Channel, at: datetime) -> bool:
    return earliest(channel, at) == at
