from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from audit.models import Entry
from notices.models import Notice
from notices.rules.messages import Channel, State
from notices.services.posting import forget, post, post_all
from tests.factories.notices import a_post, posts
from tests.notices.conftest import AT, deliver, now_is, posted

pytestmark = pytest.mark.django_db

ALL = tuple(Channel)


def test_a_post_is_a_row_a_channel() -> None:
    written = post(a_post(channels=ALL, to__phone="13812345678"), at=AT)

    assert written == 3
    rows = {row.channel: row for row in Notice.objects.all()}
    assert {name: row.state for name, row in rows.items()} == {
        "email": State.WAITING,
        "sms": State.WAITING,
        "inbox": State.SENT,
    }
    assert rows["sms"].address == "13812345678"
    assert (rows["inbox"].address, rows["inbox"].sent_at) == ("", AT)


def test_the_same_key_is_told_once() -> None:
    said = a_post(channels=(Channel.EMAIL, Channel.INBOX))

    assert post(said, at=AT) == 2
    assert post(said, at=AT + timedelta(days=1)) == 0
    assert Notice.objects.count() == 2


def test_another_channel_of_a_key_that_was_told_is_new() -> None:
    post(a_post(key="one"), at=AT)

    assert post(a_post(key="one", channels=(Channel.EMAIL, Channel.INBOX)), at=AT) == 1


def test_a_channel_without_an_address_is_left_out() -> None:
    nobody = a_post(to__key="", to__email="", channels=ALL)
    by_mail = a_post(to__key="", to__email="guest@example.cn", channels=ALL)

    assert post_all([nobody, by_mail], at=AT) == 1
    assert Notice.objects.get().address == "guest@example.cn"


def test_many_are_written_with_few_queries(django_assert_max_num_queries: Any) -> None:
    many = posts(2500)

    with django_assert_max_num_queries(12):
        assert post_all(many, at=AT) == 2500
    assert post_all(many, at=AT) == 0


def test_what_was_undone_tells_nobody() -> None:
    with transaction.atomic():
        post(a_post(), at=AT)
        transaction.set_rollback(True)

    assert not Notice.objects.exists()


def test_a_text_message_posted_at_night_waits_for_the_morning() -> None:
    night = AT.replace(hour=23)

    said = posted(a_post(channels=(Channel.SMS,), to__phone="13812345678"), night)

    assert said.next_attempt_at == AT.replace(day=19, hour=8)


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": State.SENT, "next_attempt_at": None},
        {"sent_at": AT},
        {"next_attempt_at": None},
        {"address": ""},
        {"claimed_until": AT},
        {"state": State.HANDED_OVER, "next_attempt_at": None},
        {"read_at": AT},
        {"state": "elsewhere", "next_attempt_at": None},
        {"channel": Channel.INBOX},
    ],
)
def test_the_database_refuses_what_cannot_be(wrong: dict[str, object]) -> None:
    posted(a_post())

    with pytest.raises(IntegrityError):
        Notice.objects.update(**wrong)


def test_forgetting_erases_addresses_and_texts_and_stops_what_waits() -> None:
    to = {"to__key": "user:7", "to__phone": "13812345678"}
    post(a_post(channels=ALL, **to), at=AT)
    post(a_post(key="another's", to__key="user:8"), at=AT)

    assert forget("user:7", actor="user:7", at=AT) == 3

    theirs = Notice.objects.filter(recipient="user:7")
    assert {(row.address, str(row.context)) for row in theirs} == {("", "{}")}
    assert {row.channel: row.state for row in theirs} == {
        "email": State.STOPPED,
        "sms": State.STOPPED,
        "inbox": State.SENT,
    }
    assert Notice.objects.get(key="another's").address == "user8@example.cn"
    entry = Entry.objects.get(action="notices.forgotten")
    assert (entry.actor, entry.subject_id, entry.details) == ("user:7", "user:7", {"count": 3})


def test_forgetting_twice_is_entered_once() -> None:
    post(a_post(to__key="user:7"), at=AT)

    forget("user:7", actor="user:7", at=AT)

    assert forget("user:7", actor="user:7", at=AT) == 0
    assert Entry.objects.filter(action="notices.forgotten").count() == 1


def test_what_was_refused_keeps_no_address_of_the_forgotten() -> None:
    said = posted(a_post(to__key="user:7"))
    Notice.objects.update(state=State.DEAD, next_attempt_at=None, last_error="no user7@example.cn")

    forget("user:7", actor="user:7", at=AT)

    assert (now_is(said).state, said.last_error) == (State.STOPPED, "")


def test_nobody_hears_after_being_forgotten(mailoutbox: list[object]) -> None:
    post(a_post(to__key="user:7"), at=AT)
    forget("user:7", actor="user:7", at=AT)

    assert deliver() == 0
    assert not mailoutbox


def test_those_without_an_account_are_not_one_person() -> None:
    with pytest.raises(ValueError, match="must have a key"):
        forget("", actor="user:7", at=AT)
