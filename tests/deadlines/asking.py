"""How tests ask the page when an answer is due."""

from django.test import Client

from deadlines.explaining.explanation import Explanation

PAGE = "/deadline/"
MOCKUP = (
    "rule=reply&received_on=2026-09-14&extended_days=5"
    "&consultation=third_party,2026-09-21,2026-09-29"
)
AS_TYPED = {
    "rule": "reply",
    "received_on": "2026年9月14日",
    "1-with": "third_party",
    "1-sent_on": "2026/9/21",
    "1-answered_on": "20260929",
    "extended_days": "5",
    "channel": "in_person",
    "confirmed_on": "",
}


def answer(reader: Client, query: str) -> Explanation:
    response = reader.get(f"{PAGE}?{query}")
    assert response.status_code == 200
    assert response.context["problems"] == []
    told: Explanation = response.context["clock"]
    return told


def due(told: Explanation) -> str:
    return str(told.reading.due_on)
