"""After the calendar or a local term changed: every open duty is read anew, once a version.

A duty carries the version it was read by, so work is found by state: a run that was missed,
doubled or killed half-way is finished by the next.
"""

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from audit.services import Note, record_all
from deadlines.models import Duty, Revision
from deadlines.rules.events import ClockError
from deadlines.selectors.calendars import version
from deadlines.selectors.duties import reading_of
from deadlines.services import telling
from deadlines.services.duties import apply_reading
from deadlines.services.telling import Directory
from notices.services.posting import Post, post_all

log = logging.getLogger(__name__)

BATCH = 500
ACTOR = "task:recompute"
_CACHE = (
    "starts_on",
    "due_on",
    "due_at",
    "waiting_for",
    "provisional",
    "reminded_left",
    "escalated_after",
    "overdue_since",
    "overdue_noted_at",
)


@dataclass
class Recomputed:
    read: int = 0
    moved: int = 0


def recompute(*, at: datetime) -> Recomputed:
    """Bring every open duty to the newest version; closed ones never move."""
    done = Recomputed()
    target = version()
    source = _source(target)
    directory = Directory()
    while _batch(target, source, directory, done, at=at):
        pass
    return done


@transaction.atomic
def _batch(
    target: int, source: str, directory: Directory, done: Recomputed, *, at: datetime
) -> bool:
    """Was there anything to do?"""
    behind = Duty.objects.behind(target).select_for_update(skip_locked=True, of=("self",))
    duties = list(behind.select_related("body").prefetch_related("events").order_by("pk")[:BATCH])
    if not duties:
        return False
    notes: list[Note] = []
    moves: list[tuple[Duty, date | None]] = []
    changed: list[Duty] = []
    for duty in duties:
        before, was_provisional = duty.due_on, duty.provisional
        moved = _reread(duty, target, at=at)
        if moved or duty.provisional != was_provisional:
            changed.append(duty)
        if moved:
            notes.append(_note(duty, before, source))
            moves.append((duty, before))
    # Most dates stay as they are.
    Duty.objects.filter(pk__in=[duty.pk for duty in duties]).update(version=target)
    Duty.objects.bulk_update(changed, _CACHE)
    record_all(notes, at=at)
    directory.learn(duty for duty, _before in moves)
    post_all(_posts(moves, directory, source), at=at)
    done.read += len(duties)
    done.moved += len(notes)
    return True


def _posts(
    moves: Iterable[tuple[Duty, date | None]], directory: Directory, source: str
) -> Iterator[Post]:
    for duty, before in moves:
        yield from telling.moved(duty, directory, before=before, source=source)


def _reread(duty: Duty, target: int, *, at: datetime) -> bool:
    """Did its date move?"""
    try:
        reading = reading_of(duty, at_version=target)
    except ClockError:
        # It keeps its date: one that cannot be read must not hold up all the others.
        log.exception("Duty %s cannot be read", duty.pk)
        return False
    return apply_reading(duty, reading, at_version=target, at=at)


def _note(duty: Duty, before: date | None, source: str) -> Note:
    details: dict[str, object] = {
        "due": [before, duty.due_on],
        "calendar_version": duty.version,
        "source": source,
    }
    return Note("duty.moved", ACTOR, "duty", str(duty.pk), details)


def _source(target: int) -> str:
    """The newest revision, in the words people know it by."""
    newest = Revision.objects.filter(pk=target).first()
    return str(newest) if newest else ""
