"""Bringing the demonstration into an empty portal, through the same services as anything real."""

import hashlib
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from django.conf import settings
from django.db import transaction

from accounts.models import User
from accounts.services import create_confirmed
from agencies.models import Agency, ReadingPlace
from agencies.services import reading_places
from agencies.services.bodies import Particulars, revise
from agencies.services.importing import import_agencies
from agencies.services.memberships import appoint
from audit.models import Entry
from audit.services import record
from deadlines.services.sweeping import sweep
from disclosure.services.intake import import_rows
from disclosure.services.tally import Tally
from portal.demo import bodies, catalogue, drafts, files
from portal.demo.people import PASSWORD, PEOPLE, Person

ACTOR = "command:demo"
_LOADED = "demonstration.loaded"


class RefusedError(Exception):
    """The demonstration must not be loaded here; the message says why."""


@dataclass(frozen=True)
class Loaded:
    bodies: int
    reading_places: int
    people: int
    documents: Tally


def is_loaded(*, any_edition: bool = False) -> bool:
    """Has this edition of the demonstration been loaded? The trail knows, and cannot forget."""
    loaded = Entry.objects.filter(action=_LOADED)
    return (loaded if any_edition else loaded.filter(subject_id=edition())).exists()


@cache
def edition() -> str:
    """Changes when anything of the demonstration does."""
    digest = hashlib.sha256()
    for path in sorted(bodies.HERE.rglob("*")):
        if path.suffix in (".csv", ".txt", ".pdf", ".py"):
            digest.update(path.relative_to(bodies.HERE).as_posix().encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def load(*, at: datetime) -> Loaded:
    """Load what is not there yet. Raises RefusedError, and then nothing was written."""
    refuse_where_it_would_harm()
    with transaction.atomic():
        body_count = _load_bodies(at=at)
        place_count = _load_reading_places(at=at)
        people_count = sum(_load_person(person, at=at) for person in PEOPLE)
        drafts.write(at=at, by=ACTOR)
    with tempfile.TemporaryDirectory() as folder:
        files.lay_out(Path(folder))
        tally = import_rows(catalogue.rows(), at=at, actor=ACTOR, folder=Path(folder))
    # Officials of the demonstration find this morning's reminders when they sign in.
    sweep(at=at)
    if not tally.rejected_count:
        _note(at=at)
    return Loaded(body_count, place_count, people_count, tally)


def refuse_where_it_would_harm() -> None:
    """Raises RefusedError.

    The sign-ins have a published password, so a portal that is not marked as a demonstration
    must never get them; and invented bodies must never stand beside real ones.
    """
    if not settings.SITE["demonstration"]:
        raise RefusedError("this portal is not a demonstration (DEMO is not set)")
    others = Agency.objects.exclude(code__in=bodies.facts()).order_by("path")
    if other := others.first():
        raise RefusedError(f"there are bodies that are not of the demonstration, such as {other}")


def _load_bodies(*, at: datetime) -> int:
    outcome = import_agencies(bodies.roll().rows, at=at, actor=ACTOR)
    if outcome.rejections:
        reasons = "; ".join(rejection.reason for rejection in outcome.rejections)
        raise RefusedError(f"the roll of bodies has mistakes: {reasons}")
    for agency in Agency.objects.filter(guide_updated_on=None):
        guide = bodies.guide(agency.code)
        changes = Particulars(
            guide_classification=guide["guide_classification"],
            guide_arrangement=guide["guide_arrangement"],
            guide_access=guide["guide_access"],
            guide_updated_on=bodies.GUIDES_UPDATED_ON,
        )
        revise(agency, at=at, actor=ACTOR, **changes)
    return outcome.created


def _load_reading_places(*, at: datetime) -> int:
    agencies = {agency.code: agency for agency in Agency.objects.all()}
    present = set(ReadingPlace.objects.values_list("agency__code", "name"))
    missing = [row for row in bodies.reading_places() if (row["code"], row["name"]) not in present]
    for row in missing:
        _keep(row, agencies[row["code"]], at=at)
    return len(missing)


def _keep(row: Mapping[str, str], agency: Agency, *, at: datetime) -> None:
    reading_places.keep(
        None,
        agency=agency,
        at=at,
        actor=ACTOR,
        kind=row["kind"],
        name=row["name"],
        address=row["address"],
        hours=row["hours"],
        phone=row["phone"],
    )


def _load_person(person: Person, *, at: datetime) -> bool:
    """Was the person new?"""
    if User.objects.filter(email=person.email).exists():
        return False
    user = create_confirmed(
        email=person.email,
        password=PASSWORD,
        at=at,
        display_name=person.display_name,
        is_superuser=person.is_administrator,
    )
    if person.role:
        agency = Agency.objects.get(code=person.agency)
        appoint(user, agency=agency, role=person.role, at=at, actor=ACTOR)
    return True


def _note(*, at: datetime) -> None:
    record(
        action=_LOADED,
        actor=ACTOR,
        subject_type="demonstration",
        subject_id=edition(),
        at=at,
    )
