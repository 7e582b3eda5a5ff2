from datetime import date

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from disclosure.rules.vocabulary import Column
from tests.factories.agencies import AgencyFactory, ReadingPlaceFactory
from tests.factories.disclosure import DocumentFactory

pytestmark = pytest.mark.django_db


def test_it_shows_the_guide_item_by_item(client: Client) -> None:
    """Regulation Art 12."""
    body = AgencyFactory(
        guide_classification="按条例分15项",
        guide_arrangement="索引号由机构代码组成",
        guide_access="在本站查询",
        guide_updated_on=date(2026, 9, 18),
        work_body="政务公开处",
        address="文澜路9号",
        office_hours="工作日9:00—17:00",
        phone="0000-1",
        fax="0000-2",
        email="gk@mingchuan.example",
    )

    page = client.get(f"/agencies/{body.code}/").content.decode()

    for value in (
        "按条例分15项",
        "索引号由机构代码组成",
        "在本站查询",
        "政务公开处",
        "文澜路9号",
        "工作日9:00—17:00",
        "0000-1",
        "0000-2",
        "gk@mingchuan.example",
    ):
        assert value in page


def test_its_doors_stay_with_the_body(client: Client) -> None:
    body = AgencyFactory()

    page = client.get(f"/agencies/{body.code}/").content.decode()

    for column in Column:
        assert f"/catalogue/?column={column}&amp;agency={body.code}" in page
    assert f"/apply/?agency={body.code}" in page


def test_only_its_own_public_reports_stand_beside_it(client: Client) -> None:
    body = AgencyFactory()
    DocumentFactory(agency=body, title="本级年报", column=Column.ANNUAL_REPORT)
    DocumentFactory(agency=body, title="年报草稿", column=Column.ANNUAL_REPORT, published_at=None)
    beneath = AgencyFactory(parent=body)
    DocumentFactory(agency=beneath, title="下级年报", column=Column.ANNUAL_REPORT)

    reports = client.get(f"/agencies/{body.code}/").context["reports"]

    assert [report.title for report in reports] == ["本级年报"]


@pytest.mark.parametrize("code", ["nobody", "%00", "机关"])
def test_an_unknown_body_is_no_page(client: Client, code: str) -> None:
    assert client.get(f"/agencies/{code}/").status_code == 404


def test_the_list_is_folded_by_region_and_found_by_name(client: Client) -> None:
    root = AgencyFactory(name="明川省人民政府")
    city = AgencyFactory(name="临江市人民政府", parent=root, level="city")
    AgencyFactory(name="临江市教育局", parent=city, level="city", kind="department")
    AgencyFactory(name="明川省教育厅", parent=root, kind="department")

    regions = client.get("/agencies/").context["regions"]
    found = client.get("/agencies/?name=教育").context["found"]

    assert [(top.name, [body.name for body in beneath]) for top, beneath in regions] == [
        ("明川省人民政府", ["明川省教育厅"]),
        ("临江市人民政府", ["临江市教育局"]),
    ]
    assert {body.name for body in found} == {"明川省教育厅", "临江市教育局"}


def test_it_asks_the_same_few_questions_for_a_large_body(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    body = AgencyFactory(parent=AgencyFactory())
    for _ in range(5):
        DocumentFactory(agency=AgencyFactory(parent=body))
        DocumentFactory(agency=body, column=Column.ANNUAL_REPORT)
        ReadingPlaceFactory(agency=body)

    # The body, those over it, the newest, its reports, its places, those beneath.
    with django_assert_num_queries(6):
        client.get(f"/agencies/{body.code}/")
