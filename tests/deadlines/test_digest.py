import pytest

from accounts.models import User
from agencies.models import Agency
from deadlines.services.digests import post_weekly
from notices.models import Notice
from tests.factories.agencies import AgencyFactory
from tests.factories.duties import at, owed

pytestmark = pytest.mark.django_db


def digests(of: User) -> list[Notice]:
    theirs = Notice.objects.filter(message="digest", channel="inbox", recipient=of.pseudonym)
    return list(theirs.order_by("pk"))


def test_it_lists_what_is_late_and_what_is_due_soon(body: Agency, clerk: User) -> None:
    owed(body, on="2026-02-24", title="早就该答复")
    owed(body, on="2026-03-02", title="快到期")
    owed(body, on="2026-03-20", title="还早")

    post_weekly(at=at("2026-03-30"))

    [digest] = digests(clerk)
    assert [line["title"] for line in digest.context["overdue"]] == ["早就该答复"]
    assert [line["title"] for line in digest.context["soon"]] == ["快到期"]
    assert digest.context["open"] == 3


def test_it_comes_once_a_week_whichever_day_and_however_often_it_runs(
    body: Agency, clerk: User
) -> None:
    owed(body)

    for day in ("2026-03-24", "2026-03-24", "2026-03-25", "2026-03-30", "2026-04-02"):
        post_weekly(at=at(day))

    assert len(digests(clerk)) == 2


def test_a_body_with_nothing_pressing_gets_none(body: Agency, clerk: User) -> None:
    owed(body, on="2026-03-20")

    assert post_weekly(at=at("2026-03-24")) == 0
    assert digests(clerk) == []


def test_each_body_reads_of_its_own(body: Agency, clerk: User, province: Agency) -> None:
    owed(AgencyFactory(parent=province))

    post_weekly(at=at("2026-03-30"))

    assert digests(clerk) == []
