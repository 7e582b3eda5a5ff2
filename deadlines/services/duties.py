"""The life of a duty: opened, told what happened, met or lapsed. Call inside a transaction.

Whoever records a fact gets back what the clock then shows, or the refusal with its reason.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from audit.services import record
from deadlines import wording
from deadlines.models import Duty, DutyEvent
from deadlines.rules.clock import Reading, Waiting
from deadlines.rules.dates import day_of
from deadlines.rules.duties import State
from deadlines.rules.events import ClockError, Event, EventKind
from deadlines.rules.regions import shortened
from deadlines.selectors.calendars import version
from deadlines.selectors.duties import reading_of


@dataclass(frozen=True, slots=True)
class Actor:
    """Who records it, as the audit trail names them, and when."""

    name: str
    at: datetime


@transaction.atomic
def open_duty(  # noqa: PLR0913  what somebody must do, and why, is this many facts
    *,
    rule: str,
    body: Any,
    subject: Model,
    title: str,
    events: list[Event],
    by: Actor,
    reference: str = "",
) -> Duty:
    """A body must act. `events` hold at least what the term runs from.

    Opened already, for the same rule, subject and reference: that one is returned as it is.
    Raises ValidationError for events that cannot be.
    """
    kind = ContentType.objects.get_for_model(subject)
    known = Duty.objects.open().filter(
        rule=rule, content_type=kind, object_id=subject.pk, reference=reference
    )
    open_already: Duty | None = known.select_for_update(of=("self",)).first()
    if open_already:
        return open_already
    duty = Duty(
        rule=rule,
        body=body,
        region=shortened(body.division_code),
        title=title,
        content_type=kind,
        object_id=subject.pk,
        reference=reference,
        opened_at=by.at,
        waiting_for=Waiting.CONFIRMATION,  # until its events are read
        version=0,
    )
    duty.save(force_insert=True)
    DutyEvent.objects.bulk_create(_row(duty, event, by) for event in events)
    reading = _refresh(duty, at=by.at, new=True)
    note("duty.opened", duty, by=by, details={"rule": rule, "due": _shown(reading)})
    return duty


@transaction.atomic
def record_event(duty: Duty, event: Event, *, by: Actor) -> Reading:
    """Something happened that its clock counts.

    Raises ValidationError, with the reason, where the duty is closed or the law does not allow
    it: an extension that is too long, too late or the second.
    """
    current = _locked(duty)
    DutyEvent.objects.create(**_columns(current, event, by))
    before = current.due_on
    reading = _refresh(current, at=by.at, new=event.kind == EventKind.EXTENDED)
    note(
        "duty.event",
        current,
        by=by,
        details={
            "event": event.kind,
            "on": event.on,
            "days": event.days,
            "due": [before, _shown(reading)],
        },
    )
    return reading


@transaction.atomic
def strike_event(row: DutyEvent, *, because: str, by: Actor) -> Reading:
    """It was recorded wrongly. It stays, struck out, and the clock is read without it."""
    current = _locked(row.duty)
    struck = DutyEvent.objects.filter(pk=row.pk, struck_at=None).update(
        struck_at=by.at, struck_because=because
    )
    if not struck:
        raise ValidationError(_("This entry was struck out already."))
    before = current.due_on
    reading = _refresh(current, at=by.at)
    details: dict[str, object] = {
        "event": row.kind,
        "on": row.on,
        "because": because,
        "due": [before, _shown(reading)],
    }
    note("duty.event_struck", current, by=by, details=details)
    return reading


@transaction.atomic
def meet(duty: Duty, *, evidence: str, by: Actor, with_object: Model | None = None) -> Duty:
    """It was done, late or in time; `evidence` says by what. Met already: nothing changes."""
    return _close(duty, State.MET, evidence, by, with_object)


@transaction.atomic
def lapse(duty: Duty, *, because: str, by: Actor) -> Duty:
    """It is owed no longer: withdrawn, abandoned, taken over."""
    return _close(duty, State.LAPSED, because, by, None)


def _close(duty: Duty, state: State, evidence: str, by: Actor, with_object: Model | None) -> Duty:
    current: Duty = Duty.objects.select_for_update(of=("self",)).get(pk=duty.pk)
    if current.state != State.OPEN:
        return current
    current.state = state
    current.closed_at = by.at
    current.evidence = evidence
    if with_object:
        current.evidence_type = ContentType.objects.get_for_model(with_object)
        current.evidence_id = with_object.pk
    current.save()
    details: dict[str, object] = {"evidence": evidence, "due": current.due_on}
    note(f"duty.{state}", current, by=by, details=details)
    return current


def apply_reading(duty: Duty, reading: Reading, *, at_version: int, at: datetime) -> bool:
    """Write what the clock shows into the duty's cache; did the due moment change?

    A date that moved is reminded of anew; an overdue mark stands while it is true.
    """
    moved = duty.due_at != reading.due_at
    duty.starts_on = reading.starts_on
    duty.due_on = reading.due_on
    duty.due_at = reading.due_at
    duty.waiting_for = reading.waiting_for or ""
    duty.provisional = reading.provisional
    duty.version = at_version
    if moved:
        duty.reminded_left = None
        if not reading.is_overdue(at):
            duty.escalated_after = duty.overdue_noted_at = None
        duty.overdue_since = first_day_late(duty) if duty.overdue_noted_at else None
    return moved


def first_day_late(duty: Duty) -> date | None:
    """The day on which its first moment too late falls; None while it waits."""
    return day_of(duty.due_at) if duty.due_at else None


def note(action: str, duty: Duty, *, by: Actor, details: dict[str, object]) -> None:
    record(
        action=action,
        actor=by.name,
        subject_type="duty",
        subject_id=str(duty.pk),
        at=by.at,
        details=details,
    )


def _locked(duty: Duty) -> Duty:
    """Raises ValidationError for a duty that is closed: its clock has stopped."""
    current: Duty = Duty.objects.select_for_update(of=("self",)).get(pk=duty.pk)
    if current.state != State.OPEN:
        raise ValidationError(_("This is closed; nothing more is counted."), code="closed")
    return current


def _refresh(duty: Duty, *, at: datetime, new: bool = False) -> Reading:
    """`new`: an extension among its events is only now recorded, and must have come in time.

    Raises ValidationError where the events cannot be.
    """
    asked = version()  # once: a notice entered meanwhile must find this duty behind it
    try:
        reading = reading_of(duty, at_version=asked, recorded=not new)
    except ClockError as error:
        raise ValidationError(wording.refusal(error), code=error.reason.name) from error
    apply_reading(duty, reading, at_version=asked, at=at)
    duty.save()
    return reading


def _shown(reading: Reading) -> date | str:
    return reading.due_on or f"waits for {reading.waiting_for}"


def _row(duty: Duty, event: Event, by: Actor) -> DutyEvent:
    return DutyEvent(**_columns(duty, event, by))


def _columns(duty: Duty, event: Event, by: Actor) -> dict[str, Any]:
    received = event.kind == EventKind.RECEIVED
    of_letter = event.kind in {EventKind.CONSULTED, EventKind.DELIVERED, EventKind.ANSWERED}
    return {
        "duty": duty,
        "kind": event.kind,
        "on": event.on,
        "at": event.at,
        "channel": event.channel if received else "",
        "party": event.party if of_letter else "",
        "reference": event.ref,
        "days": event.days,
        "recorded_at": by.at,
        "recorded_by": by.name,
    }
