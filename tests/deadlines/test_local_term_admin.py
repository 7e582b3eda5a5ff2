"""The desk: the term of a local rule is set, shown and withdrawn."""

import pytest
from django.test import Client
from django.urls import reverse

from deadlines.models import LocalTerm, Revision
from deadlines.selectors.calendars import rule_for
from tests.factories.accounts import SuperuserFactory

TERMS, ADD_TERM = "admin:deadlines_localterm_changelist", "admin:deadlines_localterm_add"

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client: Client) -> Client:
    client.cookies["django_language"] = "en"
    client.force_login(SuperuserFactory())
    return client


def test_a_local_term_is_set_and_withdrawn(desk: Client) -> None:
    data = {
        "rule": "interpretation",
        "region": "130000",
        "effective_from": "2026-05-01",
        "length": "10",
        "month": "",
        "day": "",
        "basis": "冀政办〔2026〕1号",
    }
    assert list(desk.post(reverse(ADD_TERM), data | {"length": ""}).context["form"].errors) == [
        "length"
    ]
    desk.post(reverse(ADD_TERM), data)
    assert rule_for("interpretation", "1301").newest.length == 10
    term = LocalTerm.objects.get()
    assert "10 calendar days" in desk.get(reverse(TERMS)).content.decode()
    change = desk.get(reverse("admin:deadlines_localterm_change", args=[term.pk]))
    where = reverse("admin:deadlines_localterm_withdraw", args=[term.pk])
    assert where in change.content.decode()

    assert desk.get(where).status_code == 200
    desk.post(where, {"reason": "已废止"})

    assert rule_for("interpretation", "1301").newest.length == 20
    assert desk.get(where).status_code == 404
    newest = Revision.objects.first()
    assert newest
    page = desk.get(reverse("admin:deadlines_revision_change", args=[newest.pk]))
    assert "Interpretation of a policy" in page.content.decode()


def test_a_report_has_a_date_of_the_year(desk: Client) -> None:
    data = {
        "rule": "annual_report_body",
        "region": "13",
        "effective_from": "2026-05-01",
        "month": "1",
        "day": "20",
        "basis": "冀政办〔2026〕1号",
    }

    desk.post(reverse(ADD_TERM), data)

    assert rule_for("annual_report_body", "13").newest.month_day == (1, 20)
