import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from agencies.models import Agency
from agencies.rules.bodies import Kind, Level
from tests.factories.agencies import AgencyFactory, ReadingPlaceFactory
from tests.factories.disclosure import TopicFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def province() -> Agency:
    """明川省 with one city, that with one county, and a department of the province."""
    province = AgencyFactory(code="MC", name="明川省人民政府", short_name="省政府")
    city = AgencyFactory(code="MC01", name="临江市人民政府", level=Level.CITY, parent=province)
    AgencyFactory(code="MC0101", name="江北县人民政府", level=Level.COUNTY, parent=city)
    AgencyFactory(code="MC-JYT", name="明川省教育厅", kind=Kind.DEPARTMENT, parent=province)
    return province


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("", {"MC", "MC01", "MC0101", "MC-JYT"}),
        ("under=MC01", {"MC01", "MC0101"}),
        ("parent=MC", {"MC01", "MC-JYT"}),
        ("level=city&level=county", {"MC01", "MC0101"}),
        ("kind=department", {"MC-JYT"}),
        ("q=教育", {"MC-JYT"}),
        ("q=%25", set()),
        ("under=MC&level=province&kind=government", {"MC"}),
        ("parent=&q=&level=", {"MC", "MC01", "MC0101", "MC-JYT"}),
    ],
)
def test_bodies_are_narrowed(client: Client, province: Agency, query: str, codes: set[str]) -> None:
    told = client.get(f"/api/v1/agencies/?{query}").json()
    assert {line["code"] for line in told["results"]} == codes
    assert told["count"] == len(codes)


def test_pages_of_bodies_lead_to_each_other(client: Client, province: Agency) -> None:
    first = client.get("/api/v1/agencies/?limit=3&under=MC").json()
    second = client.get(first["next"]).json()
    assert (len(first["results"]), len(second["results"])) == (3, 1)
    assert first["previous"] is None
    assert second["next"] is None
    assert client.get(second["previous"]).json()["results"] == first["results"]


def test_a_page_of_bodies_costs_two_queries(
    client: Client, province: Agency, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(2):
        client.get("/api/v1/agencies/")


def test_a_body_is_told_with_its_guide_and_where_to_read(
    client: Client, province: Agency, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    city = Agency.objects.get(code="MC01")
    city.guide_access, city.phone = "网上查阅", "000-0000000"
    city.save()
    ReadingPlaceFactory(agency=city, name="临江市图书馆")
    with django_assert_num_queries(4):
        told = client.get("/api/v1/agencies/MC01/").json()
    assert told["guide"]["access"] == "网上查阅"
    assert told["contact"]["phone"] == "000-0000000"
    assert [place["name"] for place in told["reading_places"]] == ["临江市图书馆"]
    assert [body["code"] for body in told["ancestors"]] == ["MC"]
    assert [body["code"] for body in told["children"]] == ["MC0101"]
    assert client.get(told["children_url"]).json()["count"] == 1
    assert client.get(told["ancestors"][0]["url"]).status_code == 200


def test_a_code_that_nobody_has_is_named(client: Client, province: Agency) -> None:
    assert client.get("/api/v1/agencies/XX/").status_code == 404
    response = client.get("/api/v1/agencies/?under=XX", headers={"accept-language": "en"})
    assert response.status_code == 400
    assert response.json()["errors"] == [
        {"parameter": "under", "detail": "No body has the code XX."}
    ]


def test_topics_are_a_tree(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    above = TopicFactory(code="9", name="甲类")
    TopicFactory(code="901", name="乙类", parent=above)
    with django_assert_num_queries(2):
        tree = client.get("/api/v1/topics/").json()
    line = next(line for line in tree["results"] if line["code"] == "9")
    assert [child["name"] for child in line["children"]] == ["乙类"]
    child = client.get(line["children"][0]["url"]).json()
    assert child["parent"]["code"] == "9"
    assert child["children"] == []
    assert client.get("/api/v1/topics/none").status_code == 404
