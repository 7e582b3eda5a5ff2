"""The desk: a notice is pasted, looked over, and saved; nobody but the operator may."""

from datetime import date
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from accounts.models import User
from deadlines.models import Revision
from deadlines.rules.known_years import title
from deadlines.selectors.calendars import published_years, version, work_calendar
from tests.deadlines.entering import enter_closure, enter_notice
from tests.deadlines.notices import NOTICE_2027
from tests.factories.accounts import SuperuserFactory
from tests.factories.agencies import AgencyFactory
from tests.factories.duties import owed

LIST = "admin:deadlines_revision_changelist"
ADD = "admin:deadlines_revision_add"
TERMS, ADD_TERM = "admin:deadlines_localterm_changelist", "admin:deadlines_localterm_add"

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client: Client) -> Client:
    client.cookies["django_language"] = "en"
    client.force_login(SuperuserFactory())
    return client


def entry(text: str = NOTICE_2027, **more: object) -> dict[str, object]:
    """The first step as the browser sends it."""
    return {
        "kind": "holiday_notice",
        "year": 2027,
        "region": "",
        "title": title(2027),
        "number": "国办发明电〔2026〕9号",
        "published_on": "2026-11-04",
        "text": text,
        "preview": "…",
    } | more


def post(desk: Client, data: dict[str, object], step: str) -> Any:
    return desk.post(reverse(ADD), {k: v for k, v in data.items() if k != "preview"} | {step: "…"})


def hidden(page: Any) -> dict[str, object]:
    """What the second page carries along."""
    form = page.context["form"]
    return {name: form[name].value() for name in form.fields}


def test_a_notice_goes_from_paste_to_preview_to_the_calendar(desk: Client) -> None:
    preview = post(desk, entry(), "preview")
    assert preview.status_code == 200
    assert [len(preview.context["rows"]), preview.context["findings"]] == [32, []]
    assert version() == Revision.objects.filter(kind="holiday_notice", year=2026).get().pk
    assert 'name="text"' in preview.content.decode()

    saved = post(desk, hidden(preview), "save")

    made = Revision.objects.first()
    assert made
    assert saved.headers["Location"] == reverse("admin:deadlines_revision_change", args=[made.pk])
    assert (made.year, made.number, made.published_on) == (
        2027,
        "国办发明电〔2026〕9号",
        date(2026, 11, 4),
    )
    assert made.entered_by.startswith("user:")
    assert work_calendar().look(date(2027, 1, 31)).worked


def test_the_preview_says_what_moves_and_changes_nothing(desk: Client) -> None:
    for _ in range(3):
        owed(on="2026-12-08")
    owed(on="2026-10-08")

    page = post(desk, entry("元旦：1月1日（周五）放假。1月4日、5日放假。"), "preview")

    assert page.context["moves"].count == 3
    said = page.content.decode()
    assert "3 open duties move" in said
    assert "6 January 2027" in said
    assert "8 January 2027" in said
    assert 2027 not in published_years()


def test_the_preview_shows_the_first_fifty(desk: Client) -> None:
    body = AgencyFactory()
    for _ in range(52):
        owed(body, on="2026-12-08")

    page = post(desk, entry("元旦：1月1日（周五）放假。1月4日、5日放假。"), "preview")

    assert page.context["moves"].count == 52
    assert len(page.context["moves"].first) == 50


def test_only_bodies_of_the_region_move_by_its_days(desk: Client) -> None:
    inner = AgencyFactory(division_code="150100")
    moving = owed(inner, on="2026-05-20")
    owed(AgencyFactory(division_code="130100"), on="2026-05-20")

    page = post(
        desk,
        entry("5月27日放假", kind="closure", region="150000", year=2026, title="古尔邦节放假通知"),
        "preview",
    )

    assert [move.duty.pk for move in page.context["moves"].first] == [moving.pk]


def test_a_doubt_must_be_acknowledged_and_does_not_block(desk: Client) -> None:
    data = entry("元旦：1月1日（周四）放假，共2天。")

    preview = post(desk, data, "preview")
    assert "1 January 2027 is a Friday; the text says 周四." in preview.content.decode().replace(
        "&#x27;", "'"
    )
    refused = post(desk, hidden(preview), "save")
    assert refused.context["refused"]
    assert 2027 not in published_years()

    post(desk, hidden(preview) | {"acknowledged": "on"}, "save")
    assert 2027 in published_years()


