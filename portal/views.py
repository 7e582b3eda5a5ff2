"""The front page, and the small things that belong to no app."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_safe

from agencies import selectors as bodies
from disclosure import selectors
from disclosure.items import STATUTORY_ITEM_NAMES
from search.selectors import IndexUnavailableError, Order, Results, find

NEWEST = 8
A_YEAR = 365 * 24 * 60 * 60


@dataclass(frozen=True, slots=True)
class Figures:
    """What the index counts. Dates of publication in Shanghai."""

    public: int
    today: int
    this_year: int
    normative_this_year: int
    by_item: dict[str, int]


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    at = timezone.now()
    root = bodies.root()
    figures = _figures(at)
    catalogue = reverse("disclosure:catalogue")
    context = {
        "section": "home",
        "masthead_search": False,
        "root": root,
        "beneath": [b for b in bodies.children(root) if b.kind == "government"] if root else [],
        "places": bodies.reading_places(root)[:3] if root else [],
        "documents": selectors.latest(at=at, limit=NEWEST),
        "figures": figures,
        "bodies_count": bodies.count(),
        "interpretations": selectors.interpretations_in(timezone.localdate(at).year, at=at),
        "items": [
            {
                "number": number,
                "name": name,
                "url": f"{catalogue}?column=statutory&item={number}",
                "count": figures.by_item.get(str(number), 0) if figures else None,
            }
            for number, name in STATUTORY_ITEM_NAMES.items()
        ],
        "today": timezone.localdate(at),
    }
    return render(request, "portal/home.html", context)


def _figures(at: datetime) -> Figures | None:
    """None while this machine has no index: a number that is not known is not shown."""
    today = timezone.localdate(at)
    try:
        everything = _count(at, facets=("item",))
        this_day = _count(at, since=today, until=today)
        this_year = _count(at, since=today.replace(month=1, day=1), until=today, facets=("item",))
    except IndexUnavailableError:
        return None
    return Figures(
        public=everything.total,
        today=this_day.total,
        this_year=this_year.total,
        normative_this_year=dict(this_year.facets.get("item", ())).get("1", 0),
        by_item=dict(everything.facets.get("item", ())),
    )


def _count(
    at: datetime,
    *,
    since: date | None = None,
    until: date | None = None,
    facets: Sequence[str] = (),
) -> Results:
    return find("", at=at, since=since, until=until, order=Order.DATE, limit=0, facets=facets)


# What a reader may choose for the whole site: parameter, cookie, and the values it takes.
_CHOICES = (
    ("view", "view", {"normal", "large"}),
    ("language", settings.LANGUAGE_COOKIE_NAME, {code for code, _name in settings.LANGUAGES}),
)


@require_safe
def view_mode(request: HttpRequest) -> HttpResponse:
    """The reader's language and size of text, kept for a year; then back to where they were."""
    back = request.GET.get("next", "")
    if not url_has_allowed_host_and_scheme(
        back, {request.get_host()}, require_https=request.is_secure()
    ):
        back = reverse("home")
    response = HttpResponseRedirect(back)
    for parameter, cookie, values in _CHOICES:
        if (chosen := request.GET.get(parameter)) in values:
            response.set_cookie(
                cookie,
                chosen,
                max_age=A_YEAR,
                secure=settings.SESSION_COOKIE_SECURE,
                httponly=True,
                samesite="Lax",
            )
    return response


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    lines = [
        "User-agent: *",
        "Disallow: /accounts/",
        "Disallow: /admin/",
        "Disallow: /deadlines/feed/",
        "Disallow: /search/",
        "Disallow: /view/",
        "",
        f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
