"""Where people can read what is public without a computer (Regulation Art 25)."""

from datetime import datetime
from typing import TypedDict, Unpack

from django.db import transaction

from agencies.models import Agency, ReadingPlace
from audit.services import record


class Particulars(TypedDict):
    kind: str
    name: str
    address: str
    hours: str
    phone: str


@transaction.atomic
def keep(
    place: ReadingPlace | None,
    *,
    agency: Agency,
    at: datetime,
    actor: str,
    **particulars: Unpack[Particulars],
) -> ReadingPlace:
    """Add a reading place, or change one."""
    kept = place or ReadingPlace(agency=agency)
    for name, value in particulars.items():
        setattr(kept, name, value)
    kept.full_clean()
    kept.save()
    _note("agency.reading_place_kept", kept, at=at, actor=actor)
    return kept


@transaction.atomic
def give_up(place: ReadingPlace, *, at: datetime, actor: str) -> None:
    _note("agency.reading_place_given_up", place, at=at, actor=actor)
    place.delete()


def _note(action: str, place: ReadingPlace, *, at: datetime, actor: str) -> None:
    record(
        action=action,
        actor=actor,
        subject_type="agency",
        subject_id=str(place.agency_id),
        at=at,
        details={"name": place.name, "address": place.address},
    )
