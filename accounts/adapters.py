"""Where allauth and axes ask this house: mails, messages, addresses, and the audit trail."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.internal.httpkit import get_client_ip
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.forms import BaseForm
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import crypto, services
from accounts.models import User
from accounts.policies import may_enter_desk


def client_address(request: HttpRequest) -> str:
    """Empty where the connection has none, as on a socket file."""
    return get_client_ip(request) or ""


def name_tried(request: HttpRequest, credentials: dict[str, Any] | None) -> str:
    """The address somebody tries to sign in with, spelled in one way however it was typed."""
    tried = credentials or request.POST
    name = tried.get("email") or tried.get("username") or tried.get("login") or ""
    return str(name).strip().lower()


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("The e-mail address or the password is wrong."),
        "too_many_login_attempts": _("Too many attempts. Wait a minute, then try again."),
        "incorrect_code": _("The number is wrong or has expired. Wait for the next one."),
        "incorrect_password": _("The password is wrong."),
    }

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return reverse("admin:index" if may_enter_desk(request.user) else "account_overview")

    def format_email_subject(self, subject: str) -> str:
        site = settings.SITE
        return f"【{site['place']}{site['name']}】{subject}"

    def save_user(
        self,
        request: HttpRequest,
        user: User,
        form: BaseForm,
        commit: bool = True,  # noqa: FBT001, FBT002  allauth's own signature
    ) -> User:
        user.display_name = form.cleaned_data.get("display_name", "")
        user.phone = form.cleaned_data.get("phone", "")
        with transaction.atomic():
            super().save_user(request, user, form, commit=commit)
            if commit:
                services.note(user, "registered", at=timezone.now())
        return user

    def send_account_already_exists_mail(self, email: str) -> None:
        # A new account costs one password hash; so must a taken address, or the clock would tell.
        make_password("as long as a new account takes")
        super().send_account_already_exists_mail(email)

    def confirm_email(self, request: HttpRequest, email_address: Any) -> bool:
        confirmed = bool(super().confirm_email(request, email_address))
        if confirmed:
            services.note(email_address.user, "address_confirmed", at=timezone.now())
        return confirmed

    def login(self, request: HttpRequest, user: User) -> None:
        super().login(request, user)
        details: dict[str, object] = {"address": client_address(request)}
        services.note(user, "signed_in", at=timezone.now(), details=details)

    def logout(self, request: HttpRequest) -> None:
        user = request.user
        super().logout(request)
        if not isinstance(user, AnonymousUser):
            services.note(user, "signed_out", at=timezone.now())

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Axes has counted the failure by now; the one that locks is noted, the rest are noise."""
        if getattr(request, "axes_failures_since_start", None) == settings.AXES_FAILURE_LIMIT:
            services.note_lock_out(
                email=name_tried(request, credentials),
                address=client_address(request),
                at=timezone.now(),
            )

    def set_password(self, user: User, password: str) -> None:
        with transaction.atomic():
            super().set_password(user, password)
            services.note(user, "password_changed", at=timezone.now())

    def send_notification_mail(
        self, template_prefix: str, user: User, *args: Any, **more: Any
    ) -> None:
        """Every change of a second factor passes here, and nowhere else."""
        if template_prefix.startswith("mfa/"):
            services.note(user, template_prefix.rpartition("/")[2], at=timezone.now())
        super().send_notification_mail(template_prefix, user, *args, **more)


class SecondFactorAdapter(DefaultMFAAdapter):
    def encrypt(self, text: str) -> str:
        return crypto.encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        return crypto.decrypt(encrypted_text)

    def get_totp_issuer(self) -> str:
        return f"{settings.SITE['place']}{settings.SITE['name']}"
