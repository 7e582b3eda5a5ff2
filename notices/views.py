"""The inbox: what a person was told, for as long as they have the account."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from notices import selectors, wording
from notices.models import Notice
from notices.services import reading

ROWS = 20


def _key(request: HttpRequest) -> str:
    return f"user:{request.user.pk}"


def _words(notice: Notice) -> wording.Words:
    """In the reader's language now, whichever it was told in by mail."""
    try:
        return wording.words(notice)
    except wording.UnspeakableError:
        return wording.Words(_("This notice can no longer be shown."), "", "")


@never_cache
@login_required
@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    key = _key(request)
    page = Paginator(selectors.inbox(key), ROWS).get_page(request.GET.get("page"))
    context = {
        "rows": [(notice, _words(notice).subject) for notice in page],
        "page": page,
        "unread": selectors.unread_count(key),
    }
    return render(request, "notices/inbox.html", context)


@never_cache
@login_required
@require_safe
def notice(request: HttpRequest, notice_id: UUID) -> HttpResponse:
    found = selectors.in_inbox(_key(request), notice_id)
    if found is None:
        raise Http404
    if request.method == "GET":
        reading.mark_read(found, at=timezone.now())
    return render(request, "notices/notice.html", {"notice": found, "words": _words(found)})


@never_cache
@login_required
@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    reading.mark_all_read(_key(request), at=timezone.now())
    messages.success(request, _("All notices are marked as read."))
    return redirect("notices:inbox")
