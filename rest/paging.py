"""Links to the pages around this one."""

from collections.abc import Callable, Sequence
from typing import Any

from django.db.models import QuerySet
from rest_framework.request import Request
from rest_framework.response import Response


def link(request: Request, **changed: str | int | None) -> str:
    """This very address with some parameters changed; None leaves one out."""
    query = request.query_params.copy()
    for name, value in changed.items():
        query.pop(name, None)
        if value is not None:
            query[name] = str(value)
    question = f"?{query.urlencode()}" if query else ""
    return request.build_absolute_uri(request.path) + question


def numbered_links(request: Request, *, page: int, limit: int, total: int) -> dict[str, Any]:
    return {
        "count": total,
        "next": link(request, page=page + 1) if page * limit < total else None,
        "previous": link(request, page=page - 1) if page > 1 else None,
    }


def numbered(
    request: Request,
    rows: QuerySet[Any],
    asked: dict[str, Any],
    shape: Callable[[Sequence[Any]], Any],
) -> Response:
    page, limit = asked.get("page", 1), asked["limit"]
    start = (page - 1) * limit
    links = numbered_links(request, page=page, limit=limit, total=rows.count())
    return Response({**links, "results": shape(list(rows[start : start + limit]))})
