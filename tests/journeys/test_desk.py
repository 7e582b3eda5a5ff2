"""The desk's pages on terms and duties: nothing refused, nothing in an official's way."""

import pytest

from portal.demo.people import PASSWORD, PEOPLE
from tests.journeys.test_walks import sign_in
from tests.journeys.watch import Watched

PAGES = {
    "Clerk": [
        "/admin/",
        "/admin/deadlines/duty/",
        "/admin/deadlines/duty/1/change/",
        "/admin/deadlines/duty/feeds/",
        "/accounts/notices/",
    ],
    "Administrator": [
        "/admin/deadlines/revision/",
        "/admin/deadlines/revision/add/",
        "/admin/deadlines/localterm/",
        "/admin/deadlines/localterm/add/",
        "/admin/notices/notice/",
    ],
}


@pytest.mark.parametrize("role", PAGES)
def test_the_desk_is_in_nobodys_way(watched: Watched, role: str) -> None:
    person = next(person for person in PEOPLE if person.label == role)
    sign_in(watched.page, person.email, PASSWORD)
    for path in PAGES[role]:
        answer = watched.page.goto(path)

        assert answer is not None
        assert answer.status == 200, path
        assert watched.barriers() == [], path
        assert watched.overflow() <= 0, path
