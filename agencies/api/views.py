from typing import Any

from django.db.models import Q
from django.http import Http404
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from agencies.api.shapes import AgencyDetail, AgencyLine, AgencyPage, AgencyParameters
from agencies.models import Agency
from agencies.querysets import AgencyQuerySet
from agencies.selectors import ancestors
from rest.paging import numbered
from rest.shapes import failures
from rest.views import PublicView


class AgencyList(PublicView):
    @extend_schema(
        operation_id="agencies_list",
        summary="Bodies with a duty to disclose",
        tags=["agencies"],
        parameters=[AgencyParameters],
        responses={200: AgencyPage, **failures(400)},
    )
    def get(self, request: Request) -> Response:
        asked = AgencyParameters.of(request)
        rows = matching(asked).select_related("parent")
        return numbered(request, rows, asked, lambda page: self._lines(request, page))

    def _lines(self, request: Request, page: Any) -> Any:
        return AgencyLine(page, many=True, context={"request": request}).data


class AgencyRecord(PublicView):
    @extend_schema(
        operation_id="agencies_read",
        summary="One body, with its disclosure guide",
        tags=["agencies"],
        parameters=[OpenApiParameter("code", str, OpenApiParameter.PATH)],
        responses={200: AgencyDetail, **failures(404)},
    )
    def get(self, request: Request, code: str) -> Response:
        bodies = Agency.objects.select_related("parent")
        agency = bodies.prefetch_related("reading_places", "children").filter(code=code).first()
        if agency is None:
            raise Http404
        context = {"request": request, "ancestors": ancestors(agency)}
        return Response(AgencyDetail(agency, context=context).data)


def matching(asked: dict[str, Any]) -> AgencyQuerySet:
    """The bodies the parameters ask for. Raises ValidationError for a code nobody has."""
    bodies = Agency.objects.all()
    if "under" in asked:
        bodies = bodies.subtree(by_code("under", [asked["under"]])[0])
    if "parent" in asked:
        bodies = bodies.filter(parent=by_code("parent", [asked["parent"]])[0])
    if "q" in asked:
        part = asked["q"]
        bodies = bodies.filter(Q(name__icontains=part) | Q(short_name__icontains=part))
    for name in ("level", "kind"):
        if asked[name]:
            bodies = bodies.filter(**{f"{name}__in": asked[name]})
    return bodies


def by_code(parameter: str, codes: list[str]) -> list[Agency]:
    """The bodies with these codes. Raises ValidationError where one has none."""
    found = list(Agency.objects.filter(code__in=codes)) if codes else []
    if unknown := set(codes) - {agency.code for agency in found}:
        told = _("No body has the code %(code)s.") % {"code": min(unknown)}
        raise ValidationError({parameter: told})
    return found
