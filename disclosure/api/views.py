from django.http import Http404, HttpResponseBase
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from disclosure.api.examples import RECORD, RECORDS
from disclosure.api.listing import found, newest
from disclosure.api.parameters import Question, RecordParameters
from disclosure.api.shapes import RecordDetail, RecordPage, TopicDetail, TopicLine, TopicTree
from disclosure.api.state import document_state, last_modified
from disclosure.models import Document, Topic
from disclosure.selectors import document_page, topic_by_code
from rest.shapes import failures
from rest.views import PublicView, unless_unchanged


class RecordList(PublicView):
    @extend_schema(
        operation_id="records_list",
        summary="The catalogue, listed and searched",
        description=(
            "Without q: what is public, newest first; go on with next, which holds a cursor. "
            "With q, order=relevance or page: results of a search, in numbered pages. "
            "A filter given more than once takes any of its values."
        ),
        tags=["records"],
        parameters=[RecordParameters],
        responses={200: RecordPage, **failures(400, 503)},
        examples=[RECORDS],
    )
    def get(self, request: Request) -> Response:
        at = timezone.now()
        question = Question.read(RecordParameters.of(request))
        searches = question.text or "page" in question.asked
        answer = found if searches else newest
        return Response(answer(request, question, at=at))


class RecordRead(PublicView):
    @extend_schema(
        operation_id="records_read",
        summary="One document, with its text, attachments and interpretations",
        tags=["records"],
        parameters=[OpenApiParameter("index_number", str, OpenApiParameter.PATH)],
        responses={200: RecordDetail, 304: None, **failures(404)},
        examples=[RECORD],
    )
    def get(self, request: Request, index_number: str) -> HttpResponseBase:
        at = timezone.now()
        state = document_state(index_number, at=at)
        if state is None:
            raise Http404

        def build() -> Response:
            try:
                page = document_page(index_number, at=at)
            except Document.DoesNotExist:  # withdrawn this very moment
                raise Http404 from None
            context = {"request": request, "page": page}
            return Response(RecordDetail(page.document, context=context).data)

        return unless_unchanged(request, state.items(), last_modified(state), build)


class TopicList(PublicView):
    @extend_schema(
        operation_id="topics_list",
        summary="The topic classification: 22 classes with their children",
        tags=["topics"],
        responses={200: TopicTree, **failures()},
    )
    def get(self, request: Request) -> Response:
        classes = Topic.objects.filter(parent=None).prefetch_related("children")
        lines = TopicLine(classes, many=True, context={"request": request}).data
        return Response({"count": len(lines), "results": lines})


class TopicRead(PublicView):
    @extend_schema(
        operation_id="topics_read",
        summary="One topic",
        tags=["topics"],
        parameters=[OpenApiParameter("code", str, OpenApiParameter.PATH)],
        responses={200: TopicDetail, **failures(404)},
    )
    def get(self, request: Request, code: str) -> Response:
        try:
            topic = topic_by_code(code)
        except Topic.DoesNotExist:
            raise Http404 from None
        return Response(TopicDetail(topic, context={"request": request}).data)
