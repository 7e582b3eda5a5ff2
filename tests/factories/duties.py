"""Duties as they come about: through the service, with what their clock counts."""

from datetime import UTC, date, datetime
from typing import Any

from agencies.models import Agency
from deadlines.models import Duty
from deadlines.rules.events import Channel, Event, EventKind
from deadlines.services.duties import Actor, open_duty
from tests.factories.agencies import AgencyFactory
from tests.factories.disclosure import DocumentFactory

OPENED = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
CLERK = Actor("test", OPENED)


def received(on: str, channel: Channel = Channel.IN_PERSON) -> Event:
    return Event(EventKind.RECEIVED, date.fromisoformat(on), channel=channel)


def owed(
    body: Agency | None = None, *, on: str = "2026-03-02", rule: str = "reply", **more: Any
) -> Duty:
    """Something received on that day must be answered."""
    body = body or AgencyFactory()
    subject = more.pop("subject", None) or DocumentFactory(agency=body)
    return open_duty(
        rule=rule,
        body=body,
        subject=subject,
        title=more.pop("title", f"答复{subject.title}"),
        events=[received(on), *more.pop("events", ())],
        by=CLERK,
        **more,
    )


def at(day: str, time: str = "08:00") -> datetime:
    """That time in Shanghai."""
    return datetime.fromisoformat(f"{day}T{time}:00+08:00")
