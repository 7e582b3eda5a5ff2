"""What awaits an official who opens the desk."""

from typing import Any, NamedTuple

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from agencies import selectors as bodies
from agencies.rules.bodies import Role
from disclosure.models import Document

register = template.Library()

MAY = {
    Role.CLERK: gettext_lazy("Draft documents, edit drafts, and add attachments"),
    Role.REVIEWER: gettext_lazy("Read and correct drafts before they are published"),
    Role.APPROVER: gettext_lazy("Edit drafts and publish them"),
    Role.SUPERVISOR: gettext_lazy(
        "Keep the particulars and guides of this body and all beneath it, and say who serves there"
    ),
}


class RoleHeld(NamedTuple):
    title: str
    may: str


@register.inclusion_tag("admin/roles.html")
def roles(*, of: User) -> dict[str, Any]:
    """The person's roles, what each may do, and the drafts that wait for them."""
    held = [
        RoleHeld(f"{m.agency} · {m.get_role_display()}", str(MAY[Role(m.role)]))
        for m in bodies.serving(of)
    ]
    if of.is_superuser:
        held.insert(0, RoleHeld(_("Administrator"), _("Everything here, and the audit trail")))
    drafts = Document.objects.drafts().filter(agency__in=bodies.bodies_of(of))
    return {"roles": held, "drafts": drafts.count()}
