"""Full text search."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from disclosure import selectors
from disclosure.forms import LONGEST_QUESTION, SearchForm
from disclosure.models import Document
from disclosure.views.narrowing import FACETS, Narrowing
from search.highlight import Segments, mark, snippet
from search.rules.query import MAX_CLAUSES, Note
from search.selectors import IndexUnavailableError, Order, Results, find, understand

ROWS = 20
LAST_PAGE = 500
TRY_AGAIN_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Line:
    """A document as a search result: what was looked for is marked."""

    document: Document
    title: Segments
    text: Segments


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    at = timezone.now()
    form = SearchForm(request.GET)
    ignored = [*form.ignored(), *_left_out(request, form)]
    narrowing = Narrowing.read(request, form, "q", "number", "title", "sort")
    number = form.cleaned_data.get("page") or 1
    context = {
        "section": "search",
        "masthead_search": False,
        "form": form,
        "text": form.text(),
        "given": form.cleaned_data,
        "again": narrowing.url(),
        "hidden": _carried(narrowing),
        "chips": narrowing.chips(),
        "ignored": ignored,
        "today": timezone.localdate(at),
    }
    try:
        results = _find(form, narrowing, number, at)
    except IndexUnavailableError:
        response = render(request, "disclosure/search_unavailable.html", context, status=503)
        response["Retry-After"] = str(TRY_AGAIN_SECONDS)
        return response
    context |= _found(form, narrowing, results, at)
    context |= _paging(narrowing, number, results.total)
    return render(request, "disclosure/search.html", context)


def _carried(narrowing: Narrowing) -> dict[str, str]:
    """Facets that stay chosen when the form is sent again; its own fields speak for themselves."""
    shown = ("validity", "since", "until")
    return {name: value for name, value in narrowing.values().items() if name not in shown}


def _left_out(request: HttpRequest, form: SearchForm) -> list[str]:
    """A sentence for each part of what was typed that is not looked for."""
    told = {
        Note.TOO_MANY_WORDS: _("Only the first %(count)d words are looked for")
        % {"count": MAX_CLAUSES},
        Note.UNBALANCED_QUOTE: _("A quotation mark without its end is left out"),
        Note.NOTHING_TO_FIND: _("There are no letters, characters or figures to look for"),
    }
    found = [told[note] for note in understand(form.text()).notes if note in told]
    if len(request.GET.get("q", "")) > LONGEST_QUESTION:
        cut = _("Only the first %(count)d characters are looked for")
        found.append(cut % {"count": LONGEST_QUESTION})
    return found


def _find(form: SearchForm, narrowing: Narrowing, number: int, at: datetime) -> Results:
    beyond = number > LAST_PAGE
    return find(
        form.text(),
        at=at,
        filters=narrowing.for_index(),
        since=narrowing.filters.since,
        until=narrowing.filters.until,
        title_only=bool(form.cleaned_data.get("title")),
        order=form.order(),
        offset=0 if beyond else (number - 1) * ROWS,
        limit=0 if beyond else ROWS,
        facets=FACETS,
    )


def _found(
    form: SearchForm, narrowing: Narrowing, results: Results, at: datetime
) -> dict[str, object]:
    text = form.text()
    documents = selectors.in_order([hit.object_id for hit in results.hits], at=at, with_text=True)
    order = form.order()
    return {
        "total": results.total,
        "relaxed": results.relaxed,
        "lines": _lines(documents, text),
        "facets": narrowing.facets(results.facets),
        "by_date": order is Order.DATE,
        "relevance_url": narrowing.url(sort=Order.RELEVANCE.value),
        "date_url": narrowing.url(sort=Order.DATE.value),
    }


def _lines(documents: Sequence[Document], text: str) -> list[Line]:
    asked = understand(text)
    return [
        Line(document, mark(document.title, asked), snippet(document.body_text, asked))
        for document in documents
    ]


def _paging(narrowing: Narrowing, number: int, total: int) -> dict[str, object]:
    """Numbers around the present page, the first and the last that can be read."""
    last = min(LAST_PAGE, max(1, -(-total // ROWS)))
    near = sorted({1, last, *range(max(1, number - 2), min(last, number + 2) + 1)})
    pages: list[dict[str, object]] = []
    before = 0
    for page in near:
        url = narrowing.url(page=str(page))
        pages.append({"number": page, "url": url, "gap": page - before > 1})
        before = page
    return {
        "page": number,
        "pages": pages if last > 1 else [],
        "last_page": last,
        "too_far": number > last,
        "next_url": narrowing.url(page=str(number + 1)) if number < last else "",
        "deepest": total > LAST_PAGE * ROWS and number == last,
    }
