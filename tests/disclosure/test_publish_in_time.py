"""A document that is to be public is owed within 20 working days of being made."""

from datetime import date
from typing import Any

import pytest

from agencies.models import Agency
from deadlines.models import Duty
from disclosure.models import Document
from disclosure.rules.vocabulary import Publicity
from disclosure.services.publishing import draft, publish, revise
from tests.factories.duties import OPENED, at

pytestmark = pytest.mark.django_db


def drafted(body: Agency, **content: Any) -> Document:
    facts = {"title": "关于做好有关工作的通知", "issued_on": date(2026, 3, 2), **content}
    return draft(agency=body, at=OPENED, by="user:7", **facts)


def test_a_draft_is_due_twenty_working_days_after_it_was_made(body: Agency) -> None:
    document = drafted(body)

    duty = Duty.objects.get()
    assert (duty.rule, duty.subject, str(duty.due_on)) == ("publication", document, "2026-03-30")


def test_publishing_it_meets_the_duty(body: Agency) -> None:
    document = drafted(body)

    publish(document, at=at("2026-03-20"), by="user:8")

    duty = Duty.objects.get()
    assert (duty.state, duty.evidence) == ("met", document.index_number)


@pytest.mark.parametrize(
    "content", [{"publicity": Publicity.WITHHELD}, {"issued_on": None}], ids=["withheld", "undated"]
)
def test_what_is_withheld_or_undated_owes_nothing(body: Agency, content: dict[str, object]) -> None:
    drafted(body, **content)

    assert not Duty.objects.exists()


def test_another_date_of_issue_counts_anew(body: Agency) -> None:
    document = drafted(body)

    revise(document, at=OPENED, by="user:7", issued_on=date(2026, 3, 9))

    assert str(Duty.objects.open().get().due_on) == "2026-04-07"
    assert Duty.objects.filter(state="lapsed").count() == 1


def test_a_change_of_words_leaves_the_duty_alone(body: Agency) -> None:
    document = drafted(body)
    before = Duty.objects.get()

    revise(document, at=OPENED, by="user:7", title="改了标题")

    assert Duty.objects.get() == before
    assert Duty.objects.get().title == before.title


def test_deciding_to_withhold_it_ends_the_duty(body: Agency) -> None:
    document = drafted(body)

    revise(document, at=OPENED, by="user:7", publicity=Publicity.WITHHELD)

    assert Duty.objects.get().state == "lapsed"