def test_days_the_former_notice_had_are_a_doubt_when_they_are_gone(desk: Client) -> None:
    enter_notice(NOTICE_2027)

    page = post(desk, entry(NOTICE_2027.replace("1月31日（周日）、", "")), "preview")

    assert page.context["findings"] == [
        "31 January 2027 (Spring Festival) stood in the former notice and is not in this one."
    ]


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("text", {"text": "现将放假安排通知如下。"}),
        ("text", {"text": "元旦：2031年1月1日放假"}),
        ("text", {"text": ""}),
        ("title", {"title": title(2026)}),
        ("title", {"title": ""}),
        ("region", {"region": "15"}),
        ("region", {"region": "内蒙古"}),
        ("year", {"year": "1900"}),
    ],
)
def test_what_cannot_be_read_goes_no_further(
    desk: Client, field: str, wrong: dict[str, Any]
) -> None:
    for step in ("preview", "save"):
        page = post(desk, entry(**({"text": NOTICE_2027} | wrong)), step)
        assert list(page.context["form"].errors) == [field]
        assert "rows" not in page.context


def test_back_leads_to_the_form_as_it_was(desk: Client) -> None:
    page = post(desk, entry("元旦：1月1日放假", title="补充通知"), "back")

    assert page.context["form"]["title"].value() == "补充通知"
    assert page.context["form"]["text"].value() == "元旦：1月1日放假"


def test_days_of_a_region_are_entered_and_withdrawn(desk: Client) -> None:
    data = entry("5月27日放假", kind="closure", region="15", year=2026, title="放假通知")
    post(desk, data, "save")
    made = Revision.objects.get(kind="closure")
    assert not work_calendar("1501").is_worked(date(2026, 5, 27))
    page = desk.get(reverse("admin:deadlines_revision_change", args=[made.pk]))
    assert "27 May 2026" in page.content.decode()
    where = reverse("admin:deadlines_revision_withdraw", args=[made.pk])
    assert where in page.content.decode()

    assert desk.post(where, {"reason": ""}).status_code == 200
    assert not work_calendar("1501").is_worked(date(2026, 5, 27))
    desk.post(where, {"reason": "误录"})

    assert work_calendar("1501").is_worked(date(2026, 5, 27))
    assert desk.get(where).status_code == 302  # nothing of it holds any more


def test_a_notice_is_withdrawn_after_a_look_at_what_moves(desk: Client) -> None:
    notice = enter_notice("元旦：1月1日放假。1月4日、5日放假。")
    owed(on="2026-12-08")
    where = reverse("admin:deadlines_revision_withdraw", args=[notice.pk])

    assert desk.get(where).context["moves"].count == 1
    desk.post(where, {"reason": "误录"}, follow=True)

    assert 2027 not in published_years()
    page = desk.get(reverse("admin:deadlines_revision_change", args=[notice.pk]))
    assert where not in page.content.decode()


def test_a_revision_is_read_and_not_rewritten(desk: Client) -> None:
    made = enter_closure("5月27日放假", region="15")
    where = reverse("admin:deadlines_revision_change", args=[made.pk])

    assert desk.post(where, {"title": "别的"}).status_code == 403
    assert desk.post(f"{where}delete/").status_code in (403, 404)
    assert 'name="title"' not in desk.get(where).content.decode()


@pytest.mark.parametrize(("day", "said"), [("2026-12-01", True), ("2026-11-30", False)])
def test_the_list_says_when_next_years_notice_is_missing(
    desk: Client,
    day: str,
    said: bool,  # noqa: FBT001
) -> None:
    with time_machine.travel(f"{day}T12:00+08:00", tick=False):
        page = desk.get(reverse(LIST)).content.decode()

    assert ("The holiday notice of 2027 has not been entered." in page) == said


def test_the_form_proposes_the_first_year_without_a_notice(desk: Client) -> None:
    with time_machine.travel("2026-11-05T12:00+08:00", tick=False):
        form = desk.get(reverse(ADD)).context["form"]

    assert (form["year"].value(), form["title"].value()) == (2027, title(2027))


@pytest.mark.parametrize("who", ["clerk", "supervisor", "stranger", "citizen", None])
def test_nobody_else_comes_near(
    client: Client, who: str | None, request: pytest.FixtureRequest
) -> None:
    made = enter_closure("5月27日放假", region="15")
    if who:
        user: User = request.getfixturevalue(who)
        client.force_login(user)
    before = version()
    pages = [
        reverse(LIST),
        reverse(ADD),
        reverse("admin:deadlines_revision_change", args=[made.pk]),
        reverse("admin:deadlines_revision_withdraw", args=[made.pk]),
        reverse(TERMS),
        reverse(ADD_TERM),
    ]

    for page in pages:
        assert client.get(page).status_code in (302, 403)
        answer = client.post(page, entry(save="…", acknowledged="on", reason="误录"))
        assert answer.status_code in (302, 403)

    assert version() == before
