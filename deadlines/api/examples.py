"""A question and its answer as the documentation shows them."""

from typing import Any

from drf_spectacular.utils import OpenApiExample

_QUESTION: dict[str, Any] = {
    "rule": "reply",
    "channel": "online",
    "received_on": "2025-09-13",
    "confirmed_on": "2025-09-15",
    "corrected_on": None,
    "fee_paid_on": None,
    "extended_days": 0,
    "consultations": [
        {"with": "third_party", "sent_on": "2025-09-22", "answered_on": "2025-10-13"}
    ],
}
_ANSWER: dict[str, Any] = {
    "due_on": "2025-11-03",
    "provisional": False,
    "starts_on": "2025-09-15",
    "working_days": 20,
    "excluded_days": 11,
    "days": [{"date": "2025-09-16", "counted": True, "n": 1, "reason": "working day"}],
    "basis": ["Regulation, Article 33", "Regulation, Article 31", "Civil Code, Article 201"],
    "rule": "reply",
    "rule_name": "Reply to an application",
    "unit": "working_day",
    "length": 20,
    "due_at": "2025-11-04T00:00:00+08:00",
    "extension_days": 0,
    "unextended_on": "2025-11-03",
    "waiting_for": None,
    "waiting": "",
    "remarks": [],
    "article": "Regulation, Article 33",
    "calendar": {"version": 23, "provisional_years": []},
}
_MISSING = [{"parameter": "received_on", "detail": "It is missing."}]

QUESTION = OpenApiExample("Question", value=_QUESTION, request_only=True)
QUESTIONS = OpenApiExample("Questions", value=[_QUESTION, {"rule": "reply"}], request_only=True)
ANSWER = OpenApiExample("Answer", value=_ANSWER, response_only=True, status_codes=["200"])
ANSWERS = OpenApiExample(
    "Answers",
    value=[_ANSWER, {"error": {"errors": _MISSING}}],
    response_only=True,
    status_codes=["200"],
)
