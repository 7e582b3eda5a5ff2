"""What a mail server gets, through a real connection."""

from datetime import timedelta
from email.message import EmailMessage as Letter
from pathlib import Path

import pytest
from django.core.mail import EmailMessage, send_mail
from pytest_django import Settings

from notices.models import Notice
from notices.rules.messages import State
from notices.services import claims, delivery
from notices.services.posting import forget, post_all
from tests.factories.notices import a_post, posts
from tests.notices.conftest import AT, deliver, now_is, posted
from tests.notices.mail_server import MailServer

pytestmark = pytest.mark.django_db


def subject(letter: Letter) -> str:
    return str(letter["Subject"]).strip()


def text(letter: Letter) -> str:
    return str(letter.get_content())


def test_a_letter_arrives_in_chinese_signed_and_with_its_link(mail_server: MailServer) -> None:
    said = posted(a_post(to__email="li@example.cn"))

    assert deliver() == 1

    (letter,) = mail_server.letters
    assert letter["To"] == "li@example.cn"
    assert subject(letter).startswith(
        "【明川省政府信息公开】答复申请 · “关于小区加装电梯补助的申请”"
    )
    assert "2026年4月16日" in subject(letter)
    assert "明川省发展和改革委员会" in text(letter)
    assert "https://gongkai.mingchuan.example/desk/duties/7/" in text(letter)
    assert (now_is(said).state, said.sent_at, said.claim) == (State.SENT, AT, None)


def test_a_letter_is_in_its_recipients_language(mail_server: MailServer) -> None:
    posted(a_post(to__language="en"))

    deliver()

    (letter,) = mail_server.letters
    assert "is due in 3 working days, on 16 April 2026" in subject(letter)


def test_what_people_typed_is_not_taken_for_markup(mail_server: MailServer) -> None:
    context = {
        "title": "关于<道路>&“桥梁”\n的申请",
        "body": "甲局",
        "due_on": "2026-04-16",
        "left": 1,
    }
    posted(a_post(context=context))

    deliver()

    (letter,) = mail_server.letters
    assert "关于<道路>&“桥梁” 的申请" in subject(letter)


def test_a_letter_sent_twice_would_have_one_number(mail_server: MailServer) -> None:
    said = posted(a_post(key="reply:7"))
    deliver()
    said.delete()
    posted(a_post(key="reply:7"))
    deliver()
    posted(a_post(key="reply:8"))
    deliver()

    first, again, another = (letter["Message-ID"] for letter in mail_server.letters)
    assert first == again != another
    assert first.endswith("@gongkai.mingchuan.example>")


def test_what_was_sent_is_not_sent_again(mail_server: MailServer) -> None:
    posted(a_post())

    assert deliver() == 1
    assert deliver(timedelta(days=1)) == 0
    assert len(mail_server.letters) == 1


def test_one_connection_serves_a_run(mail_server: MailServer) -> None:
    post_all(posts(5), at=AT)

    assert deliver() == 5
    assert mail_server.connections == 1


def test_a_run_ends_at_its_limit(mail_server: MailServer) -> None:
    post_all(posts(3), at=AT)

    assert delivery.deliver(lambda: AT, limit=2) == 2
    assert delivery.deliver(lambda: AT, limit=2) == 1


def test_a_letter_without_words_is_dead_and_the_others_go_out(mail_server: MailServer) -> None:
    wordless = posted(a_post(message="no_such_message"))
    posted(a_post())

    assert deliver() == 1
    assert now_is(wordless).state == State.DEAD
    assert "no_such_message" in wordless.last_error


def test_an_address_that_is_none_is_dead_and_the_others_go_out(mail_server: MailServer) -> None:
    wrong = posted(a_post(to__email="li at example"))
    posted(a_post())

    assert deliver() == 1
    assert now_is(wrong).state == State.DEAD
    assert wrong.last_error


def test_a_claim_lost_before_the_text_was_given_keeps_it_back(
    mail_server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken, kept = (posted(a_post(to__key=f"user:{n}")) for n in (1, 2))
    hand_over = claims.hand_over

    def forgotten_meanwhile(notice: Notice, **more: object) -> None:
        forget("user:1", actor="user:1", at=AT)
        hand_over(notice, at=AT)

    monkeypatch.setattr(claims, "hand_over", forgotten_meanwhile)

    assert deliver() == 1
    assert [letter["To"] for letter in mail_server.letters] == ["user2@example.cn"]
    assert now_is(taken).state == State.STOPPED
    assert now_is(kept).state == State.SENT


def test_mail_of_others_passes_unchanged(mail_server: MailServer) -> None:
    send_mail("Subject", "Body", None, ["li@example.cn"])

    assert [letter["Subject"] for letter in mail_server.letters] == ["Subject"]


def test_mail_into_a_folder_is_delivered_too(settings: Settings, tmp_path: Path) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path
    post_all(posts(2), at=AT)

    assert deliver() == 2
    (file,) = tmp_path.iterdir()
    assert file.read_text("utf-8").count("Message-ID") == 2


def test_mail_that_another_backend_may_have_lost_is_in_doubt(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_args: object) -> int:
        raise OSError("disk full")

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", broken)
    said = posted(a_post())

    assert deliver() == 0
    assert (now_is(said).state, said.last_error) == (State.IN_DOUBT, "disk full")


def test_a_folder_gets_each_letter_once(mailoutbox: list[EmailMessage]) -> None:
    posted(a_post())

    deliver()
    deliver()

    assert len(mailoutbox) == 1
