"""May this person act for this body?"""

from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from accounts.models import User
from agencies.models import Agency, Membership
from agencies.rules.bodies import Role


@dataclass(frozen=True, slots=True)
class Verdict:
    """A permission with its reason: the refusal people read, or what it was allowed by."""

    allowed: bool
    reason: str = ""

    def __bool__(self) -> bool:
        return self.allowed

    def require(self) -> None:
        """Raises PermissionDenied."""
        if not self.allowed:
            raise PermissionDenied(self.reason)


ALLOWED = Verdict(allowed=True)


def holds(user: User | AnonymousUser, agency: Agency, *roles: Role) -> Verdict:
    """Does the person hold one of the roles (no role named: any of them) in the body?

    A supervisor's role reaches everything beneath its body; the others the body alone.
    """
    refusal = standing(user)
    if not refusal or not isinstance(user, User):
        return refusal
    if user.is_superuser:
        return ALLOWED
    wanted = set(roles or Role)
    over = [*agency.ancestor_paths(), agency.path]
    held = Membership.objects.filter(user=user, role__in=wanted, agency__path__in=over)
    for role, path in held.values_list("role", "agency__path"):
        if role == Role.SUPERVISOR or path == agency.path:
            return ALLOWED
    return Verdict(
        allowed=False, reason=_("You do not hold the role for this in %(body)s.") % {"body": agency}
    )


def standing(user: User | AnonymousUser) -> Verdict:
    """Can the person act as an official at all?"""
    if not isinstance(user, User):
        return Verdict(allowed=False, reason=_("Sign in first."))
    if not user.is_active:
        return Verdict(allowed=False, reason=_("This account is closed."))
    return ALLOWED
