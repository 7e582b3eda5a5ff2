"""Founding, renaming and moving bodies. Whoever moves one tells those who depend on its place."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import TypedDict, Unpack

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Value
from django.db.models.functions import Concat, Substr
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from agencies.models import PATH_LENGTH, Agency
from agencies.rules.bodies import Level, may_sit_under
from audit.services import record


class Particulars(TypedDict, total=False):
    """What is known of a body beside its identity and its place."""

    short_name: str
    division_code: str
    uscc: str
    functions: str
    head: str
    guide_classification: str
    guide_arrangement: str
    guide_access: str
    guide_updated_on: date | None
    work_body: str
    address: str
    postcode: str
    office_hours: str
    phone: str
    fax: str
    email: str
    website: str


class Changes(Particulars, total=False):
    code: str
    name: str
    level: str
    kind: str


@transaction.atomic
def register(  # noqa: PLR0913  a body's identity and place are this many facts
    *,
    code: str,
    name: str,
    level: str,
    kind: str,
    parent: Agency | None,
    at: datetime,
    actor: str,
    **particulars: Unpack[Particulars],
) -> Agency:
    """Raises ValidationError with the reason by field."""
    agency = Agency(code=code, name=name, level=level, kind=kind, parent=parent, **particulars)
    agency.path = place(code, parent)
    _check(agency, new=True)
    agency.save(force_insert=True)
    _note("agency.registered", agency, at=at, actor=actor, details={"code": code, "name": name})
    return agency


@transaction.atomic
def revise(agency: Agency, *, at: datetime, actor: str, **changes: Unpack[Changes]) -> Agency:
    """Change what is known of a body. A new code changes its path and every path beneath it.

    Raises ValidationError with the reason by field.
    """
    current = Agency.objects.select_for_update().get(pk=agency.pk)
    before = {name: getattr(current, name) for name in changes}
    changed = {name: value for name, value in changes.items() if value != before[name]}
    if not changed:
        return current
    for name, value in changed.items():
        setattr(current, name, value)
    old_path = current.path
    current.path = place(current.code, current.parent)
    _check(current)
    current.save(update_fields=[*changed, "path"])
    if current.path != old_path:
        _replant(current, old_path, at=at)
    details: dict[str, object] = {name: [before[name], value] for name, value in changed.items()}
    _note("agency.revised", current, at=at, actor=actor, details=details)
    return current


@transaction.atomic
def move(agency: Agency, *, parent: Agency | None, at: datetime, actor: str) -> Agency:
    """Put a body, with all beneath it, under another one.

    Raises ValidationError where that would be a circle or a level above its parent's.
    """
    # One at a time: two moves that cross could otherwise close a circle between them.
    locked = {row.pk: row for row in Agency.objects.select_for_update().order_by("pk")}
    current = locked[agency.pk]
    target = locked[parent.pk] if parent else None
    old_path, old_parent = current.path, current.parent_id
    current.parent = target
    current.path = place(current.code, target)
    if current.path == old_path:
        return current
    _check(current)
    current.save(update_fields=["parent", "path"])
    _replant(current, old_path, at=at)
    details: dict[str, object] = {"parent": [old_parent, current.parent_id]}
    _note("agency.moved", current, at=at, actor=actor, details=details)
    return current


def place(code: str, parent: Agency | None) -> str:
    return f"{parent.path if parent else '/'}{code}/"


def check_place(agency: Agency | None, *, code: str, level: str, parent: Agency | None) -> None:
    """May a body (None: a new one) stand there? Raises ValidationError."""
    if agency and parent and parent.path.startswith(agency.path):
        raise ValidationError({"parent": _("A body cannot come under itself.")})
    if len(place(code, parent)) > PATH_LENGTH:
        raise ValidationError({"parent": _("The body is too deep in the tree.")})
    if parent and not may_sit_under(Level(level), Level(parent.level)):
        raise ValidationError({"level": _("A body cannot be of a higher level than its parent.")})
    beneath = agency.children.values_list("level", flat=True).distinct() if agency else []
    if not all(may_sit_under(Level(child), Level(level)) for child in beneath):
        raise ValidationError({"level": _("A body beneath it is of a higher level.")})


def _check(agency: Agency, *, new: bool = False) -> None:
    known = None if new else Agency.objects.get(pk=agency.pk)
    agency.clean_fields(exclude={"path"})
    check_place(known, code=agency.code, level=agency.level, parent=agency.parent)
    agency.validate_unique()


def _replant(agency: Agency, old_path: str, *, at: datetime) -> None:
    """Give everything beneath the body its new path, and tell those who keep copies of paths."""
    beneath = Agency.objects.filter(path__startswith=old_path)
    ids = [agency.pk, *beneath.values_list("pk", flat=True)]
    rest = Substr("path", len(old_path) + 1)
    beneath.update(path=Concat(Value(agency.path), rest))
    announce_moved(ids, at=at)


def announce_moved(agency_ids: Sequence[int], *, at: datetime) -> None:
    """Upper floors name in AFTER_BODIES_MOVED what must follow, as `f(agency_ids, *, at)`.

    It runs in the same transaction: a search index that counts a document under the wrong
    body would stay wrong, since nothing else will touch that document.
    """
    for name in settings.AFTER_BODIES_MOVED:
        import_string(name)(agency_ids, at=at)


def _note(
    action: str, agency: Agency, *, at: datetime, actor: str, details: dict[str, object]
) -> None:
    record(
        action=action,
        actor=actor,
        subject_type="agency",
        subject_id=str(agency.pk),
        at=at,
        details=details,
    )
