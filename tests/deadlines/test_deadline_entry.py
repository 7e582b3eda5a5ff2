"""A due date as an entry for anybody's calendar."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from icalendar import Calendar

from tests.deadlines.asking import AS_TYPED, MOCKUP, PAGE

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("twelfth_of_october")]


def entry(reader: Client, query: str) -> Any:
    response = reader.get(f"/deadline.ics?{query}")
    assert response.status_code == 200
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    [event] = Calendar.from_ical(response.content).walk("VEVENT")
    return event


def test_the_due_date_goes_into_any_calendar(reader: Client) -> None:
    event = entry(reader, MOCKUP)

    assert event.decoded("dtstart") == date(2026, 10, 30)
    assert event.decoded("dtend") == date(2026, 10, 31)
    assert str(event["summary"]) == "Reply to an application: last day"
    assert str(event["url"]) == f"http://testserver{PAGE}?{MOCKUP}"
    assert str(event["status"]) == "CONFIRMED"


def test_the_same_days_are_the_same_entry(reader: Client) -> None:
    uid = entry(reader, MOCKUP)["uid"]

    assert entry(reader, urlencode(AS_TYPED))["uid"] == uid
    assert entry(reader, "rule=reply&received_on=2026-09-14")["uid"] != uid


def test_a_provisional_date_is_tentative(reader: Client) -> None:
    assert str(entry(reader, "rule=reply&received_on=2026-12-08")["status"]) == "TENTATIVE"


@pytest.mark.parametrize("query", ["", "received_on=x", "received_on=2026-10-11&channel=online"])
def test_without_a_due_date_there_is_no_entry(reader: Client, query: str) -> None:
    assert reader.get(f"/deadline.ics?{query}").status_code == 404
