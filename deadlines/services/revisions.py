"""A change of what dates are computed from: one at a time, each with its entry in the trail."""

from datetime import datetime

from celery import signature
from django.db import connection, transaction

from audit.services import record
from deadlines.models import Revision

ONE_REVISION_AT_A_TIME = 7_116_003  # the advisory lock
RECOMPUTE = "deadlines.tasks.recompute"


def wait_for_turn() -> None:
    """Until the transaction ends nobody else makes a revision, so versions commit in order.

    Whoever computed by version 8 may rely on 7 being complete.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_REVISION_AT_A_TIME])


def begin(revision: Revision) -> Revision:
    """Call in the transaction of what it changes, after `wait_for_turn`.

    Raises ValidationError by field.
    """
    revision.full_clean()
    revision.save(force_insert=True)
    return revision


def conclude(
    revision: Revision, *, action: str, at: datetime, actor: str, details: dict[str, object]
) -> None:
    record(
        action=action,
        actor=actor,
        subject_type="calendar",
        subject_id=str(revision.pk),
        at=at,
        details={"title": revision.title, "region": revision.region, **details},
    )
    transaction.on_commit(ask_to_recompute, robust=True)


def ask_to_recompute() -> None:
    """By its name, for tasks stand above services.

    What it does is found by state: a broker that is down delays the new dates until the next
    sweep, and spoils nothing.
    """
    signature(RECOMPUTE).apply_async(retry=False, ignore_result=True)
