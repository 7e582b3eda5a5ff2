"""Failures of the API as problem details (RFC 9457), in the reader's language."""

import logging
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.exceptions import BadRequest, SuspiciousOperation
from django.core.signals import got_request_exception
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework.exceptions import ValidationError
from rest_framework.views import exception_handler, set_rollback

from rest.shapes import PROBLEM

log = logging.getLogger("django.request")

TITLES = {
    400: gettext_lazy("Bad request"),
    401: gettext_lazy("Not signed in"),
    403: gettext_lazy("Not allowed"),
    404: gettext_lazy("Not found"),
    405: gettext_lazy("Method not allowed"),
    406: gettext_lazy("Not available in this format"),
    415: gettext_lazy("Format not understood"),
    429: gettext_lazy("Too many requests"),
    500: gettext_lazy("Internal error"),
    503: gettext_lazy("Not available now"),
}


def answer(error: Exception, context: dict[str, Any]) -> HttpResponse | None:
    """REST_FRAMEWORK's EXCEPTION_HANDLER."""
    request = context["request"]
    if isinstance(error, SuspiciousOperation | BadRequest):
        return problem(request, 400, _("The request cannot be read."))
    if isinstance(error, ValidationError):
        errors = list(_errors(error.detail))
        return problem(request, 400, _("A parameter cannot be used."), errors=errors)
    response = exception_handler(error, context)
    if response is None:
        return _unforeseen(error, context)
    detail = _("Nothing public has this address.")
    if response.status_code != 404:
        detail = str(response.data["detail"])
    told = problem(request, response.status_code, detail)
    for name in ("Retry-After", "WWW-Authenticate"):
        if name in response:
            told[name] = response[name]
    return told


def problem(request: HttpRequest, status: int, detail: str, **more: Any) -> HttpResponse:
    body = {
        "type": "about:blank",
        "title": str(TITLES.get(status, TITLES[400 if status < 500 else 500])),
        "status": status,
        "detail": detail,
        "instance": request.path,
        **more,
    }
    return JsonResponse(
        body, status=status, content_type=PROBLEM, json_dumps_params={"ensure_ascii": False}
    )


def _unforeseen(error: Exception, context: dict[str, Any]) -> HttpResponse | None:
    if settings.DEBUG:
        return None
    request = context["request"]
    set_rollback()
    # As Django does for any other view, so that whoever watches for failures sees these too.
    got_request_exception.send(sender=type(context["view"]), request=request)
    log.error("Internal error: %s", request.path, exc_info=error)
    return problem(request, 500, _("Something went wrong here. It has been recorded."))


def _errors(detail: Any, parameter: str = "") -> Iterator[dict[str, str]]:
    """One line a complaint; a list's complaints bear the list's name, not their place in it."""
    if isinstance(detail, dict):
        for name, inner in detail.items():
            yield from _errors(inner, parameter or str(name))
    elif isinstance(detail, list):
        for inner in detail:
            yield from _errors(inner, parameter)
    else:
        yield {"parameter": parameter, "detail": str(detail)}
