"""Addresses of the API: with and without the last slash, never with a control character."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponseBase
from django.urls import URLPattern, path, register_converter
from django.urls.converters import StringConverter


class Number(StringConverter):
    """A code or number as people wrote it, slashes included; PostgreSQL holds no NUL."""

    regex = r"[^\x00-\x1f\x7f]+"


register_converter(Number, "number")


def both(
    route: str, view: Callable[..., HttpResponseBase], *, name: str
) -> tuple[URLPattern, URLPattern]:
    """`route` ends in a slash; programs often leave it off, and a redirect loses their query."""
    return path(route, view, name=name), path(route.removesuffix("/"), view)


def documented(endpoints: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """The schema names each address once, the way it is linked."""
    return [endpoint for endpoint in endpoints if endpoint[0].endswith("/")]
