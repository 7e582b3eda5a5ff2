"""What people are told about duties: one post a person, with a key that is never used twice."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from deadlines.bodies import People, people_of
from deadlines.models import Duty
from deadlines.rules.calendar import WorkCalendar
from notices.rules.messages import Channel
from notices.services.posting import Post, Recipient

EVERY_WAY = (Channel.INBOX, Channel.EMAIL, Channel.SMS)


class Directory:
    """Who is to be told, looked up once a body."""

    def __init__(self) -> None:
        self._known: dict[int, People] = {}

    def learn(self, duties: Iterable[Duty]) -> None:
        """A few queries for all bodies that are new."""
        new = {duty.body_id for duty in duties} - self._known.keys()
        if new:
            found = people_of(new)
            self._known |= {pk: found.get(pk, People()) for pk in new}

    def of(self, duty: Duty) -> People:
        return self._known[duty.body_id]


def reminders(
    duties: Iterable[Duty], directory: Directory, *, on: date, calendar: WorkCalendar
) -> Iterator[Post]:
    for duty in duties:
        left = calendar.working_days_between(on, _due(duty))
        for person in directory.of(duty).nearest:
            key = f"{duty.due_on}:{duty.reminded_left}"
            yield _post(duty, "due_soon", person, key, {"left": left})


def overdue(
    duties: Iterable[Duty], directory: Directory, *, on: date, calendar: WorkCalendar
) -> Iterator[Post]:
    for duty in duties:
        late = calendar.working_days_between(_due(duty), on)
        for person in directory.of(duty).nearest:
            yield _post(duty, "overdue", person, str(duty.due_on), {"late": late})


def escalations(
    duties: Iterable[Duty], directory: Directory, *, on: date, calendar: WorkCalendar
) -> Iterator[Post]:
    for duty in duties:
        late = calendar.working_days_between(_due(duty), on)
        for person in directory.of(duty).supervisors:
            key = f"{duty.due_on}:{duty.escalated_after}"
            yield _post(duty, "escalated", person, key, {"late": late}, EVERY_WAY)


def moved(duty: Duty, directory: Directory, *, before: date | None, source: str) -> Iterator[Post]:
    """The calendar moved the due date."""
    for person in directory.of(duty).nearest:
        context = {
            "before": before and before.isoformat(),
            "after": duty.due_on and duty.due_on.isoformat(),
            "source": source,
            "version": duty.version,
        }
        yield _post(duty, "due_moved", person, str(duty.version), context)


def _post(
    duty: Duty,
    message: str,
    to: Recipient,
    key: str,
    more: Mapping[str, object],
    channels: tuple[Channel, ...] = (Channel.INBOX, Channel.EMAIL),
) -> Post:
    context = {
        "title": duty.title,
        "rule": duty.rule,
        "body": str(duty.body),
        "due_on": duty.due_on and duty.due_on.isoformat(),
        "provisional": duty.provisional,
        "url": f"/admin/deadlines/duty/{duty.pk}/change/",
        **more,
    }
    whom = to.key or to.email or to.phone
    return Post(message, to, f"duty:{duty.pk}:{message}:{key}:{whom}", context, channels)


def _due(duty: Duty) -> date:
    if duty.due_on is None:
        raise ValueError(f"duty {duty.pk} is not due on any day")
    return duty.due_on
