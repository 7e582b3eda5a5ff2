"""The catalogue: every public document, narrowed by links, read in stretches."""

from datetime import datetime

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from disclosure import selectors
from disclosure.forms import NarrowingForm
from disclosure.models import DocumentColumn
from disclosure.views.narrowing import FACETS, Narrowing
from search.selectors import IndexUnavailableError, Order, Results, find

ROWS = 20


@require_safe
def catalogue(request: HttpRequest) -> HttpResponse:
    at = timezone.now()
    form = NarrowingForm(request.GET)
    ignored = form.ignored()
    narrowing = Narrowing.read(request, form)
    documents = selectors.catalogue(at=at, filters=narrowing.filters)
    try:
        page = selectors.page_after(documents, request.GET.get("cursor"), ROWS)
    except selectors.CursorError as error:
        raise BadRequest(str(error)) from error
    counted = _counted(narrowing, at)
    column = narrowing.filters.column
    context = {
        "section": column or "catalogue",
        "heading": _heading(column),
        "page": page,
        "total": counted.total if counted else None,
        "facets": narrowing.facets(counted.facets if counted else None),
        "chips": narrowing.chips(),
        "ignored": ignored,
        "older": narrowing.url(cursor=page.next_cursor or "") if page.next_cursor else "",
        "newer": narrowing.url(cursor=page.previous_cursor or "") if page.previous_cursor else "",
        "today": timezone.localdate(at),
        "canonical": request.build_absolute_uri(narrowing.url()),
    }
    return render(request, "disclosure/catalogue.html", context)


def _heading(column: str) -> str:
    return str(dict(DocumentColumn.choices).get(column, _("Catalogue of public documents")))


def _counted(narrowing: Narrowing, at: datetime) -> Results | None:
    f = narrowing.filters
    try:
        return find(
            "",
            at=at,
            filters=narrowing.for_index(),
            since=f.since,
            until=f.until,
            order=Order.DATE,
            limit=0,
            facets=FACETS,
        )
    except IndexUnavailableError:
        return None
