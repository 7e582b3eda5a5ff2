"""Those who run the site see what did not arrive, and may send it again."""

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from accounts.models import User
from audit.models import Entry
from notices.models import Notice
from notices.rules.messages import Channel, State
from notices.services.posting import forget
from tests.factories.accounts import OfficialFactory, SuperuserFactory
from tests.factories.notices import a_post
from tests.notices.conftest import AT, deliver, now_is, posted

pytestmark = pytest.mark.django_db

LIST = "/admin/notices/notice/"


@pytest.fixture
def operator(client: Client) -> User:
    client.cookies["django_language"] = "en"
    user: User = SuperuserFactory()
    client.force_login(user)
    return user


def in_state(state: State, **fields: object) -> Notice:
    said = posted(a_post(**fields))
    more = {"sent_at": AT} if state is State.SENT else {}
    Notice.objects.filter(pk=said.pk).update(
        state=state, attempts=6, next_attempt_at=None, last_error="550 no", **more
    )
    return now_is(said)


def send_again(client: Client, *notices: Notice) -> HttpResponse:
    chosen = [str(each.pk) for each in notices]
    return client.post(LIST, {"action": "send_again", "_selected_action": chosen}, follow=True)  # type: ignore[return-value]


def test_the_dead_and_the_doubtful_are_a_click_away(client: Client, operator: User) -> None:
    in_state(State.DEAD, to__email="li.hua@example.cn")
    in_state(State.SENT, to__email="wang@example.cn")

    page = client.get(LIST, {"state": "dead"}).content.decode()

    assert "l***@example.cn" in page
    assert "550 no" in page
    assert "li.hua@example.cn" not in page
    assert "w***@example.cn" not in page
    assert "state__exact=in_doubt" in page


def test_a_notice_shows_neither_address_nor_text(client: Client, operator: User) -> None:
    said = in_state(State.DEAD, to__email="li.hua@example.cn")

    page = client.get(reverse("admin:notices_notice_change", args=[said.pk])).content.decode()

    assert "l***@example.cn" in page
    assert "li.hua" not in page
    assert "加装电梯" not in page


@pytest.mark.parametrize("state", [State.DEAD, State.IN_DOUBT])
def test_what_did_not_arrive_is_sent_again_and_entered_in_the_trail(
    client: Client, operator: User, state: State, mailoutbox: list[object]
) -> None:
    said = in_state(state, key="reply:7")

    page = send_again(client, said)

    assert "1 notice will be sent again." in page.content.decode()
    assert (now_is(said).state, said.attempts, said.last_error) == (State.WAITING, 0, "")
    entry = Entry.objects.get(action="notice.sent_again")
    assert (entry.actor, entry.subject_id) == (operator.pseudonym, str(said.pk))
    assert entry.details == {"was": state, "key": "reply:7"}
    said.next_attempt_at = AT
    said.save()
    assert deliver() == 1
    assert len(mailoutbox) == 1


def test_what_arrived_or_waits_or_has_no_address_is_not_sent_again(
    client: Client, operator: User
) -> None:
    sent = in_state(State.SENT)
    waiting = posted(a_post())
    inbox = posted(a_post(channels=(Channel.INBOX,)))
    forgotten = in_state(State.DEAD, to__key="user:7")
    forget("user:7", actor="user:7", at=AT)

    send_again(client, sent, waiting, inbox, forgotten)

    assert [now_is(each).state for each in (sent, waiting, inbox, forgotten)] == [
        State.SENT,
        State.WAITING,
        State.SENT,
        State.STOPPED,
    ]
    assert not Entry.objects.filter(action="notice.sent_again").exists()


def test_nothing_is_written_changed_or_deleted_by_hand(client: Client, operator: User) -> None:
    said = in_state(State.DEAD)
    change = reverse("admin:notices_notice_change", args=[said.pk])

    assert client.get(reverse("admin:notices_notice_add")).status_code == 403
    assert client.post(change, {"state": "sent"}).status_code == 403
    assert client.post(reverse("admin:notices_notice_delete", args=[said.pk])).status_code == 403
    assert "delete_selected" not in client.get(LIST).content.decode()


def test_other_officials_do_not_see_the_outbox(client: Client) -> None:
    said = in_state(State.DEAD)
    client.force_login(OfficialFactory())

    assert client.get(LIST).status_code in {302, 403}
    send_again(client, said)
    assert now_is(said).state == State.DEAD
