"""Every kind of page: nothing refused, nothing wider than the window, nothing in anybody's way."""

from urllib.parse import quote

import pytest

from tests.journeys.conftest import Portal
from tests.journeys.watch import Watched

ANSWERED = (
    "/deadline/?rule=reply&received_on=2026-09-14"
    "&consultation=third_party,2026-09-21,2026-09-29&extended_days=5"
)
PROVISIONAL = "/deadline/?rule=reply&received_on=2026-12-08"
PAGES = {
    "home": "/",
    "catalogue": "/catalogue/",
    "narrowed catalogue": "/catalogue/?topic=10&year=2026",
    "document": "{document}",
    "bodies": "/agencies/",
    "body": "/agencies/900001234/",
    "topics": "/topics/",
    "topic": "/topics/10/",
    "results": f"/search/?q={quote('加装电梯')}",
    "no results": f"/search/?q={quote('量子隧穿养殖')}",
    "odd question": f"/search/?q={quote('“[(')}",
    "guide": "/guide/",
    "apply": "/apply/",
    "deadline": "/deadline/",
    "deadline answered": ANSWERED,
    "deadline provisional": PROVISIONAL,
    "sign in": "/accounts/login/",
    "register": "/accounts/signup/",
    "forgotten password": "/accounts/password/reset/",
}


@pytest.fixture(scope="session")
def document(portal: Portal) -> str:
    """The page of a document with attachments and an interpretation."""
    found = portal.ask(f"/api/v1/records/?q={quote('明政办发〔2026〕12号')}")
    address: str = found["results"][0]["html_url"]
    return address.removeprefix(portal.address)


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES.keys())
def test_a_page_is_in_nobodys_way(watched: Watched, document: str, path: str) -> None:
    answer = watched.page.goto(path.format(document=document))

    assert answer is not None
    assert answer.status == 200
    assert watched.barriers() == []
    assert watched.overflow() <= 0


def test_a_page_in_the_dark_is_legible(watched: Watched, document: str) -> None:
    watched.page.emulate_media(color_scheme="dark")
    results = f"/search/?q={quote('加装电梯')}"
    for path in ("/", document, results, "/accounts/login/", ANSWERED, PROVISIONAL):
        watched.page.goto(path)
        assert watched.barriers() == [], path


def test_a_page_that_is_not_there_is_in_nobodys_way(watched: Watched) -> None:
    watched.missing("/documents/nothing/here/")

    assert watched.barriers() == []
    assert watched.overflow() <= 0


def test_the_documentation_of_the_api_works_offline(watched: Watched) -> None:
    watched.page.goto("/api/v1/docs/")

    watched.page.locator(".opblock").first.wait_for()
