"""Reads of the tree and of who serves in it."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet

from accounts.models import User
from agencies.models import CODE, Agency, Membership, ReadingPlace
from agencies.policies import standing
from agencies.querysets import AgencyQuerySet
from agencies.rules.bodies import Kind, Role


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


def serves_somewhere(user: User | AnonymousUser) -> bool:
    """Named in SERVES_SOMEWHERE: accounts, beneath us, asks it before it opens the desk."""
    return serving(user).exists()


def serving(user: User | AnonymousUser) -> QuerySet[Membership]:
    """The person's roles, each with its body."""
    if not standing(user) or not isinstance(user, User):
        return Membership.objects.none()
    return Membership.objects.filter(user=user).select_related("agency").order_by("agency__path")
