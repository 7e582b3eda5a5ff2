"""The account page: who you are here, and leaving."""

from typing import cast

from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts import services
from accounts.forms import ClosingForm, ParticularsForm
from accounts.models import User
from accounts.policies import may_enter_desk
from notices.selectors import unread_count


def _person(request: HttpRequest) -> User:
    return cast("User", request.user)


@never_cache
@login_required
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    person = _person(request)
    context = {
        "person": person,
        "second_factor": is_mfa_enabled(person),
        "desk": may_enter_desk(person),
        "unread": unread_count(person.pseudonym),
    }
    return render(request, "account/overview.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def particulars(request: HttpRequest) -> HttpResponse:
    person = _person(request)
    initial = {"display_name": person.display_name, "phone": person.phone}
    form = ParticularsForm(request.POST or None, initial=initial)
    if form.is_valid():
        services.change_particulars(person, at=timezone.now(), **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("account_overview")
    return render(request, "account/particulars.html", {"form": form})


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def close(request: HttpRequest) -> HttpResponse:
    form = ClosingForm(request.POST or None, user=_person(request))
    if not form.is_valid():
        return render(request, "account/close.html", {"form": form})
    try:
        services.close(_person(request), at=timezone.now())
    except ValidationError as error:
        form.add_error(None, error)
        return render(request, "account/close.html", {"form": form})
    logout(request)
    messages.success(request, _("The account is closed, and what was in it is erased."))
    return redirect("home")
