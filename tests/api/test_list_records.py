"""The catalogue as the database lists it. These hold on a machine whose index is not there."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from agencies.rules.bodies import Level
from disclosure.rules.vocabulary import Column, Genre, Validity
from tests.factories.agencies import AgencyFactory
from tests.factories.disclosure import DocumentFactory, TopicFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("index")]

MARCH = datetime(2026, 3, 1, 2, 0, tzinfo=UTC)


def numbers(client: Client, query: str = "") -> list[str]:
    response = client.get(f"/api/v1/records/?{query}")
    assert response.status_code == 200, response.content
    return [line["index_number"] for line in response.json()["results"]]


def test_the_newest_come_first_and_only_what_is_public(client: Client) -> None:
    old = DocumentFactory(published_at=MARCH)
    new = DocumentFactory(published_at=MARCH + timedelta(days=1))
    DocumentFactory(published_at=None)
    DocumentFactory(published_at=datetime(2199, 1, 1, tzinfo=UTC))
    assert numbers(client) == [new.index_number, old.index_number]


def test_a_line_says_what_the_contract_says(client: Client) -> None:
    DocumentFactory()
    line = client.get("/api/v1/records").json()["results"][0]
    assert set(line) == {
        "index_number",
        "title",
        "document_number",
        "agency",
        "topic",
        "genre",
        "column",
        "item",
        "issued_on",
        "published_at",
        "validity",
        "summary",
        "url",
        "html_url",
    }
    assert line["topic"] is None
    assert client.get(line["url"]).json()["title"] == line["title"]


def test_following_next_shows_each_once_and_previous_leads_back(client: Client) -> None:
    agency = AgencyFactory()
    made = [DocumentFactory(agency=agency, published_at=MARCH) for _ in range(5)]
    first = client.get("/api/v1/records/?limit=2&genre=notice").json()
    second = client.get(first["next"]).json()
    third = client.get(second["next"]).json()
    seen = [line["index_number"] for page in (first, second, third) for line in page["results"]]
    assert seen == [document.index_number for document in reversed(made)]
    assert first["previous"] is None
    assert third["next"] is None
    assert client.get(second["previous"]).json()["results"] == first["results"]


def test_without_an_index_the_list_stands_and_only_the_count_is_missing(client: Client) -> None:
    DocumentFactory()
    told = client.get("/api/v1/records/?facets=1").json()
    assert told["count"] is None
    assert told["facets"] is None
    assert len(told["results"]) == 1


def test_without_an_index_a_search_says_when_to_come_back(client: Client) -> None:
    response = client.get("/api/v1/records/?q=防汛")
    assert response.status_code == 503
    assert int(response["Retry-After"]) > 0
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["status"] == 503


def test_filters_narrow(client: Client) -> None:
    province = AgencyFactory(code="MC")
    city = AgencyFactory(code="MC01", parent=province, level=Level.CITY)
    other = AgencyFactory(code="ZZ")
    above = TopicFactory(code="9")
    beneath = TopicFactory(code="901", parent=above)
    a = DocumentFactory(agency=province, topic=above, genre=Genre.NOTICE, statutory_item=1)
    b = DocumentFactory(agency=city, topic=beneath, genre=Genre.OPINION, statutory_item=2)
    c = DocumentFactory(
        agency=other, genre=Genre.REPLY, validity=Validity.REPEALED, issued_on=date(2019, 5, 1)
    )
    d = DocumentFactory(agency=other, column=Column.ANNUAL_REPORT, issued_on=None)

    def found(query: str) -> set[str]:
        return set(numbers(client, query))

    def of(*documents: object) -> set[str]:
        return {getattr(document, "index_number", "") for document in documents}

    assert found("agency=MC") == of(a, b)
    assert found("agency=MC01&agency=ZZ") == of(b, c, d)
    assert found("topic=9") == of(a, b)
    assert found("topic=901") == of(b)
    assert found("topic=9&topic=901&agency=MC&agency=ZZ") == of(a, b)
    assert found("genre=notice&genre=opinion&agency=MC01") == of(b)
    assert found("genre=notice&genre=reply") == of(a, c, d)
    assert found("validity=repealed") == of(c)
    assert found("year=2019") == of(c)
    assert found("year=2019&year=2026") == of(a, b, c, d)
    assert found("column=annual_report") == of(d)
    assert found("item=1&item=2") == of(a, b)
    assert found("agency=MC&genre=reply") == set()


def test_days_of_publication_are_shanghai_days(client: Client) -> None:
    late = datetime(2026, 3, 9, 16, 30, tzinfo=UTC)  # half past midnight on the 10th there
    document = DocumentFactory(published_at=late)
    assert numbers(client, "since=2026-03-10&until=2026-03-10") == [document.index_number]
    assert numbers(client, "until=2026-03-09") == []


@pytest.mark.parametrize("size", [1, 20])
def test_a_page_costs_one_query_however_long(
    client: Client, size: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    DocumentFactory.create_batch(size)
    with django_assert_num_queries(1):
        client.get("/api/v1/records/")


def test_a_filter_by_code_costs_one_query_more(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    DocumentFactory(agency=AgencyFactory(code="MC"))
    AgencyFactory(code="ZZ")
    with django_assert_num_queries(2):
        client.get("/api/v1/records/?agency=MC&agency=ZZ&genre=notice")


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("limit=0", "limit"),
        ("limit=101", "limit"),
        ("limit=many", "limit"),
        ("page=0", "page"),
        ("page=501&limit=20", "page"),
        ("agency=nobody", "agency"),
        ("topic=nothing", "topic"),
        ("genre=poem", "genre"),
        ("genre=notice&genre=poem", "genre"),
        ("year=0", "year"),
        ("since=0001-01-01", "since"),
        ("until=9999-12-31", "until"),
        ("year=two", "year"),
        ("item=16", "item"),
        ("validity=?", "validity"),
        ("column=x", "column"),
        ("since=2026-02-30", "since"),
        ("since=2026-03-02&until=2026-03-01", "until"),
        ("order=size", "order"),
        ("cursor=xyz", "cursor"),
        ("cursor=xyz&q=a", "cursor"),
        ("facets=perhaps", "facets"),
        ("q=%00", "q"),
        ("agency=%00", "agency"),
    ],
)
def test_a_value_that_cannot_be_used_is_named(client: Client, query: str, parameter: str) -> None:
    response = client.get(f"/api/v1/records/?{query}")
    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"
    told = response.json()
    assert (told["type"], told["status"], told["instance"]) == (
        "about:blank",
        400,
        "/api/v1/records/",
    )
    assert {error["parameter"] for error in told["errors"]} == {parameter}
    assert all(error["detail"] for error in told["errors"])


def test_every_wrong_parameter_is_told_at_once(client: Client) -> None:
    errors = client.get("/api/v1/records/?limit=0&year=x&genre=poem").json()["errors"]
    assert {error["parameter"] for error in errors} == {"limit", "year", "genre"}
