"""What happens to accounts beside signing in, which allauth does."""

from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from axes.utils import reset as forget_failures
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from audit.models import Entry
from audit.services import erase, record
from notices.services.posting import forget

ERASED_ON_CLOSING = "the account was closed by its owner"


def note(
    user: User,
    action: str,
    *,
    at: datetime,
    actor: str = "",
    details: dict[str, object] | None = None,
) -> None:
    """What happened to an account; without `actor`, by its owner.

    What is personal goes into `details`: they are erased with the account.
    """
    record(
        action=f"account.{action}",
        actor=actor or user.pseudonym,
        subject_type="account",
        subject_id=str(user.pk),
        at=at,
        details=details,
    )


def note_lock_out(*, email: str, address: str, at: datetime) -> None:
    """Somebody failed too often; whether anybody has that address is not said."""
    user = User.objects.filter(email=email).first()
    record(
        action="account.locked_out",
        actor="anonymous",
        subject_type="account",
        subject_id=str(user.pk) if user else "unknown",
        at=at,
        details={"email": email, "address": address},
    )


@transaction.atomic
def create_confirmed(  # noqa: PLR0913  the parts of an account
    *,
    email: str,
    password: str,
    at: datetime,
    display_name: str = "",
    phone: str = "",
    is_staff: bool = False,
    is_superuser: bool = False,
) -> User:
    """An account whose address needs no confirming: the operator vouches for it."""
    user = User.objects.create_user(
        email,
        password,
        display_name=display_name,
        phone=phone,
        is_staff=is_staff or is_superuser,
        is_superuser=is_superuser,
        joined_at=at,
    )
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    note(user, "created", at=at)
    return user


@transaction.atomic
def change_particulars(user: User, *, display_name: str, phone: str, at: datetime) -> User:
    before = {"display_name": user.display_name, "phone": user.phone}
    after = {"display_name": display_name, "phone": phone}
    changed: dict[str, object] = {
        name: [before[name], after[name]] for name in after if after[name] != before[name]
    }
    if changed:
        user.display_name, user.phone = display_name, phone
        user.save(update_fields=["display_name", "phone"])
        note(user, "changed", at=at, details=changed)
    return user


@transaction.atomic
def set_access(user: User, *, is_active: bool, is_staff: bool, at: datetime, actor: str) -> None:
    """May the person sign in, and enter the desk?"""
    before = User.objects.select_for_update().get(pk=user.pk)
    after = {"is_active": is_active, "is_staff": is_staff}
    changed = {name: value for name, value in after.items() if getattr(before, name) != value}
    if changed:
        User.objects.filter(pk=user.pk).update(**changed)
        note(user, "access_changed", at=at, actor=actor, details=dict(changed))


@transaction.atomic
def close(user: User, *, at: datetime) -> None:
    """Erase who it was. The row stays, so that what was done keeps its pseudonym.

    Raises ValidationError for an official: their name stands under what they decided.
    """
    if user.is_staff:
        raise ValidationError(
            _("An official’s account is closed by the body, not here."), code="official"
        )
    forget_failures(username=user.email)
    forget(user.pseudonym, actor=user.pseudonym, at=at)
    EmailAddress.objects.filter(user=user).delete()
    Authenticator.objects.filter(user=user).delete()
    user.email = f"closed-{user.pk}@account.invalid"
    user.display_name = user.phone = ""
    user.is_active = False
    user.set_unusable_password()  # which also ends every session
    user.save()
    entries = Entry.objects.filter(subject_type="account", subject_id=str(user.pk))
    for entry in entries.filter(details__isnull=False).exclude(details={}):
        erase(entry, actor=user.pseudonym, at=at, reason=ERASED_ON_CLOSING)
    note(user, "closed", at=at)
