"""What every endpoint of public reading has in common."""

from collections.abc import Callable, Iterable
from datetime import datetime
from hashlib import sha256
from typing import Any, cast

from django.conf import settings
from django.core.cache import BaseCache, caches
from django.http import HttpRequest, HttpResponseBase
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.connection import ConnectionProxy
from django.utils.http import http_date
from rest_framework.exceptions import NotFound
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import AnonRateThrottle
from rest_framework.views import APIView


class AddressThrottle(AnonRateThrottle):
    """So many requests a minute from one address; counted in the cache kept for that."""

    cache = cast("BaseCache", ConnectionProxy(caches, "rates"))


# A comment, since the schema would print a docstring as each endpoint's description.
# What anybody may read: no key, no session, from any site, kept by caches for a while.
class PublicView(APIView):
    authentication_classes = ()
    permission_classes = (AllowAny,)
    throttle_classes = (AddressThrottle,)
    http_method_names = ["get", "head", "options"]
    max_age = 60  # seconds

    def finalize_response(
        self, request: Request, response: Response, *args: Any, **kwargs: Any
    ) -> Response:
        response = super().finalize_response(request, response, *args, **kwargs)
        response["Access-Control-Allow-Origin"] = "*"
        if request.method == "OPTIONS":
            response["Access-Control-Allow-Methods"] = "GET, HEAD, OPTIONS"
            response["Access-Control-Allow-Headers"] = "Accept, Accept-Language, If-None-Match"
        else:
            response["Access-Control-Expose-Headers"] = "ETag, Retry-After"
        if response.status_code in {200, 304}:
            patch_cache_control(response, public=True, max_age=self.max_age)
        else:
            patch_cache_control(response, no_store=True)
        return response


class Nowhere(PublicView):
    """Every address of the API that leads nowhere, whatever the method."""

    http_method_names = ["get", "head", "options", "post", "put", "patch", "delete", "trace"]
    schema = None

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        raise NotFound


def unless_unchanged(
    request: HttpRequest, state: Iterable[object], modified: datetime, build: Callable[[], Response]
) -> HttpResponseBase:
    """304 where the reader already has what `state` amounts to; else what `build` makes of it."""
    told = [settings.VERSION, request.build_absolute_uri("/"), *state]
    etag = f'"{sha256(repr(told).encode()).hexdigest()[:32]}"'
    seconds = int(modified.timestamp())
    answer = get_conditional_response(request, etag=etag, last_modified=seconds)
    response: HttpResponseBase = answer or build()
    response["ETag"] = etag
    response["Last-Modified"] = http_date(seconds)
    return response
