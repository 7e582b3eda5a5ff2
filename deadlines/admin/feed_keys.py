"""The desk: addresses with which an official's own calendar program reads what a body owes."""

from __future__ import annotations  # the stubs are generic, the classes are not

from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import AbstractBaseUser
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from deadlines.bodies import bodies_of
from deadlines.models import FeedKey
from deadlines.selectors.desk import feed_keys as keys_of
from deadlines.services import feed_keys as services


class BodyForm(forms.Form):
    body: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        queryset=None, label=gettext_lazy("Body")
    )

    def __init__(self, *args: Any, user: object, **options: Any) -> None:
        super().__init__(*args, **options)
        choice = cast("forms.ModelChoiceField[Any]", self.fields["body"])
        choice.queryset = bodies_of(user)
        choice.empty_label = None


def _own_key(pk: str, user: AbstractBaseUser) -> FeedKey:
    """Raises Http404."""
    key = next((key for key in keys_of(user) if str(key.pk) == pk), None)
    if key is None:
        raise Http404
    return key


@require_http_methods(["GET", "POST"])
def feed_keys(request: HttpRequest) -> HttpResponse:
    """Wrapped in the desk's own check by the admin that links here."""
    user = cast("AbstractBaseUser", request.user)
    if "revoke" in request.POST:
        key = _own_key(request.POST["revoke"], user)
        services.revoke(key, at=timezone.now())
        messages.success(request, _("The address does not work any more."))
        return redirect("admin:deadlines_feed_keys")
    form = BodyForm(request.POST or None, user=user)
    address = ""
    if form.is_valid():
        body = form.cleaned_data["body"]
        secret = services.make(body=body, user=user, at=timezone.now())
        address = request.build_absolute_uri(reverse("deadlines:feed", args=[secret]))
    context = {
        **admin.site.each_context(request),
        "title": _("Calendar feeds"),
        "form": form,
        "address": address,  # shown this once
        "keys": keys_of(user),
    }
    return TemplateResponse(request, "admin/deadlines/duty/feeds.html", context)
