"""Who may do what with a document at the desk."""

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _

from accounts.models import User
from agencies.models import Agency
from agencies.policies import ALLOWED, Verdict, holds
from agencies.rules.bodies import Role
from disclosure.models import Document
from disclosure.rules.vocabulary import Publicity


def may_see(user: User | AnonymousUser, document: Document) -> Verdict:
    """A draft is for those who serve in its body, or over it."""
    return holds(user, document.agency)


def may_draft(user: User | AnonymousUser, agency: Agency) -> Verdict:
    return holds(user, agency, Role.CLERK, Role.REVIEWER, Role.APPROVER)


def may_edit(user: User | AnonymousUser, document: Document) -> Verdict:
    """What the public reads is not rewritten in place."""
    verdict = may_draft(user, document.agency)
    if verdict and document.published_at:
        return Verdict(allowed=False, reason=_("It is published; only drafts can be edited."))
    return verdict


def may_publish(user: User | AnonymousUser, document: Document) -> Verdict:
    verdict = holds(user, document.agency, Role.APPROVER)
    if not verdict:
        return verdict
    if document.published_at:
        return Verdict(allowed=False, reason=_("It is published already."))
    if document.publicity != Publicity.PROACTIVE:
        return Verdict(allowed=False, reason=_("It is not for proactive disclosure."))
    return ALLOWED
