"""The State Council's topic classification as a way in."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from disclosure import selectors
from disclosure.models import Topic
from disclosure.selectors import Filters
from search.selectors import IndexUnavailableError, Order, find

NEWEST = 20


@require_safe
def topics(request: HttpRequest) -> HttpResponse:
    try:
        held = find("", at=timezone.now(), order=Order.DATE, limit=0, facets=("topic",)).facets.get(
            "topic", ()
        )
    except IndexUnavailableError:
        held = None
    counts = None if held is None else dict(held)
    tree = [
        {
            "topic": topic,
            "count": None if counts is None else counts.get(topic.code, 0),
            "children": children,
        }
        for topic, children in selectors.topic_tree()
    ]
    return render(request, "disclosure/topics.html", {"section": "topics", "tree": tree})


@require_safe
def topic(request: HttpRequest, code: str) -> HttpResponse:
    if "\x00" in code:
        raise Http404
    try:
        found = selectors.topic_by_code(code)
    except Topic.DoesNotExist as error:
        raise Http404 from error
    at = timezone.now()
    context = {
        "section": "topics",
        "topic": found,
        "crumbs": _crumbs(found),
        "children": found.children.all(),
        "documents": selectors.catalogue(at=at, filters=Filters(topic=found))[:NEWEST],
        "catalogue_url": f"{reverse('disclosure:catalogue')}?topic={found.code}",
        "today": timezone.localdate(at),
    }
    return render(request, "disclosure/topic.html", context)


def _crumbs(found: Topic) -> list[dict[str, str]]:
    crumbs = [{"name": _("Topics"), "url": reverse("disclosure:topics")}]
    if found.parent:
        crumbs.append({"name": found.parent.name, "url": found.parent.get_absolute_url()})
    return crumbs
