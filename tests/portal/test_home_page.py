from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from tests.factories.agencies import AgencyFactory, ReadingPlaceFactory
from tests.factories.disclosure import DocumentFactory

pytestmark = pytest.mark.django_db


def test_it_shows_what_is_public_and_nothing_else(client: Client) -> None:
    DocumentFactory(title="已公开的通知")
    DocumentFactory(title="还是草稿", published_at=None)
    DocumentFactory(title="明天才公开", published_at=timezone.now() + timedelta(days=1))

    page = client.get("/").content.decode()

    assert "已公开的通知" in page
    assert "还是草稿" not in page
    assert "明天才公开" not in page


def test_it_works_on_an_empty_site(client: Client) -> None:
    assert client.get("/").status_code == 200


def test_a_machine_without_an_index_shows_no_counts(client: Client) -> None:
    DocumentFactory()

    response = client.get("/")

    assert response.status_code == 200
    assert response.context["figures"] is None
    assert all(item["count"] is None for item in response.context["items"])


def test_the_doors_have_their_five_addresses(client: Client) -> None:
    page = client.get("/").content.decode()

    for address in (
        "/guide/",
        "/catalogue/?column=institutional",
        "/catalogue/?column=statutory",
        "/catalogue/?column=annual_report",
        "/apply/",
    ):
        assert f'href="{address}"' in page


def test_it_names_the_site_as_the_guideline_asks(client: Client) -> None:
    page = client.get("/").content.decode()

    for name in ("SiteName", "SiteDomain", "SiteIDCode"):
        assert f'<meta name="{name}"' in page


def test_only_a_demonstration_says_that_it_is_one(client: Client, settings: Settings) -> None:
    settings.SITE = {**settings.SITE, "demonstration": True}
    assert 'class="ribbon"' in client.get("/").content.decode()

    settings.SITE = {**settings.SITE, "demonstration": False}
    assert 'class="ribbon"' not in client.get("/").content.decode()


def test_it_asks_the_same_few_questions_however_much_there_is(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    root = AgencyFactory()
    ReadingPlaceFactory(agency=root)
    for _ in range(8):
        DocumentFactory(agency=AgencyFactory(parent=root))

    # The root, its bodies and places, the newest, bodies counted, interpretations counted.
    with django_assert_num_queries(6):
        client.get("/")


def test_large_text_is_kept_and_leads_back(client: Client) -> None:
    response = client.get("/view/", {"view": "large", "next": "/guide/?a=1"})

    assert response.headers["Location"] == "/guide/?a=1"
    assert 'class="large-text"' in client.get("/").content.decode()

    client.get("/view/", {"view": "normal"})
    assert 'class="large-text"' not in client.get("/").content.decode()


@pytest.mark.parametrize(
    "back", ["https://elsewhere.example/", "//elsewhere.example", "", "javascript:1"]
)
def test_the_text_switch_never_leads_off_the_site(client: Client, back: str) -> None:
    assert client.get("/view/", {"view": "large", "next": back}).headers["Location"] == "/"


def test_english_is_complete(client: Client) -> None:
    client.get("/view/", {"language": "en"})

    page = client.get("/").content.decode()

    assert '<html lang="en"' in page
    assert "Disclosure guide" in page


def test_robots_are_told_where_the_map_is(client: Client) -> None:
    text = client.get("/robots.txt").content.decode()

    assert "Sitemap: http://testserver/sitemap.xml" in text
    assert "Disallow: /accounts/" in text


def test_no_page_carries_inline_style_or_script(client: Client) -> None:
    DocumentFactory()

    for address in ("/", "/catalogue/", "/guide/", "/apply/", "/agencies/", "/topics/"):
        page = client.get(address).content.decode()
        assert " style=" not in page
        assert "<script>" not in page
        assert " onclick=" not in page


def test_a_missing_page_leads_on(client: Client) -> None:
    response = client.get("/nowhere/")

    assert response.status_code == 404
    assert 'action="/search/"' in response.content.decode()


def test_a_failure_is_told_without_the_database(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(**_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("disclosure.selectors.latest", broken)
    client.raise_request_exception = False

    response = client.get("/")

    assert response.status_code == 500
    assert 'href="/"' in response.content.decode()


def test_a_form_without_its_token_is_refused_with_a_way_on() -> None:
    response = Client(enforce_csrf_checks=True).post("/accounts/login/", {"login": "a@b.example"})

    assert response.status_code == 403
    assert 'href="/"' in response.content.decode()


def test_the_sign_in_page_names_the_same_site(client: Client, settings: Settings) -> None:
    page = client.get("/accounts/login/").content.decode()

    assert f'<meta name="SiteIDCode" content="{settings.SITE["id_code"]}">' in page


def test_another_host_name_is_refused_calmly(client: Client) -> None:
    response = client.get("/", headers={"host": "elsewhere.example"})
    assert response.status_code == 400
    assert "elsewhere.example" not in response.content.decode()


def test_no_path_makes_a_page_point_to_another_site(client: Client) -> None:
    page = client.get("/x", PATH_INFO="//elsewhere.example/x").content.decode()
    assert "//elsewhere.example" not in page
    assert "http://testserver/elsewhere.example/x" in page
