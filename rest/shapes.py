"""Shapes that many endpoints share, and how the schema speaks of failure."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiExample, OpenApiResponse
from rest_framework import serializers

PROBLEM = "application/problem+json"


class ProblemError(serializers.Serializer[Any]):
    parameter = serializers.CharField()
    detail = serializers.CharField()


class Problem(serializers.Serializer[Any]):
    """What went wrong (RFC 9457)."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    instance = serializers.CharField()
    errors = ProblemError(many=True, required=False)  # type: ignore[assignment]  # RFC's name


class Named(serializers.Serializer[Any]):
    code = serializers.CharField()
    name = serializers.CharField()


def _example(status: int, title: str, detail: str, **more: Any) -> OpenApiExample:
    value = {
        "type": "about:blank",
        "title": title,
        "status": status,
        "detail": detail,
        "instance": "/api/v1/records/",
        **more,
    }
    return OpenApiExample(title, value=value, response_only=True, status_codes=[str(status)])


_WRONG = [{"parameter": "limit", "detail": "Ensure this value is less than or equal to 100."}]
_KNOWN = {
    400: (
        _("A parameter cannot be used."),
        _example(400, "Bad request", "A parameter cannot be used.", errors=_WRONG),
    ),
    404: (
        _("Nothing public has this address."),
        _example(404, "Not found", "Nothing public has this address."),
    ),
    429: (
        _("Too many requests; Retry-After says when to come back."),
        _example(
            429, "Too many requests", "Request was throttled. Expected available in 9 seconds."
        ),
    ),
    503: (
        _("The search index is being built; Retry-After says when to come back."),
        _example(503, "Not available now", "The search index is being built."),
    ),
}


def failures(*statuses: int) -> dict[tuple[int, str], OpenApiResponse]:
    """The failures an endpoint documents; being throttled is always one."""
    return {
        (status, PROBLEM): OpenApiResponse(Problem, _KNOWN[status][0], [_KNOWN[status][1]])
        for status in (*statuses, 429)
    }
