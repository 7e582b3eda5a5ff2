"""The bodies and what each says of itself."""

from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from agencies import selectors as bodies
from agencies.models import Agency
from deadlines.dates_in_words import long_date
from disclosure import selectors
from disclosure.models import DocumentColumn
from disclosure.rules.vocabulary import Column
from disclosure.selectors import Filters
from search.selectors import IndexUnavailableError, Order, find

NEWEST = 6
REPORTS = 5


@require_safe
def agencies(request: HttpRequest) -> HttpResponse:
    name = request.GET.get("name", "").strip()[:100].replace("\x00", "")
    root = bodies.root()
    context = {
        "section": "agencies",
        "name": name,
        "found": bodies.named_like(name) if name else None,
        "root": root,
        "regions": bodies.regions(root) if root and not name else [],
    }
    return render(request, "disclosure/agencies.html", context)


@require_safe
def agency(request: HttpRequest, code: str) -> HttpResponse:
    at = timezone.now()
    body = bodies.by_code(code)
    if body is None:
        raise Http404
    over = bodies.ancestors(body)
    context = {
        "section": "agencies",
        "body": body,
        "crumbs": [
            {"name": _("Bodies"), "url": reverse("disclosure:agencies")},
            *({"name": b.name, "url": reverse("disclosure:agency", args=[b.code])} for b in over),
        ],
        "body_doors": _doors(body, at),
        "documents": selectors.catalogue(at=at, filters=Filters(agency=body))[:NEWEST],
        "reports": selectors.catalogue(
            at=at, filters=Filters(agency=body, column=Column.ANNUAL_REPORT)
        ).filter(agency=body)[:REPORTS],
        "beneath": bodies.children(body),
        "places": bodies.reading_places(body),
        "catalogue_url": f"{reverse('disclosure:catalogue')}?agency={body.code}",
        "apply_url": f"{reverse('disclosure:apply')}?agency={body.code}",
        "today": timezone.localdate(at),
    }
    return render(request, "disclosure/agency.html", context)


def _doors(body: Agency, at: datetime) -> list[dict[str, object]]:
    """The five columns, scoped to the body."""
    counts = _counts(body, at)
    catalogue = reverse("disclosure:catalogue")
    updated = body.guide_updated_on
    guide = _("Updated %(day)s") % {"day": long_date(updated)} if updated else ""
    apply_url = f"{reverse('disclosure:apply')}?agency={body.code}"
    columns: list[dict[str, object]] = [
        {
            "key": column.value,
            "name": column.label,
            "hint": _documents(counts.get(column.value)),
            "url": f"{catalogue}?column={column.value}&agency={body.code}",
        }
        for column in DocumentColumn
    ]
    return [
        {"key": "guide", "name": _("Disclosure guide"), "hint": guide, "url": "#guide"},
        *columns,
        {
            "key": "apply",
            "name": _("Disclosure on application"),
            "hint": _("Ask this body for what is not public"),
            "url": apply_url,
        },
    ]


def _documents(count: int | None) -> str:
    if count is None:
        return ""
    return ngettext("%(count)s document", "%(count)s documents", count) % {"count": f"{count:,}"}


def _counts(body: Agency, at: datetime) -> dict[str, int]:
    """Documents by column; nothing while this machine has no index."""
    try:
        results = find(
            "",
            at=at,
            filters={"agency": [body.code]},
            order=Order.DATE,
            limit=0,
            facets=("column",),
        )
    except IndexUnavailableError:
        return {}
    return {column.value: 0 for column in DocumentColumn} | dict(results.facets.get("column", ()))
