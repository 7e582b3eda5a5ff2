"""A server that says no, says not now, or says nothing."""

from datetime import datetime, timedelta

import pytest
from pytest_django import Settings

from notices.models import Notice
from notices.rules.messages import Channel, State
from notices.rules.retries import DELAYS, Failure
from notices.services import claims
from notices.services.posting import forget
from tests.factories.notices import a_post
from tests.notices.conftest import AT, deliver, now_is, posted
from tests.notices.mail_server import TAKEN, MailServer

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)
BUSY = "451 4.3.0 try again later"
NOBODY = "550 5.1.1 <li@example.cn> is nobody here"


def claim(at: datetime) -> Notice:
    claimed = claims.claim([Channel.EMAIL], at=at)
    assert claimed
    return claimed


@pytest.fixture
def said() -> Notice:
    return posted(a_post(to__email="li@example.cn"))


def test_not_now_is_asked_again_later_and_later_and_then_no_more(
    mail_server: MailServer, said: Notice
) -> None:
    mail_server.answers["li@example.cn"] = BUSY
    after = timedelta(0)
    for number, delay in enumerate(DELAYS, 1):
        deliver(after)
        assert (now_is(said).state, said.attempts) == (State.WAITING, number)
        assert said.next_attempt_at == AT + after + delay
        after += delay

    deliver(after)

    assert (now_is(said).state, said.attempts, said.next_attempt_at) == (State.DEAD, 6, None)
    assert "try again later" in said.last_error
    assert deliver(after + timedelta(days=9)) == 0


def test_what_is_not_due_again_is_left_alone(mail_server: MailServer, said: Notice) -> None:
    mail_server.answers["li@example.cn"] = BUSY
    deliver()
    mail_server.answers.clear()

    assert deliver(MINUTE / 2) == 0
    assert deliver(MINUTE) == 1


@pytest.mark.parametrize("step", ["RCPT", "DATA"])
def test_no_is_not_asked_again(mail_server: MailServer, said: Notice, step: str) -> None:
    if step == "RCPT":
        mail_server.answers["li@example.cn"] = NOBODY
    else:
        mail_server.answer = NOBODY

    deliver()

    assert (now_is(said).state, said.attempts) == (State.DEAD, 1)
    assert "is nobody here" in said.last_error
    assert "li@example.cn" not in said.last_error


def test_a_text_that_was_turned_away_may_be_brought_again(
    mail_server: MailServer, said: Notice
) -> None:
    mail_server.answer = BUSY
    deliver()
    assert now_is(said).state == State.WAITING
    mail_server.answer = TAKEN

    assert deliver(MINUTE) == 1
    assert len(mail_server.letters) == 1


def test_one_refusal_stops_nobody_else(mail_server: MailServer, said: Notice) -> None:
    mail_server.answers["li@example.cn"] = NOBODY
    other = posted(a_post())

    assert deliver() == 1
    assert now_is(other).state == State.SENT


def test_a_server_that_is_not_there_uses_no_attempts_up(
    mail_server: MailServer, settings: Settings, said: Notice
) -> None:
    other = posted(a_post())
    mail_server.stop()
    for n in range(9):
        assert deliver(n * MINUTE) == 0
    assert {now_is(each).attempts for each in (said, other)} == {0}
    assert {each.state for each in (said, other)} == {State.WAITING}
    assert "refused" in said.last_error

    mail_server.start()

    assert deliver(9 * MINUTE) == 2
    assert (now_is(said).last_error, said.state) == ("", State.SENT)


def test_a_server_that_takes_nothing_from_us_is_asked_once_a_run(
    mail_server: MailServer, said: Notice
) -> None:
    posted(a_post())
    mail_server.sender_answer = "550 5.7.1 not from you"

    assert deliver() == 0
    assert mail_server.connections == 1
    assert not Notice.objects.exclude(state=State.WAITING, attempts=0).exists()


def test_a_server_that_falls_silent_with_the_text_leaves_doubt(
    mail_server: MailServer, settings: Settings, said: Notice
) -> None:
    settings.EMAIL_TIMEOUT = 0.2
    mail_server.silent_at = "DATA"

    assert deliver() == 0
    assert now_is(said).state == State.IN_DOUBT
    assert deliver(timedelta(days=1)) == 0
    assert len(mail_server.letters) == 1


def test_a_server_that_falls_silent_before_the_text_is_tried_again(
    mail_server: MailServer, settings: Settings, said: Notice
) -> None:
    settings.EMAIL_TIMEOUT = 0.2
    mail_server.silent_at = "RCPT"
    deliver()
    assert (now_is(said).state, said.attempts) == (State.WAITING, 1)
    mail_server.silent_at = ""

    assert deliver(MINUTE) == 1
    assert len(mail_server.letters) == 1


def test_a_notice_that_kills_every_process_is_given_up(
    mail_server: MailServer, said: Notice
) -> None:
    Notice.objects.update(attempts=5)
    claim(AT)  # by one that is never heard of

    assert deliver(timedelta(hours=1)) == 0
    assert now_is(said).state == State.DEAD
    assert not mail_server.letters


def test_whoever_was_slow_keeps_back_what_another_has_claimed_since(said: Notice) -> None:
    slow = claim(AT)
    assert claims.claim([Channel.EMAIL], at=AT + MINUTE) is None
    other = claim(AT + timedelta(minutes=2))

    with pytest.raises(claims.LostClaimError):
        claims.hand_over(slow, at=AT)
    claims.note_failure(slow, Failure.PERMANENT, "no", at=AT)

    assert (now_is(said).state, said.claim) == (State.WAITING, other.claim)
    claims.hand_over(other, at=AT)


def test_an_answer_that_comes_late_settles_the_doubt(said: Notice) -> None:
    claimed = claim(AT)
    claims.hand_over(claimed, at=AT)
    assert claims.settle_abandoned(at=AT + timedelta(hours=1)) == 1
    assert now_is(said).state == State.IN_DOUBT

    claims.note_sent(claimed, at=AT + timedelta(hours=1))

    assert now_is(said).state == State.SENT


def test_whoever_was_forgotten_on_the_way_is_not_tried_again(
    mail_server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = posted(a_post(to__key="user:7"))
    mail_server.answer = BUSY
    hand_over = claims.hand_over

    def then_forgotten(notice: Notice, **more: object) -> None:
        hand_over(notice, at=AT)
        forget("user:7", actor="user:7", at=AT)

    monkeypatch.setattr(claims, "hand_over", then_forgotten)
    deliver()

    assert (now_is(said).state, said.last_error) == (State.STOPPED, "")
