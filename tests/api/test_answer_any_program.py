"""What holds at every address of the API: failures, limits, caches, other sites, the schema."""

from pathlib import Path
from typing import Never

import pytest
from django.conf import settings as django_settings
from django.core.management import call_command
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings
from rest_framework.settings import api_settings

from agencies.api.views import AgencyList
from rest.views import AddressThrottle
from tests.factories.accounts import OfficialFactory
from tests.factories.disclosure import TopicFactory

pytestmark = pytest.mark.django_db

EVERYWHERE = ["", "records/", "agencies/", "topics/", "deadlines/", "schema/", "docs/"]


def test_the_root_leads_everywhere(client: Client) -> None:
    places = client.get("/api/v1/").json()
    assert set(places) == {"records", "agencies", "topics", "deadlines", "schema", "docs"}
    assert {client.get(place).status_code for place in places.values()} == {200}


@pytest.mark.parametrize("method", ["get", "post", "put", "delete"])
@pytest.mark.parametrize("path", ["nothing", "nothing/at/all/", "record/1", "recordsx"])
def test_an_address_that_leads_nowhere_is_a_problem(client: Client, method: str, path: str) -> None:
    response = getattr(client, method)(f"/api/v1/{path}")
    assert response.status_code == 404
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["instance"] == f"/api/v1/{path}"


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
@pytest.mark.parametrize("path", ["records/", "agencies/", "topics/", ""])
def test_public_reading_takes_no_writing(client: Client, method: str, path: str) -> None:
    response = getattr(client, method)(f"/api/v1/{path}")
    assert response.status_code == 405
    assert response["Content-Type"] == "application/problem+json"
    assert response["Cache-Control"] == "no-store"


def test_a_format_we_do_not_have_is_a_problem(client: Client) -> None:
    response = client.get("/api/v1/records/", headers={"accept": "application/xml"})
    assert response.status_code == 406
    assert response["Content-Type"] == "application/problem+json"


def test_a_failure_of_ours_is_a_problem_that_tells_nothing(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_args: object) -> Never:
        raise RuntimeError("the password is 12345")

    monkeypatch.setattr(AgencyList, "get", fail)
    client.raise_request_exception = False
    response = client.get("/api/v1/agencies/")
    assert response.status_code == 500
    assert response["Content-Type"] == "application/problem+json"
    assert "12345" not in response.content.decode()


def test_a_thousand_parameters_are_refused(client: Client) -> None:
    response = client.get("/api/v1/records/?" + "&".join(["genre=notice"] * 1100))
    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"


def test_problems_speak_the_readers_language(client: Client) -> None:
    english = client.get("/api/v1/nothing", headers={"accept-language": "en"})
    assert english.json()["title"] == "Not found"
    assert english["Content-Language"] == "en"
    assert client.get("/api/v1/nothing")["Content-Language"] == "zh-hans"


def test_any_site_may_read_and_caches_may_keep(client: Client) -> None:
    for path in EVERYWHERE[:6]:
        response = client.get(f"/api/v1/{path}", headers={"origin": "https://elsewhere.example"})
        assert response["Access-Control-Allow-Origin"] == "*"
        assert "Access-Control-Allow-Credentials" not in response
        assert "public" in response["Cache-Control"]
        assert "max-age" in response["Cache-Control"]
        assert "Cookie" not in response.get("Vary", "")
        assert response["ETag"]


def test_a_browser_may_ask_first(client: Client) -> None:
    asked = client.options("/api/v1/records/", headers={"origin": "https://elsewhere.example"})
    assert asked.status_code == 200
    assert "GET" in asked["Access-Control-Allow-Methods"]


def test_a_list_that_has_not_changed_is_not_sent_again(client: Client) -> None:
    first = client.get("/api/v1/topics/")
    again = client.get("/api/v1/topics/", headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304


def test_who_is_signed_in_makes_no_difference(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    TopicFactory()
    client.force_login(OfficialFactory())
    with django_assert_num_queries(2):
        client.get("/api/v1/topics/")


@pytest.fixture
def _two_a_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(AddressThrottle, "THROTTLE_RATES", {"anon": "2/min"})


@pytest.mark.usefixtures("_two_a_minute")
def test_too_many_requests_from_one_address_wait(client: Client) -> None:
    for _ in range(2):
        assert client.get("/api/v1/").status_code == 200
    refused = client.get("/api/v1/")
    assert refused.status_code == 429
    assert 0 < int(refused["Retry-After"]) <= 60
    assert refused["Content-Type"] == "application/problem+json"
    assert client.get("/api/v1/", REMOTE_ADDR="10.1.1.1").status_code == 200


@pytest.mark.usefixtures("_two_a_minute")
def test_nobody_escapes_the_limit_by_writing_a_header(client: Client) -> None:
    told = [
        client.get("/api/v1/", headers={"x-forwarded-for": f"10.0.0.{n}"}).status_code
        for n in range(3)
    ]
    assert told == [200, 200, 429]


@pytest.mark.usefixtures("_two_a_minute")
def test_behind_one_proxy_its_own_entry_counts_and_no_other(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(api_settings, "NUM_PROXIES", 1)

    def ask(forwarded: str) -> int:
        return client.get("/api/v1/", headers={"x-forwarded-for": forwarded}).status_code

    assert [ask(f"10.0.0.{n}, 198.51.100.7") for n in range(3)] == [200, 200, 429]
    assert ask("10.0.0.1, 198.51.100.8") == 200


def test_everything_else_is_closed_by_default(settings: Settings) -> None:
    assert settings.REST_FRAMEWORK["DEFAULT_PERMISSION_CLASSES"] == [
        "rest_framework.permissions.IsAdminUser"
    ]


def test_the_schema_is_the_one_in_the_docs(tmp_path: Path) -> None:
    made = tmp_path / "openapi.yaml"
    call_command("spectacular", file=made, lang="en", validate=True, fail_on_warn=True)
    kept = Path(django_settings.BASE_DIR) / "docs" / "openapi.yaml"
    assert made.read_text() == kept.read_text(), (
        "run manage.py spectacular --lang en --file docs/openapi.yaml"
    )


def test_the_docs_need_no_other_host_and_no_script_but_ours(client: Client) -> None:
    page = client.get("/api/v1/docs/")
    assert page.status_code == 200
    text = page.content.decode()
    assert "https://" not in text
    assert "<script>" not in text
    policy = page["Content-Security-Policy"]
    assert "style-src 'self' 'unsafe-inline'" in policy
    assert "script-src" not in policy
    assert "unsafe-inline" not in client.get("/api/v1/")["Content-Security-Policy"]
