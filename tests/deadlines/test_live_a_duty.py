from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, transaction

from agencies.models import Agency
from audit.models import Entry
from deadlines.models import Duty, DutyEvent
from deadlines.rules.events import Channel, Event, EventKind, Refusal
from deadlines.services.duties import Actor, lapse, meet, open_duty, record_event, strike_event
from tests.factories.disclosure import DocumentFactory
from tests.factories.duties import CLERK, OPENED, at, owed, received

pytestmark = pytest.mark.django_db


def extended(days: int, on: str = "2026-03-20") -> Event:
    return Event(EventKind.EXTENDED, date.fromisoformat(on), days=days)


def test_it_knows_when_it_is_due_from_what_happened(body: Agency) -> None:
    duty = owed(body, on="2026-03-02")

    assert (duty.state, str(duty.due_on), duty.provisional) == ("open", "2026-03-30", False)
    assert duty.due_at == at("2026-03-31", "00:00")


def test_its_body_and_subject_are_known_and_its_opening_is_in_the_trail(body: Agency) -> None:
    document = DocumentFactory(agency=body)
    duty = owed(body, subject=document)

    assert Duty.objects.get(pk=duty.pk).subject == document
    entry = Entry.objects.get(action="duty.opened")
    assert entry.details == {"rule": "reply", "due": "2026-03-30"}


def test_opening_it_twice_opens_it_once(body: Agency) -> None:
    document = DocumentFactory(agency=body)

    assert owed(body, subject=document) == owed(body, subject=document)
    assert owed(body, subject=document, reference="2") != owed(body, subject=document)


def test_the_database_refuses_a_second_open_one(body: Agency) -> None:
    duty = owed(body)
    twin = Duty.objects.get(pk=duty.pk)
    twin.pk = None

    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save(force_insert=True)


def test_what_has_not_been_received_in_law_is_not_due(body: Agency) -> None:
    duty = owed(body, events=[], on="2026-03-02", rule="reply")
    online = open_duty(
        rule="reply",
        body=body,
        subject=DocumentFactory(agency=body),
        title="网上申请",
        events=[received("2026-03-02", Channel.ONLINE)],
        by=CLERK,
    )

    assert duty.due_on
    assert (online.due_on, online.starts_on, online.waiting_for) == (None, None, "confirmation")


def test_each_event_moves_its_date_and_is_in_the_trail(body: Agency) -> None:
    duty = owed(body)

    record_event(duty, Event(EventKind.CONSULTED, date(2026, 3, 4), ref="1"), by=CLERK)
    reading = record_event(duty, Event(EventKind.ANSWERED, date(2026, 3, 6), ref="1"), by=CLERK)

    duty.refresh_from_db()
    assert duty.due_on == reading.due_on == date(2026, 4, 1)
    [asked, answered] = Entry.objects.filter(action="duty.event").order_by("pk")
    assert [(e.details or {})["due"] for e in (asked, answered)] == [
        ["2026-03-30", "2026-04-21"],
        ["2026-04-21", "2026-04-01"],
    ]


@pytest.mark.parametrize(
    ("events", "refusal"),
    [
        ([extended(21)], Refusal.EXTENDED_TOO_LONG),
        ([extended(5), extended(3, "2026-03-21")], Refusal.EXTENDED_TWICE),
        ([extended(5, "2026-03-31")], Refusal.EXTENDED_LATE),
    ],
)
def test_an_extension_the_law_does_not_allow_is_refused_and_nothing_is_written(
    body: Agency, events: list[Event], refusal: Refusal
) -> None:
    duty = owed(body)
    *first, last = events
    for event in first:
        record_event(duty, event, by=CLERK)
    written, due_on = DutyEvent.objects.count(), Duty.objects.get(pk=duty.pk).due_on

    with pytest.raises(ValidationError) as caught:
        record_event(duty, last, by=CLERK)

    assert caught.value.code == refusal.name
    assert DutyEvent.objects.count() == written
    assert Duty.objects.get(pk=duty.pk).due_on == due_on


def test_a_duty_waits_while_it_is_the_applicants_turn(body: Agency) -> None:
    duty = owed(body)

    record_event(duty, Event(EventKind.CORRECTION_ASKED, date(2026, 3, 5)), by=CLERK)

    waiting = Duty.objects.get(pk=duty.pk)
    assert (waiting.due_on, waiting.waiting_for) == (None, "correction")
    assert not Duty.objects.running().exists()
    record_event(duty, Event(EventKind.CORRECTED, date(2026, 3, 16)), by=CLERK)
    assert str(Duty.objects.get(pk=duty.pk).due_on) == "2026-04-14"


def test_an_event_recorded_wrongly_is_struck_out_and_stays(body: Agency) -> None:
    duty = owed(body)
    record_event(duty, extended(5), by=CLERK)
    row = DutyEvent.objects.get(kind="extended")

    strike_event(row, because="登记错了日期", by=CLERK)

    assert str(Duty.objects.get(pk=duty.pk).due_on) == "2026-03-30"
    assert DutyEvent.objects.get(pk=row.pk).struck_because == "登记错了日期"
    with pytest.raises(ValidationError):
        strike_event(row, because="又一次", by=CLERK)
    record_event(duty, extended(3), by=CLERK)


@pytest.mark.parametrize("change", [{"on": date(2026, 1, 1)}, {"days": 9}, {"struck_at": None}])
def test_the_database_refuses_to_rewrite_an_event(body: Agency, change: dict[str, object]) -> None:
    duty = owed(body)

    with pytest.raises(DatabaseError), transaction.atomic():
        DutyEvent.objects.filter(duty=duty).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        DutyEvent.objects.filter(duty=duty).delete()


def test_met_it_keeps_its_evidence_and_counts_no_more(body: Agency) -> None:
    duty = owed(body)
    answer = DocumentFactory(agency=body)

    meet(duty, evidence="明公复〔2026〕3号", by=Actor("user:7", OPENED), with_object=answer)

    met = Duty.objects.get(pk=duty.pk)
    assert (met.state, met.evidence, met.evidence_object) == ("met", "明公复〔2026〕3号", answer)
    with pytest.raises(ValidationError):
        record_event(met, extended(5), by=CLERK)


def test_meeting_it_again_or_lapsing_it_then_changes_nothing(body: Agency) -> None:
    duty = meet(owed(body), evidence="甲", by=CLERK)

    meet(duty, evidence="乙", by=CLERK)
    lapse(duty, because="撤回", by=CLERK)

    assert (Duty.objects.get().state, Duty.objects.get().evidence) == ("met", "甲")
    assert Entry.objects.filter(action__in=["duty.met", "duty.lapsed"]).count() == 1


def test_once_closed_the_same_may_be_owed_again(body: Agency) -> None:
    document = DocumentFactory(agency=body)
    first = lapse(owed(body, subject=document), because="撤回", by=CLERK)

    assert owed(body, subject=document) != first


def test_the_calendar_is_that_of_the_bodys_region(province: Agency) -> None:
    body = Agency.objects.get(pk=province.pk)
    body.division_code = "150100"
    body.save()

    assert owed(body).region == "1501"
