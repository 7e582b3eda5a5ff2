import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from disclosure.rules.vocabulary import Column, Genre, Validity
from search import follower
from tests.factories.agencies import AgencyFactory
from tests.factories.disclosure import DocumentFactory, TopicFactory

pytestmark = pytest.mark.django_db

SPRING = datetime(2026, 3, 9, 1, 0, tzinfo=UTC)


def titles(client: Client, address: str) -> list[str]:
    return [row.title for row in client.get(address).context["page"].rows]


def test_every_document_is_met_once_on_the_way_to_the_end_and_back(client: Client) -> None:
    for n in range(45):
        DocumentFactory(title=f"第{n}号", published_at=SPRING - timedelta(hours=n // 2))

    response = client.get("/catalogue/")
    met = [[row.title for row in response.context["page"].rows]]
    while response.context["older"]:
        response = client.get(response.context["older"])
        met.append([row.title for row in response.context["page"].rows])

    assert [len(page) for page in met] == [20, 20, 5]
    assert len({title for page in met for title in page}) == 45
    assert titles(client, response.context["newer"]) == met[1]


def test_a_body_takes_in_all_beneath_it(client: Client) -> None:
    city = AgencyFactory(parent=AgencyFactory())
    DocumentFactory(title="县里的", agency=AgencyFactory(parent=city))
    DocumentFactory(title="省里的", agency=city.parent)

    assert titles(client, f"/catalogue/?agency={city.code}") == ["县里的"]


def test_a_class_takes_in_its_children(client: Client) -> None:
    top = TopicFactory()
    DocumentFactory(title="子类的", topic=TopicFactory(parent=top))
    DocumentFactory(title="别类的", topic=TopicFactory())

    assert titles(client, f"/catalogue/?topic={top.code}") == ["子类的"]


@pytest.mark.parametrize(
    ("name", "value", "field"),
    [
        ("column", "institutional", {"column": Column.INSTITUTIONAL}),
        ("item", "7", {"statutory_item": 7}),
        ("validity", "repealed", {"validity": Validity.REPEALED}),
        ("year", "2019", {"issued_on": "2019-05-01"}),
        ("genre", "letter", {"genre": "letter"}),
    ],
)
def test_each_filter_narrows_and_can_be_taken_out(
    client: Client, name: str, value: str, field: dict[str, object]
) -> None:
    DocumentFactory(title="要找的", **field)
    DocumentFactory(title="其余的")

    response = client.get(f"/catalogue/?{name}={value}")

    assert [row.title for row in response.context["page"].rows] == ["要找的"]
    assert [chip.url for chip in response.context["chips"]] == ["/catalogue/"]


def test_a_filter_that_makes_no_sense_is_named_and_left_out(client: Client) -> None:
    DocumentFactory(title="仍在")

    response = client.get(
        "/catalogue/?agency=nobody&topic=%00&year=abc&item=16&genre=poem&since=2026-13-01"
    )

    assert [row.title for row in response.context["page"].rows] == ["仍在"]
    assert len(response.context["ignored"]) == 6
    assert response.context["chips"] == []


def test_a_forged_place_in_the_list_is_refused_with_a_page(client: Client) -> None:
    response = client.get("/catalogue/?cursor=%FF%00zz")

    assert response.status_code == 400
    assert 'href="/"' in response.content.decode()


def test_an_empty_catalogue_leads_on(client: Client) -> None:
    page = client.get("/catalogue/?column=annual_report").content.decode()

    assert 'href="/search/"' in page
    assert 'href="/apply/"' in page


def test_links_keep_the_other_filters(client: Client) -> None:
    root = AgencyFactory()
    child = AgencyFactory(parent=root)
    DocumentFactory(agency=child)

    page = client.get("/catalogue/?column=statutory&validity=valid").content.decode()

    link = re.search(rf'href="([^"]*agency={child.code}[^"]*)"', page)
    assert link
    assert "column=statutory" in link[1]
    assert "validity=valid" in link[1]


def test_it_asks_the_same_few_questions_however_long_the_list(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    root = AgencyFactory()
    for _ in range(25):
        DocumentFactory(
            agency=AgencyFactory(parent=root), topic=TopicFactory(parent=TopicFactory())
        )

    # The rows, the topics, the root and the bodies under it.
    with django_assert_num_queries(4):
        client.get("/catalogue/")
    # The chosen body in place of the root.
    with django_assert_num_queries(4):
        client.get(f"/catalogue/?agency={root.code}")


def test_a_long_facet_shows_what_holds_most_and_folds_the_rest(client: Client, index: Path) -> None:
    for genre in [*list(Genre)[:9], Genre.MINUTES, Genre.MINUTES]:
        DocumentFactory(genre=genre)
    follower.catch_up()

    facets = client.get("/catalogue/").context["facets"]
    genres = next(facet for facet in facets if "genre=" in facet.choices[0].url)

    assert [choice.label for choice in genres.first][-1] == "纪要"
    assert (len(genres.first), len(genres.rest)) == (6, 4)
    assert {*genres.first, *genres.rest} == {*genres.choices}


def test_what_is_chosen_is_never_folded_away(client: Client) -> None:
    page = client.get("/catalogue/?genre=minutes")

    facet = next(f for f in page.context["facets"] if any(c.current for c in f.choices))

    assert facet.rest
    assert any(choice.current for choice in facet.first)
    assert not any(choice.current for choice in facet.rest)
