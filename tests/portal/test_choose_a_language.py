"""Pages are Chinese until the reader chooses; programs ask each time."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def language(client: Client, **headers: str) -> str:
    return client.get("/apply/", headers=headers).headers["Content-Language"]


def test_a_page_is_chinese_whatever_the_browser_was_bought_with(client: Client) -> None:
    assert language(client, accept_language="en-US,en") == "zh-hans"


def test_a_choice_is_kept_and_leads_back(client: Client) -> None:
    response = client.get("/view/", {"language": "en", "next": "/guide/?a=1"})

    assert response.headers["Location"] == "/guide/?a=1"
    assert language(client) == "en"
    client.get("/view/", {"language": "zh-hans"})
    assert language(client) == "zh-hans"


def test_a_language_we_do_not_have_is_no_choice(client: Client) -> None:
    client.get("/view/", {"language": "xx"})
    client.cookies["django_language"] = "../en"

    assert language(client) == "zh-hans"


def test_a_page_sets_no_cookie_of_its_own(client: Client) -> None:
    assert not client.get("/apply/").cookies


@pytest.mark.parametrize(
    ("accepted", "expected"),
    [("en-GB,zh;q=0.5", "en"), ("fr, en;q=0.1", "en"), ("fr", "zh-hans"), ("", "zh-hans")],
)
def test_a_program_is_answered_in_the_language_it_accepts(
    client: Client, accepted: str, expected: str
) -> None:
    response = client.get("/api/v1/topics/", headers={"accept-language": accepted})

    assert response.headers["Content-Language"] == expected
    assert "Accept-Language" in response.headers["Vary"]
