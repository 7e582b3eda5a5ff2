from collections.abc import Iterator
from typing import IO, Any, cast

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.parsers import BaseParser
from rest_framework.request import Request
from rest_framework.response import Response

from deadlines.api.examples import ANSWER, ANSWERS, QUESTION, QUESTIONS
from deadlines.api.shapes import AnswerOrTable, OneOrMore, OneOrMoreAnswers, QuestionParameters
from deadlines.rules.written import CONSULTATION, from_json, unfold
from deadlines.selectors.answers import Refused, answer_to, complaint, complaints, table
from deadlines.selectors.calendars import version
from rest.shapes import failures
from rest.views import PublicView

MOST_QUESTIONS = 1000
# A list of ordinary questions needs a tenth of it; one of consultations that last for decades
# would keep this machine busy for minutes.
MOST_DAYS = 200_000


class QuestionParser(BaseParser):
    """JSON of a size that a thousand questions have, and nothing that only looks like it."""

    media_type = "application/json"

    def parse(self, stream: IO[Any], *_how: Any, **_told: Any) -> Any:
        most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        raw = stream.read(most + 1)
        if len(raw) > most:
            raise RequestDataTooBig
        try:
            return from_json(raw.decode("utf-8-sig"))
        except ValueError:
            raise refusal([complaint("", _("It is not JSON."))]) from None


class Deadlines(PublicView):
    http_method_names = [*PublicView.http_method_names, "post"]
    parser_classes = (QuestionParser,)

    @extend_schema(
        operation_id="deadlines_read",
        summary="The legal clock: when something is due, and why that day",
        description=(
            "Without parameters: the rules that can be asked for, with the terms in force and the"
            " articles they come from. With rule and received_on: the due date and every day up to"
            " it, counted or not and why. Parameters that nobody knows are refused; all that is"
            " wrong is told at once."
        ),
        tags=["deadlines"],
        parameters=[QuestionParameters],
        responses={200: AnswerOrTable, **failures(400)},
        examples=[ANSWER],
    )
    def get(self, request: Request) -> Response:
        if not request.query_params:
            return Response(table())
        given = dict(request.query_params.lists())
        try:
            return Response(answer_to(unfold(given)))
        except Refused as error:
            told = complaints(error)
        raise refusal([line | _as_parameter(line["parameter"]) for line in told])

    @extend_schema(
        operation_id="deadlines_ask",
        summary="The legal clock, asked one question or up to a thousand",
        description=(
            "One question is answered by one answer; a list of questions by a list of answers in"
            " the same order, in which a question that cannot be answered has an error in its"
            " place. Nothing is recorded."
        ),
        tags=["deadlines"],
        request=OneOrMore,
        responses={200: OneOrMoreAnswers, **failures(400)},
        examples=[QUESTION, QUESTIONS, ANSWER, ANSWERS],
    )
    def post(self, request: Request) -> Response:
        if request.query_params:
            unknown = _("The question belongs in the body of the request.")
            raise refusal([complaint(name, unknown) for name in request.query_params])
        given = request.data
        if isinstance(given, list):
            return Response(list(_answers(given)))
        try:
            return Response(answer_to(given))
        except Refused as error:
            raise refusal(complaints(error)) from None

    def finalize_response(
        self, request: Request, response: Response, *args: Any, **kwargs: Any
    ) -> Response:
        response = super().finalize_response(request, response, *args, **kwargs)
        if request.method == "OPTIONS":
            response["Access-Control-Allow-Methods"] = "GET, HEAD, POST, OPTIONS"
            response["Access-Control-Allow-Headers"] += ", Content-Type"
        elif request.method == "POST":
            response["Cache-Control"] = "no-store"
        return response


def refusal(told: list[dict[str, str]]) -> ValidationError:
    by_parameter: dict[str, list[str]] = {}
    for line in told:
        by_parameter.setdefault(line["parameter"], []).append(line["detail"])
    return ValidationError(by_parameter)


def _answers(given: list[object]) -> Iterator[dict[str, object]]:
    if len(given) > MOST_QUESTIONS:
        told = _("A list has at most %(most)s questions.") % {"most": MOST_QUESTIONS}
        raise refusal([complaint("", told)])
    asked, days = version(), 0
    for question in given:
        if days > MOST_DAYS:
            yield _error([complaint("", _("The list covers too many days. Ask in shorter lists."))])
            continue
        try:
            answer = answer_to(question, version=asked)
        except Refused as error:
            yield _error(complaints(error))
        else:
            days += len(cast("list[object]", answer["days"]))
            yield answer


def _error(told: list[dict[str, str]]) -> dict[str, object]:
    return {"error": {"errors": told}}


def _as_parameter(field: str) -> dict[str, str]:
    """Consultations are flat in an address, and have the name of one."""
    return {"parameter": CONSULTATION} if field == "consultations" else {}
