import pytest
from django.test import Client

from deadlines.rules.table import RULES
from tests.factories.agencies import AgencyFactory, ReadingPlaceFactory

pytestmark = pytest.mark.django_db


def test_it_names_the_work_body_of_the_chosen_body(client: Client) -> None:
    root = AgencyFactory(work_body="省政府办公厅政务公开处")
    body = AgencyFactory(
        parent=root,
        work_body="教育厅办公室",
        address="文澜路5号",
        fax="0000-2",
        email="gk@e.example",
    )

    chosen = client.get(f"/apply/?agency={body.code}").content.decode()
    unchosen = client.get("/apply/").content.decode()

    for value in ("教育厅办公室", "文澜路5号", "0000-2", "gk@e.example"):
        assert value in chosen
    assert "省政府办公厅政务公开处" in unchosen


@pytest.mark.parametrize("code", ["nobody", "%00"])
def test_an_unknown_code_is_said_and_a_name_asked_for(client: Client, code: str) -> None:
    AgencyFactory()

    response = client.get(f"/apply/?agency={code}")

    assert response.status_code == 200
    assert response.context["unknown"]


def test_a_body_is_found_by_a_part_of_its_name(client: Client) -> None:
    body = AgencyFactory(name="明川省教育厅")

    page = client.get("/apply/?name=教育").content.decode()

    assert f"/apply/?agency={body.code}#to" in page


def test_the_guide_shows_where_to_read_and_the_guides_of_bodies(client: Client) -> None:
    root = AgencyFactory()
    child = AgencyFactory(parent=root)
    ReadingPlaceFactory(agency=root, name="明川省图书馆")

    page = client.get("/guide/").content.decode()

    assert "明川省图书馆" in page
    assert f"/agencies/{child.code}/#guide" in page


@pytest.mark.parametrize("address", ["/guide/", "/apply/", "/agencies/", "/topics/"])
def test_an_empty_site_still_has_its_pages(client: Client, address: str) -> None:
    assert client.get(address).status_code == 200


def test_how_to_apply_tells_the_terms_with_their_articles(client: Client) -> None:
    page = client.get("/apply/").content.decode()
    reply, correction = RULES["reply"].newest, RULES["correction"].newest

    for words, article in [
        (f"自收到申请之日起{reply.length}个工作日内答复", "条例第三十三条"),
        (f"最长{reply.extension}个工作日", "条例第三十三条"),
        (f"自收到申请之日起{correction.length}个工作日内一次性告知", "条例第三十条"),
    ]:
        assert article in page[page.index(words) :][:300]
