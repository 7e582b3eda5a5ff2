"""The officials' site: one sign-in page for everybody, and a second factor where it is asked."""

from __future__ import annotations  # the stubs are generic, the classes are not

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.admin import AdminSite, ModelAdmin
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, URLResolver, path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.generic import RedirectView

from accounts.policies import may_enter_desk

# Libraries bring pages for these that would write past the services; roles are memberships.
NOT_HERE = {"account.emailaddress", "account.emailconfirmation", "mfa.authenticator", "auth.group"}


class OfficialsSite(AdminSite):
    site_title = gettext_lazy("Desk")
    site_header = gettext_lazy("Government information disclosure: desk")
    index_title = gettext_lazy("Work")
    enable_nav_sidebar = False  # the lists need the width; the index and the crumbs lead everywhere

    def register(
        self,
        model_or_iterable: type[Model] | Iterable[type[Model]],
        admin_class: type[ModelAdmin[Any]] | None = None,
        **options: Any,
    ) -> None:
        models = [model_or_iterable] if isinstance(model_or_iterable, type) else model_or_iterable
        kept = [model for model in models if model._meta.label_lower not in NOT_HERE]
        super().register(kept, admin_class, **options)

    def has_permission(self, request: HttpRequest) -> bool:
        return may_enter_desk(request.user) and not _lacks_second_factor(request)

    def get_urls(self) -> list[URLResolver | URLPattern]:
        """The first match wins: signing in, out and passwords are the accounts' pages."""
        return [
            path("login/", self.sign_in, name="login"),
            path("logout/", RedirectView.as_view(pattern_name="account_logout"), name="logout"),
            path(
                "password_change/",
                RedirectView.as_view(pattern_name="account_change_password"),
                name="password_change",
            ),
            *super().get_urls(),
        ]

    @method_decorator(never_cache)
    def sign_in(self, request: HttpRequest) -> HttpResponse:
        """Raises PermissionDenied for somebody who is signed in but no official."""
        wanted = request.GET.get("next") or reverse("admin:index", current_app=self.name)
        if not request.user.is_authenticated:
            return redirect_to_login(wanted)
        if not may_enter_desk(request.user):
            raise PermissionDenied(_("This part of the site is for officials."))
        if _lacks_second_factor(request):
            messages.warning(request, _("Set up the second factor first, then go on to the desk."))
            query = urlencode({"next": wanted})
            return redirect(f"{reverse('mfa_activate_totp')}?{query}")
        return redirect("admin:index")


def _lacks_second_factor(request: HttpRequest) -> bool:
    return settings.OFFICIALS_NEED_SECOND_FACTOR and not is_mfa_enabled(request.user)
