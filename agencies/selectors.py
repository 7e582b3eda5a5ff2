"""Reads of the tree and of who serves in it."""

from collections.abc import Sequence

from django.contrib.auth.models import AnonymousUser
from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet

from accounts.models import User
from agencies.models import CODE, Agency, Membership, ReadingPlace
from agencies.policies import standing
from agencies.querysets import AgencyQuerySet
from agencies.rules.bodies import Kind, Role
from deadlines.bodies import People
from notices.services.posting import Recipient


def root() -> Agency | None:
    """The body that runs the site: the one nobody is over (the first, should there be more)."""
    return Agency.objects.filter(parent=None).order_by("path").first()


def subtree(agency: Agency) -> AgencyQuerySet:
    return Agency.objects.subtree(agency).select_related("parent")


def ancestors(agency: Agency) -> AgencyQuerySet:
    """The highest first, without the body itself."""
    return Agency.objects.above(agency)


def children(agency: Agency) -> AgencyQuerySet:
    return Agency.objects.filter(parent=agency).order_by("path")


def count() -> int:
    return Agency.objects.count()


def by_code(code: str) -> Agency | None:
    if not CODE.match(code):
        return None
    return Agency.objects.select_related("parent").filter(code=code).first()


def named_like(text: str, *, limit: int = 50) -> list[Agency]:
    """Bodies whose full or short name holds the text, the highest first."""
    named = Q(name__icontains=text) | Q(short_name__icontains=text)
    return list(Agency.objects.filter(named).select_related("parent").order_by("path")[:limit])


def regions(top: Agency) -> list[tuple[Agency, list[Agency]]]:
    """The body with its departments, then each government under it with its bodies: one query."""
    two_floors = Q(parent=top) | Q(parent__parent=top)
    beneath: dict[int | None, list[Agency]] = {}
    for body in Agency.objects.filter(two_floors).order_by("path"):
        beneath.setdefault(body.parent_id, []).append(body)
    governments = [b for b in beneath.get(top.pk, []) if b.kind == Kind.GOVERNMENT]
    own = [b for b in beneath.get(top.pk, []) if b.kind != Kind.GOVERNMENT]
    return [(top, own), *((b, beneath.get(b.pk, [])) for b in governments)]


def reading_places(agency: Agency) -> QuerySet[ReadingPlace]:
    """Its own (Regulation Art 25)."""
    return ReadingPlace.objects.filter(agency=agency).order_by("id")


def bodies_of(user: User | AnonymousUser, *roles: Role) -> AgencyQuerySet:
    """Bodies where the person holds one of the roles (none named: any), as `policies.holds`."""
    if not standing(user) or not isinstance(user, User):
        return Agency.objects.none()
    if user.is_superuser:
        return Agency.objects.all()
    held = Membership.objects.filter(user=user, role__in=roles or tuple(Role))
    here = held.filter(agency=OuterRef("pk"))
    path = ExpressionWrapper(OuterRef("path"), CharField())
    over = held.filter(role=Role.SUPERVISOR).annotate(path=path)
    return Agency.objects.filter(
        Q(Exists(here)) | Q(Exists(over.filter(path__startswith=F("agency__path"))))
    )


def people_of(body_ids: Sequence[int]) -> dict[int, People]:
    """Named in PEOPLE_OF_BODIES: deadlines, beneath us, asks whom to tell of what a body owes.

    Its officials, and the supervisors of it and of every body over it: three queries.
    """
    bodies = {body.pk: body for body in Agency.objects.filter(pk__in=body_ids)}
    above = {body.pk: {*body.ancestor_paths(), body.path} for body in bodies.values()}
    paths = set[str]().union(*above.values())
    serving = Membership.objects.filter(agency__path__in=paths, user__is_active=True)
    officials: dict[int, dict[str, Recipient]] = {pk: {} for pk in bodies}
    supervisors: dict[str, dict[str, Recipient]] = {}
    for membership in serving.select_related("user", "agency").order_by("pk"):
        person = _recipient(membership.user)
        if membership.role == Role.SUPERVISOR:
            supervisors.setdefault(membership.agency.path, {})[person.key] = person
        elif membership.agency_id in officials:
            officials[membership.agency_id][person.key] = person
    return {
        pk: People(
            tuple(officials[pk].values()),
            tuple(
                {
                    person.key: person
                    for path in sorted(above[pk])
                    for person in supervisors.get(path, {}).values()
                }.values()
            ),
        )
        for pk in bodies
    }


def _recipient(user: User) -> Recipient:
    return Recipient(user.pseudonym, user.email, user.phone)


def serves_somewhere(user: User | AnonymousUser) -> bool:
    """Named in SERVES_SOMEWHERE: accounts, beneath us, asks it before it opens the desk."""
    return serving(user).exists()


def serving(user: User | AnonymousUser) -> QuerySet[Membership]:
    """The person's roles, each with its body."""
    if not standing(user) or not isinstance(user, User):
        return Membership.objects.none()
    return Membership.objects.filter(user=user).select_related("agency").order_by("agency__path")
