"""What is found through the index, and that no question, however odd, breaks the API."""

from urllib.parse import quote

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from disclosure.indexing import documents
from disclosure.models import Document
from disclosure.rules.vocabulary import Genre
from search.follower import catch_up
from search.services import mark_changed
from tests.factories.agencies import AgencyFactory
from tests.factories.disclosure import DocumentFactory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("index")]


def indexed() -> None:
    mark_changed(documents.name, Document.objects.values_list("pk", flat=True))
    catch_up()


@pytest.fixture
def flood() -> Document:
    """One document about floods among three that are not."""
    province = AgencyFactory(code="MC")
    city = AgencyFactory(code="MC01", parent=province)
    flood = DocumentFactory(
        agency=city,
        title="关于做好2026年度防汛抗旱工作的通知",
        document_number="明政发〔2026〕3号",
        body_text="各县人民政府：<b>落实防汛责任</b>，加强值守。",
    )
    DocumentFactory.create_batch(3, agency=province, genre=Genre.OPINION)
    indexed()
    return flood


def ask(client: Client, query: str) -> list[str]:
    told = client.get(f"/api/v1/records/?{query}").json()
    return [line["index_number"] for line in told["results"]]


@pytest.mark.parametrize(
    "q",
    ["防汛", "“落实防汛责任”", '"落实防汛责任"', "明政发[2026]3号", "防汛抗旱 值守", "防汛責任"],
)
def test_a_document_is_found(client: Client, flood: Document, q: str) -> None:
    assert ask(client, f"q={quote(q)}") == [flood.index_number]


def test_a_result_shows_where_and_its_markup_is_ours_alone(client: Client, flood: Document) -> None:
    line = client.get("/api/v1/records/?q=防汛责任").json()["results"][0]
    assert "<mark>" in line["snippet"]
    assert "<b>" not in line["snippet"]
    assert "snippet" not in client.get("/api/v1/records/").json()["results"][0]


def test_a_search_is_counted_exactly_and_read_page_by_page(client: Client, flood: Document) -> None:
    first = client.get("/api/v1/records/?q=通知&limit=3").json()
    second = client.get(first["next"]).json()
    assert first["count"] == second["count"] == 4
    assert (len(first["results"]), len(second["results"])) == (3, 1)
    assert second["next"] is None
    assert client.get(second["previous"]).json()["results"] == first["results"]


def test_a_list_without_a_question_is_counted_by_the_index(client: Client, flood: Document) -> None:
    told = client.get("/api/v1/records/?agency=MC01").json()
    assert told["count"] == 1
    assert client.get("/api/v1/records/?page=2&limit=3").json()["count"] == 4


def test_filters_narrow_a_search(client: Client, flood: Document) -> None:
    assert ask(client, "q=通知&agency=MC01") == [flood.index_number]
    assert len(ask(client, "q=通知&agency=MC")) == 4
    assert len(ask(client, "q=通知&genre=opinion")) == 3
    assert len(ask(client, "q=通知&genre=opinion&genre=notice")) == 4
    assert ask(client, "q=通知&until=2026-03-08") == []


def test_facets_count_what_was_found(client: Client, flood: Document) -> None:
    facets = client.get("/api/v1/records/?q=通知&facets=1").json()["facets"]
    assert facets["genre"] == [{"value": "opinion", "count": 3}, {"value": "notice", "count": 1}]
    assert {"value": "MC", "count": 4} in facets["agency"]
    assert "facets" not in client.get("/api/v1/records/?q=通知").json()


@pytest.mark.parametrize("size", [1, 15])
def test_a_search_costs_one_query_however_many_are_found(
    client: Client, size: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    DocumentFactory.create_batch(size)
    indexed()
    with django_assert_num_queries(1):
        assert client.get("/api/v1/records/?q=通知&facets=1").json()["count"] == size


def test_what_was_withdrawn_is_not_shown_while_the_index_lags(
    client: Client, flood: Document
) -> None:
    Document.objects.filter(pk=flood.pk).update(published_at=None)
    assert ask(client, "q=防汛") == []


ODD = st.one_of(
    st.text(max_size=80),
    st.text(alphabet="\"“”'()[]〔〕{}:*?~^+-&|\\/! 防汛\u0000\u200b\ud7ff", max_size=40),
    st.sampled_from(
        ["a" * 10_000, "防" * 10_000, '"' * 999, "AND OR NOT", "*", "title:", "。，、；"]
    ),
)
NAMES = ["agency", "topic", "genre", "year", "validity", "column", "item", "since", "until"]
PARAMETERS = st.dictionaries(
    st.sampled_from([*NAMES, "order", "limit", "cursor", "page", "facets"]),
    st.one_of(ODD, st.integers().map(str), st.dates().map(str)),
    max_size=3,
)


@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(q=ODD, others=PARAMETERS)
def test_no_question_breaks_it(flood: Document, q: str, others: dict[str, str]) -> None:
    reader = Client(raise_request_exception=False, REMOTE_ADDR=f"test-{hash(q)}")
    response = reader.get("/api/v1/records/", {"q": q, **others})
    assert response.status_code in {200, 400}
    response = reader.get("/api/v1/records/", others)
    assert response.status_code in {200, 400}
