"""A due date as a file for anybody's calendar (RFC 5545)."""

import hashlib
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from deadlines import wording
from deadlines.rules.clock import Reading


def calendar_file(
    reading: Reading, *, query: str, address: str, domain: str, at: datetime
) -> bytes:
    """One event on the whole of the last day; the same question gives the same event.

    Raises ValueError while there is no due date.
    """
    if reading.due_on is None:
        raise ValueError(reading)
    name = wording.rule_name(reading.rule.name)
    event = Event()
    event.add("uid", f"{hashlib.sha256(query.encode()).hexdigest()[:32]}@{domain}")
    event.add("dtstamp", at)
    event.add("dtstart", reading.due_on)
    event.add("dtend", reading.due_on + timedelta(days=1))
    told = _("%(rule)s: last day (provisional)") if reading.provisional else _("%(rule)s: last day")
    event.add("summary", told % {"rule": name})
    event.add("description", "\n".join((*wording.bases(reading), address)))
    event.add("url", address)
    event.add("status", "TENTATIVE" if reading.provisional else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    calendar = Calendar()
    calendar.add("prodid", "-//gongkai//deadline//ZH")
    calendar.add("version", "2.0")
    calendar.add_component(event)
    file: bytes = calendar.to_ical()
    return file
