"""Taking over a whole roll of bodies at once: thousands of rows, few statements."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from agencies.models import PATH_LENGTH, Agency
from agencies.rules.bodies import Kind, Level, may_sit_under
from agencies.rules.roll import OPTIONAL, Row
from agencies.services.bodies import announce_moved, place
from audit.services import record

FIELDS = ("name", "level", "kind", "parent", "path", *OPTIONAL)


@dataclass(frozen=True, slots=True)
class Rejection:
    row: Row
    reason: str


@dataclass(frozen=True, slots=True)
class Outcome:
    created: int
    updated: int
    unchanged: int
    rejections: Sequence[Rejection]


class RejectedError(Exception):
    """One row cannot be taken; the message is the reason, for the official who mends the file."""


@transaction.atomic
def import_agencies(rows: Sequence[Row], *, at: datetime, actor: str) -> Outcome:
    """Take every row that can be taken. A column the file lacks stays as it is.

    The trail gets one entry for the whole roll.
    """
    tree = _Tree.load()
    numbered = {row.cells.get("code", ""): row.line for row in reversed(rows)}
    rejections = []
    for row in rows:
        try:
            tree.take(row, first_line_of=numbered)
        except RejectedError as error:
            rejections.append(Rejection(row, str(error)))
    changes = tree.changes()
    tree.save(changes)
    if tree.created or changes:
        _note(tree.created, changes, at=at, actor=actor)
    if moved := [tree.bodies[code].pk for code, change in changes.items() if "path" in change]:
        announce_moved(moved, at=at)
    updated = len(tree.taken.keys() & changes.keys())
    unchanged = len(tree.taken) - len(tree.created) - updated
    return Outcome(len(tree.created), updated, unchanged, rejections)


@dataclass
class _Tree:
    """The whole tree in memory, as it is and as the roll wants it."""

    bodies: dict[str, Agency]
    before: dict[str, dict[str, object]]
    code_of_name: dict[str, str]
    created: list[str] = field(default_factory=list)
    taken: dict[str, int] = field(default_factory=dict)  # code -> line

    @classmethod
    def load(cls) -> "_Tree":
        # Through one set of objects: a parent that moves is seen by its children.
        bodies = {row.code: row for row in Agency.objects.select_for_update().order_by("path")}
        by_id = {row.pk: row for row in bodies.values()}
        for row in bodies.values():
            row.parent = by_id[row.parent_id] if row.parent_id else None
        before = {code: _state(row) for code, row in bodies.items()}
        return cls(bodies, before, {row.name: row.code for row in bodies.values()})

    def take(self, row: Row, *, first_line_of: Mapping[str, int]) -> None:
        """Raises RejectedError, and then nothing of the row is taken."""
        cells = row.cells
        code = cells.get("code", "")
        if "" in cells:
            raise RejectedError(_("The row has more cells than the header."))
        if first_line_of[code] != row.line:
            raise RejectedError(
                _("Line %(line)s has the same code.") % {"line": first_line_of[code]}
            )
        parent = self._parent(cells.get("parent", ""), code, first_line_of)
        wanted = Agency(code=code, path=place(code, parent))
        current = self.bodies.get(code)
        for name in ("name", "level", "kind", *OPTIONAL):
            setattr(wanted, name, cells.get(name, getattr(current, name, "")))
        self._check(wanted, current, parent)
        self._settle(wanted, current, parent)
        self.taken[code] = row.line

    def changes(self) -> dict[str, dict[str, list[object]]]:
        """What differs in bodies that were there before: code -> field -> old and new."""
        found = {}
        for code, before in self.before.items():
            after = _state(self.bodies[code])
            if differing := {k: [v, after[k]] for k, v in before.items() if v != after[k]}:
                found[code] = differing
        return found

    def save(self, changes: Mapping[str, Mapping[str, object]]) -> None:
        # Renamed one by one, in the order of the file: a name may pass from one body to another.
        for code in sorted(changes, key=lambda code: self.taken.get(code, 0)):
            if "name" in changes[code]:
                body = self.bodies[code]
                Agency.objects.filter(pk=body.pk).update(name=body.name)
        created = sorted((self.bodies[code] for code in self.created), key=_depth)
        for _level, level in groupby(created, key=_depth):
            batch = list(level)
            for body in batch:
                body.parent = body.parent  # its number is known only now
            Agency.objects.bulk_create(batch, batch_size=1000)
        changed = [self.bodies[code] for code in changes]
        for body in changed:
            body.parent = body.parent
        Agency.objects.bulk_update(changed, FIELDS, batch_size=500)

    def _parent(self, code: str, child: str, first_line_of: Mapping[str, int]) -> Agency | None:
        if not code:
            return None
        parent = self.bodies.get(code)
        if parent is None and code in first_line_of:
            late = first_line_of[code] > first_line_of[child]
            raise RejectedError(
                _("The parent %(code)s comes later in the file; put parents first.")
                % {"code": code}
                if late
                else _("The parent %(code)s was rejected.") % {"code": code}
            )
        if parent is None:
            raise RejectedError(_("There is no parent %(code)s.") % {"code": code})
        child_body = self.bodies.get(child)
        if child_body and parent.path.startswith(child_body.path):
            raise RejectedError(_("A body cannot come under itself."))
        return parent

    def _check(self, wanted: Agency, current: Agency | None, parent: Agency | None) -> None:
        _check_fields(wanted)
        if parent and not may_sit_under(Level(wanted.level), Level(parent.level)):
            raise RejectedError(_("A body cannot be of a higher level than its parent."))
        if self.code_of_name.get(wanted.name, wanted.code) != wanted.code:
            raise RejectedError(
                _("The name belongs to the body %(code)s.")
                % {"code": self.code_of_name[wanted.name]}
            )
        if current is None or (current.level, current.path) == (wanted.level, wanted.path):
            return
        for child in self._beneath(current):
            if not may_sit_under(Level(child.level), Level(wanted.level)):
                raise RejectedError(_("A body beneath it is of a higher level."))
            if len(child.path) - len(current.path) + len(wanted.path) > PATH_LENGTH:
                raise RejectedError(_("The body is too deep in the tree."))

    def _settle(self, wanted: Agency, current: Agency | None, parent: Agency | None) -> None:
        if current is None:
            wanted.parent = parent
            self.bodies[wanted.code] = wanted
            self.code_of_name[wanted.name] = wanted.code
            self.created.append(wanted.code)
            return
        for child in self._beneath(current) if wanted.path != current.path else []:
            child.path = wanted.path + child.path.removeprefix(current.path)
        del self.code_of_name[current.name]
        self.code_of_name[wanted.name] = wanted.code
        for name in ("name", "level", "kind", "path", *OPTIONAL):
            setattr(current, name, getattr(wanted, name))
        current.parent = parent

    def _beneath(self, body: Agency) -> list[Agency]:
        return [
            row
            for row in self.bodies.values()
            if row.path.startswith(body.path) and row is not body
        ]


def _check_fields(wanted: Agency) -> None:
    for name, choices in (("level", Level), ("kind", Kind)):
        value = getattr(wanted, name)
        if value not in set(choices):
            raise RejectedError(
                _("The %(column)s “%(value)s” is not one of %(choices)s.")
                % {"column": name, "value": value, "choices": ", ".join(choices)}
            )
    if len(wanted.path) > PATH_LENGTH:
        raise RejectedError(_("The body is too deep in the tree."))
    try:
        wanted.clean_fields()
    except ValidationError as error:
        reasons = [f"{name}: {' '.join(texts)}" for name, texts in error.message_dict.items()]
        raise RejectedError("; ".join(reasons)) from error


def _state(body: Agency) -> dict[str, object]:
    known: dict[str, object] = {name: getattr(body, name) for name in FIELDS if name != "parent"}
    return {**known, "parent": body.parent.code if body.parent else None}


def _depth(body: Agency) -> int:
    return body.path.count("/")


def _note(
    created: Sequence[str],
    changes: Mapping[str, Mapping[str, object]],
    *,
    at: datetime,
    actor: str,
) -> None:
    record(
        action="agency.roll_imported",
        actor=actor,
        subject_type="agency",
        subject_id="roll",
        at=at,
        details={"created": list(created), "changed": dict(changes)},
    )
