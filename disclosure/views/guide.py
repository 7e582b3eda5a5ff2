"""The site's disclosure guide (Regulation Art 12), and how to apply (Arts 27 to 43)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from agencies import selectors as bodies


@require_safe
def guide(request: HttpRequest) -> HttpResponse:
    root = bodies.root()
    context = {
        "section": "guide",
        "body": root,
        "bodies": bodies.children(root) if root else [],
        "places": bodies.reading_places(root) if root else [],
    }
    return render(request, "disclosure/guide.html", context)


@require_safe
def apply(request: HttpRequest) -> HttpResponse:
    """For the body that was chosen, or for the one that runs the site."""
    code = request.GET.get("agency", "")
    name = request.GET.get("name", "").strip()[:100].replace("\x00", "")
    chosen = bodies.by_code(code) if code else None
    body = chosen or bodies.root()
    context = {
        "section": "apply",
        "body": body,
        "chosen": chosen,
        "unknown": bool(code and chosen is None),
        "name": name,
        "found": bodies.named_like(name) if name else None,
        "places": bodies.reading_places(body) if body else [],
    }
    return render(request, "disclosure/apply.html", context)
