"""A page of records: read from the database newest first, or found through the index."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework import status
from rest_framework.exceptions import APIException, ValidationError
from rest_framework.request import Request

from disclosure.api.parameters import Question
from disclosure.api.shapes import RecordLine
from disclosure.models import Document
from disclosure.selectors import CursorError, in_order, page_after
from rest.paging import link, numbered_links
from search.highlight import snippet
from search.selectors import FACETS, IndexUnavailableError, Order, Results, find


class IndexBeingBuiltError(APIException):
    status_code = status.HTTP_503_SERVICE_UNAVAILABLE
    default_detail = gettext_lazy("The search index is being built.")
    wait = 30  # seconds; what Retry-After says


def newest(request: Request, question: Question, *, at: datetime) -> dict[str, Any]:
    """Keyset pages of the catalogue. The count comes from the index; null while there is none."""
    asked = question.asked
    rows = question.narrow(Document.objects.public(at)).listed()
    try:
        page = page_after(rows, asked.get("cursor"), asked["limit"])
    except CursorError:
        told = _("This is not a place in the list.")
        raise ValidationError({"cursor": told}) from None
    try:
        counted = _ask(question, at=at, limit=1)
    except IndexUnavailableError:
        counted = None
    before, after = page.previous_cursor, page.next_cursor
    return {
        "count": counted and counted.total,
        "next": link(request, cursor=after) if after else None,
        "previous": link(request, cursor=before) if before else None,
        "results": RecordLine(page.rows, many=True, context={"request": request}).data,
        **_facets(question, counted),
    }


def found(request: Request, question: Question, *, at: datetime) -> dict[str, Any]:
    """Numbered pages of a search. Raises IndexBeingBuiltError."""
    page, limit = question.asked.get("page", 1), question.asked["limit"]
    try:
        results = _ask(question, at=at, limit=limit, offset=(page - 1) * limit)
    except IndexUnavailableError:
        raise IndexBeingBuiltError from None
    ids = [hit.object_id for hit in results.hits]
    documents = in_order(ids, at=at, with_text=bool(question.text))
    context = {"request": request, "snippets": _snippets(question, documents)}
    return {
        **numbered_links(request, page=page, limit=limit, total=results.total),
        "results": RecordLine(documents, many=True, context=context).data,
        **_facets(question, results),
    }


def _ask(question: Question, *, at: datetime, limit: int, offset: int = 0) -> Results:
    asked = question.asked
    usual = Order.RELEVANCE if question.text else Order.DATE
    return find(
        question.text,
        at=at,
        filters=question.of_index,
        since=asked.get("since"),
        until=asked.get("until"),
        order=Order(asked.get("order", usual)),
        offset=offset,
        limit=limit,
        facets=FACETS if asked["facets"] else (),
    )


def _facets(question: Question, results: Results | None) -> dict[str, Any]:
    if not question.asked["facets"]:
        return {}
    if results is None:
        return {"facets": None}
    return {"facets": {name: _counts(values) for name, values in results.facets.items()}}


def _counts(values: Any) -> list[Mapping[str, Any]]:
    return [{"value": value, "count": count} for value, count in values]


def _snippets(question: Question, documents: list[Document]) -> dict[int, str]:
    """As HTML: what was looked for is marked, all else escaped."""
    if not question.text:
        return {}
    return {each.pk: str(snippet(each.body_text, question.text)) for each in documents}
