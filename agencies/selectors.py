"""Reads of the tree and of who serves in it."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet

from accounts.models import User
from agencies.models import Agency, Membership
from agencies.policies import standing
from agencies.querysets import AgencyQuerySet
from agencies.rules.bodies import Role


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


def serving(user: User | AnonymousUser) -> QuerySet[Membership]:
    """The person's roles, each with its body."""
    if not standing(user) or not isinstance(user, User):
        return Membership.objects.none()
    return Membership.objects.filter(user=user).select_related("agency").order_by("agency__path")
