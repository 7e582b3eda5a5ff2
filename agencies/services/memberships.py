"""Who serves in which body, in which role."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from accounts.services import note
from agencies.models import Agency, Membership
from agencies.rules.bodies import Role


@transaction.atomic
def appoint(user: User, *, agency: Agency, role: Role, at: datetime, actor: str) -> Membership:
    """Give somebody a role in a body; with the first, they may enter the desk."""
    membership, created = Membership.objects.get_or_create(user=user, agency=agency, role=role)
    if not created:
        return membership
    if not user.is_staff:
        user.is_staff = True
        user.save(update_fields=["is_staff"])
    note(user, "appointed", at=at, actor=actor, details=_details(membership))
    return membership


@transaction.atomic
def dismiss(membership: Membership, *, at: datetime, actor: str) -> None:
    """Take a role away. Who keeps no role still signs in; the desk is closed to them."""
    details = _details(membership)
    user = membership.user
    membership.delete()
    note(user, "dismissed", at=at, actor=actor, details=details)


def _details(membership: Membership) -> dict[str, object]:
    return {"agency": membership.agency.code, "role": str(membership.role)}
