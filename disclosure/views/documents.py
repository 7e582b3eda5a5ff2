"""One document and its files."""

import re
from dataclasses import dataclass
from html import unescape

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from agencies.selectors import bodies_of
from disclosure import selectors
from disclosure.items import STATUTORY_ITEM_NAMES
from disclosure.models import Attachment, Document
from disclosure.rules.vocabulary import Validity

NO_LONGER_IN_FORCE = (Validity.REPEALED, Validity.EXPIRED)
# Stored text is already clean: only headings are read here, never rewritten beyond an id.
HEADING = re.compile(r"<(h[23])((?:\s[^>]*)?)>(.*?)</\1>", re.DOTALL)
ANCHOR = re.compile(r'\bid="([^"]+)"')


@dataclass(frozen=True, slots=True)
class Heading:
    anchor: str
    text: str


@require_safe
def document(request: HttpRequest, index_number: str) -> HttpResponse:
    at = timezone.now()
    if "\x00" in index_number:
        raise Http404
    try:
        page = selectors.document_page(index_number, at=at)
    except Document.DoesNotExist as error:
        raise Http404 from error
    shown = page.document
    html, headings = with_anchors(shown.body_html)
    context = {
        "section": shown.column,
        "document": shown,
        "page": page,
        "html": html,
        "headings": headings if len(headings) > 1 else [],
        "item": STATUTORY_ITEM_NAMES.get(shown.statutory_item or 0, ""),
        "expired": shown.validity in NO_LONGER_IN_FORCE,
        "crumbs": _crumbs(shown),
        "address": request.build_absolute_uri(shown.get_absolute_url()),
        "today": timezone.localdate(at),
    }
    return render(request, "disclosure/document.html", context)


def with_anchors(html: str) -> tuple[str, list[Heading]]:
    """The text with an id on each heading, and the headings for the table of contents."""
    headings: list[Heading] = []

    def anchored(found: re.Match[str]) -> str:
        tag, attributes, inner = found.groups()
        text = unescape(strip_tags(inner)).strip()
        if not text:
            return found[0]
        own = ANCHOR.search(attributes)
        headings.append(Heading(own[1] if own else f"s{len(headings) + 1}", text))
        if own:
            return found[0]
        return f'<{tag}{attributes} id="{headings[-1].anchor}">{inner}</{tag}>'

    return HEADING.sub(anchored, html), headings


def _crumbs(shown: Document) -> list[dict[str, str]]:
    catalogue = reverse("disclosure:catalogue")
    crumbs = [
        {"name": shown.get_column_display(), "url": f"{catalogue}?column={shown.column}"},
    ]
    if shown.statutory_item:
        crumbs.append(
            {
                "name": str(STATUTORY_ITEM_NAMES[shown.statutory_item]),
                "url": f"{catalogue}?column={shown.column}&item={shown.statutory_item}",
            }
        )
    else:
        crumbs.append({"name": _("Text"), "url": ""})
    return crumbs


@require_safe
def attachment(request: HttpRequest, pk: int) -> FileResponse:
    """A file of a public document; of any document, for officials of its body."""
    try:
        return _file(selectors.public_attachment(pk, at=timezone.now()))
    except Attachment.DoesNotExist:
        draft = _file(_of_own_body(request, pk))
    add_never_cache_headers(draft)
    return draft


def _file(found: Attachment) -> FileResponse:
    response = FileResponse(
        found.file.open("rb"), as_attachment=True, filename=found.name, content_type=_type(found)
    )
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _of_own_body(request: HttpRequest, pk: int) -> Attachment:
    """Raises Http404 where others may not even know that it exists."""
    own = bodies_of(request.user)
    found = Attachment.objects.defer("text").filter(pk=pk, document__agency__in=own).first()
    if found is None:
        raise Http404
    return found


def _type(found: Attachment) -> str:
    """Never one that a browser would run."""
    runs = ("text/html", "image/svg+xml", "application/xhtml+xml", "text/xml", "application/xml")
    return "application/octet-stream" if found.media_type in runs else found.media_type
