"""The root of /api/v1/: where everything is, the schema, and pages to try it on."""

from typing import Any

from csp.constants import SELF, UNSAFE_INLINE
from csp.decorators import csp_update
from django.urls import include, path, re_path, reverse
from django.utils.decorators import method_decorator
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from rest.routes import both
from rest.shapes import failures
from rest.views import Nowhere, PublicView

PLACES = {
    "records": "disclosure-api:records",
    "topics": "disclosure-api:topics",
    "agencies": "agencies-api:agencies",
    "deadlines": "deadlines-api:deadlines",
    "schema": "api-schema",
    "docs": "api-docs",
}


class Root(serializers.Serializer[Any]):
    records = serializers.URLField()
    topics = serializers.URLField()
    agencies = serializers.URLField()
    deadlines = serializers.URLField()
    schema = serializers.URLField()
    docs = serializers.URLField()


class RootView(PublicView):
    @extend_schema(
        operation_id="root",
        summary="Where everything is",
        tags=["root"],
        responses={200: Root, **failures()},
    )
    def get(self, request: Request) -> Response:
        return Response(
            {name: request.build_absolute_uri(reverse(view)) for name, view in PLACES.items()}
        )


class SchemaView(PublicView, SpectacularAPIView):
    max_age = 3600


# The documentation's own style sheet writes into style attributes. Scripts stay our own.
@method_decorator(csp_update({"style-src": [SELF, UNSAFE_INLINE]}), name="dispatch")
class DocsView(SpectacularSwaggerSplitView):
    throttle_classes = PublicView.throttle_classes


urlpatterns = [
    path("", RootView.as_view(), name="api-root"),
    *both("schema/", SchemaView.as_view(), name="api-schema"),
    *both("docs/", DocsView.as_view(url_name="api-schema"), name="api-docs"),
    path("", include("disclosure.api.urls")),
    path("", include("agencies.api.urls")),
    path("", include("deadlines.api.urls")),
    re_path(r"", Nowhere.as_view()),
]
