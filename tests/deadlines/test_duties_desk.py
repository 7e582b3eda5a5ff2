"""The desk's list of what bodies owe, one duty with its reason, and calendar feeds."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client
from icalendar import Calendar, Component
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from agencies.models import Agency, Membership
from audit.models import Entry
from deadlines.models import Duty, FeedKey
from deadlines.rules.events import Event, EventKind
from deadlines.services.duties import meet, record_event
from deadlines.services.feed_keys import make
from tests.factories.agencies import AgencyFactory
from tests.factories.duties import CLERK, OPENED, at, owed

pytestmark = pytest.mark.django_db

LIST = "/admin/deadlines/duty/"
FEEDS = "/admin/deadlines/duty/feeds/"


@pytest.fixture
def today() -> Iterator[None]:
    """Thursday 26 March 2026; a reply asked for on 2 March is due on the 30th."""
    with time_machine.travel(at("2026-03-26"), tick=False):
        yield


@pytest.fixture
def desk(client: Client, clerk: User, today: object) -> Client:
    client.force_login(clerk)
    return client


def events(feed: bytes) -> list[Component]:
    return Calendar.from_ical(feed.decode()).walk("VEVENT")


def titles(desk: Client, query: str = "") -> list[str]:
    page = desk.get(f"{LIST}{query}")
    assert page.status_code == 200
    return [duty.title for duty in page.context["cl"].result_list]


def test_an_official_sees_what_their_own_body_owes(desk: Client, body: Agency) -> None:
    owed(body, title="本机关的答复")
    owed(AgencyFactory(), title="别的机关的答复")

    assert titles(desk) == ["本机关的答复"]


def test_a_supervisor_sees_the_whole_subtree(
    client: Client, supervisor: User, body: Agency, today: object
) -> None:
    client.force_login(supervisor)
    owed(body, title="下级机关的答复")

    assert titles(client) == ["下级机关的答复"]


def test_another_bodys_duty_is_not_shown(desk: Client) -> None:
    duty = owed(AgencyFactory())

    assert desk.get(f"{LIST}{duty.pk}/change/").status_code == 302


def test_what_is_open_comes_first_to_be_due_and_the_rest_is_a_choice(
    desk: Client, body: Agency
) -> None:
    owed(body, on="2026-03-09", title="以后")
    owed(body, on="2026-02-02", title="逾期")
    owed(body, on="2026-03-02", title="快到期")
    meet(owed(body, title="办结"), evidence="已答复", by=CLERK)
    waits = owed(body, title="等补正")
    record_event(waits, Event(EventKind.CORRECTION_ASKED, date(2026, 3, 5)), by=CLERK)

    assert titles(desk) == ["逾期", "快到期", "以后", "等补正"]
    assert titles(desk, "?when=overdue") == ["逾期"]
    assert titles(desk, "?when=soon") == ["快到期"]
    assert titles(desk, "?when=today") == []
    assert titles(desk, "?when=waiting") == ["等补正"]
    assert titles(desk, "?when=closed") == ["办结"]
    assert len(titles(desk, "?when=all")) == 5
    assert titles(desk, "?due_on__exact=2026-03-30") == ["快到期"]
    assert titles(desk, "?rule=correction") == []


def test_a_supervisor_narrows_to_one_body(
    client: Client, supervisor: User, province: Agency, body: Agency, today: object
) -> None:
    client.force_login(supervisor)
    owed(body, title="甲")
    other = AgencyFactory(parent=province)
    owed(other, title="乙")
    owed(other, title="丙")

    page = client.get(f"{LIST}?body={body.pk}")

    assert [duty.title for duty in page.context["cl"].result_list] == ["甲"]
    assert f"{other.name} (2)" in page.content.decode()
    assert len(titles(client, "?body=x")) == 3
    assert titles(client, f"?body={AgencyFactory().pk}") == []


def test_the_days_left_and_the_days_late_are_told(desk: Client, body: Agency) -> None:
    owed(body, on="2026-03-02")
    owed(body, on="2026-02-02")

    page = desk.get(LIST).content.decode()

    assert "还有2个工作日" in page
    assert "已过14个工作日" in page


def test_the_coming_weeks_show_how_much_is_due_each_day(desk: Client, body: Agency) -> None:
    for _ in range(3):
        owed(body, on="2026-03-02")

    weeks = desk.get(LIST).context["weeks"]

    days = {day.on: day for week in weeks for day in week}
    assert (len(weeks), min(days)) == (6, date(2026, 3, 23))
    assert (days[date(2026, 3, 30)].count, days[date(2026, 3, 30)].warmth) == (3, 2)
    assert not days[date(2026, 4, 6)].status.worked
    assert days[date(2026, 3, 26)].is_today


def test_one_duty_shows_why_that_day_and_what_was_recorded(desk: Client, body: Agency) -> None:
    duty = owed(body)
    record_event(duty, Event(EventKind.EXTENDED, date(2026, 3, 20), days=5), by=CLERK)

    page = desk.get(f"{LIST}{duty.pk}/change/").content.decode()

    assert "4月7日" in page
    assert "条例第三十三条" in page
    assert "延期" in page


def test_nothing_is_written_at_the_list(desk: Client, body: Agency) -> None:
    duty = owed(body)

    assert desk.get(f"{LIST}add/").status_code == 403
    assert desk.post(f"{LIST}{duty.pk}/change/", {"title": "改"}).status_code == 403
    assert desk.post(f"{LIST}{duty.pk}/delete/", {"post": "yes"}).status_code == 403
    assert Duty.objects.get().title == duty.title


def test_the_list_costs_the_same_for_many_as_for_few(
    desk: Client, body: Agency, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(30):
        owed(body)
    desk.get(LIST)

    with django_assert_max_num_queries(22):
        desk.get(LIST)


def test_the_front_of_the_desk_tells_what_presses(desk: Client, body: Agency) -> None:
    owed(body, on="2026-02-02")

    page = desk.get("/admin/").content.decode()

    assert f'{LIST}?when=overdue"><b>1</b> 逾期' in page


def test_an_official_makes_an_address_for_their_calendar_and_sees_it_once(
    desk: Client, body: Agency, clerk: User
) -> None:
    owed(body, title="答复某申请")

    made = desk.post(FEEDS, {"body": body.pk}).context["address"]
    feed = Client().get(made)

    assert feed["Content-Type"].startswith("text/calendar")
    [event] = events(feed.content)
    assert event.decoded("DTSTART") == date(2026, 3, 30)
    assert event.decoded("DTEND") == date(2026, 3, 31)
    assert "答复某申请" in str(event["SUMMARY"])
    assert str(event["STATUS"]) == "CONFIRMED"
    assert desk.get(FEEDS).context["address"] == ""
    assert made.rsplit("/", 1)[-1].removesuffix(".ics") not in str(FeedKey.objects.values())
    assert Entry.objects.filter(action="feed_key.made", actor=clerk.pseudonym).exists()


def test_a_provisional_date_is_tentative_and_waiting_ones_are_left_out(
    body: Agency, clerk: User, today: object
) -> None:
    owed(body, on="2026-12-08")
    waits = owed(body)
    record_event(waits, Event(EventKind.FEE_NOTICED, date(2026, 3, 5)), by=CLERK)
    secret = make(body=body, user=clerk, at=OPENED)

    [event] = events(Client().get(f"/deadlines/feed/{secret}.ics").content)
    assert str(event["STATUS"]) == "TENTATIVE"


def test_a_feed_ends_with_its_key_and_with_its_owners_role(
    desk: Client, body: Agency, clerk: User
) -> None:
    first = make(body=body, user=clerk, at=OPENED)
    second = make(body=body, user=clerk, at=OPENED + timedelta(days=1))
    assert desk.get(f"/deadlines/feed/{first}.ics").status_code == 404
    assert desk.get(f"/deadlines/feed/{second}.ics").status_code == 200

    Membership.objects.filter(user=clerk).delete()
    assert Client().get(f"/deadlines/feed/{second}.ics").status_code == 404


def test_a_key_is_revoked_by_its_owner_alone(
    desk: Client, body: Agency, clerk: User, reviewer: User
) -> None:
    secret = make(body=body, user=reviewer, at=OPENED)
    theirs = FeedKey.objects.get()
    assert desk.post(FEEDS, {"revoke": theirs.pk}).status_code == 404

    desk.force_login(reviewer)
    desk.post(FEEDS, {"revoke": theirs.pk})

    assert desk.get(f"/deadlines/feed/{secret}.ics").status_code == 404


@pytest.mark.parametrize("secret", ["x", "%00", "é" * 40])
def test_a_guessed_address_leads_nowhere(client: Client, secret: str) -> None:
    assert client.get(f"/deadlines/feed/{secret}.ics").status_code == 404


def test_a_body_one_does_not_serve_in_is_no_choice(desk: Client) -> None:
    other = AgencyFactory()

    page = desk.post(FEEDS, {"body": other.pk})

    assert page.context["address"] == ""
    assert not FeedKey.objects.exists()


@pytest.mark.parametrize("revoke", ["x", "", "999999999999999999999"])
def test_nonsense_revokes_nothing(desk: Client, revoke: str) -> None:
    assert desk.post(FEEDS, {"revoke": revoke}).status_code == 404
