from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from notices import selectors
from notices.models import Notice
from notices.rules.messages import Channel
from notices.services.posting import Post, post_all
from tests.factories.accounts import UserFactory
from tests.factories.notices import a_post
from tests.notices.conftest import AT, now_is, posted

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(client: Client) -> Client:
    client.cookies["django_language"] = "en"
    return client


@pytest.fixture
def person(reader: Client) -> User:
    user: User = UserFactory()
    reader.force_login(user)
    return user


def to(person: User, **fields: Any) -> Post:
    made: Post = a_post(to__key=person.pseudonym, channels=(Channel.INBOX,), **fields)
    return made


def titled(title: str) -> dict[str, object]:
    return {"title": title, "body": "甲局", "due_on": "2026-04-16", "left": 1, "url": "/desk/7/"}


def page(reader: Client, **query: str) -> str:
    return reader.get(reverse("notices:inbox"), query).content.decode()


def test_the_inbox_shows_ones_own_the_newest_first(reader: Client, person: User) -> None:
    posted(to(person, context=titled("第一件")))
    posted(to(person, context=titled("第二件")), AT + timedelta(days=1))
    posted(to(UserFactory(), context=titled("他人的")))
    posted(a_post(to__key=person.pseudonym, context=titled("邮件")))

    shown = page(reader)

    assert 0 < shown.index("第二件") < shown.index("第一件")
    assert "他人的" not in shown
    assert "邮件" not in shown


def test_opening_a_notice_reads_it(reader: Client, person: User) -> None:
    said = posted(to(person))
    assert "1 notice is unread" in page(reader)

    shown = reader.get(said.get_absolute_url()).content.decode()

    assert "is due on 16 April 2026" in shown
    assert 'href="/desk/duties/7/"' in shown
    assert now_is(said).read_at
    assert "unread" not in page(reader)


def test_looking_whether_a_notice_is_there_does_not_read_it(reader: Client, person: User) -> None:
    said = posted(to(person))

    reader.head(said.get_absolute_url())

    assert now_is(said).read_at is None


def test_a_second_opening_keeps_the_time_of_the_first(reader: Client, person: User) -> None:
    said = posted(to(person))
    reader.get(said.get_absolute_url())
    first = now_is(said).read_at

    reader.get(said.get_absolute_url())

    assert now_is(said).read_at == first


def test_all_are_read_at_once_and_only_ones_own(reader: Client, person: User) -> None:
    other = UserFactory()
    post_all([to(person), to(person), to(other)], at=AT)

    reader.post(reverse("notices:read_all"))

    assert selectors.unread_count(person.pseudonym) == 0
    assert selectors.unread_count(other.pseudonym) == 1


def test_a_link_marks_nothing_as_read(reader: Client, person: User) -> None:
    assert reader.get(reverse("notices:read_all")).status_code == 405


def test_anothers_notice_is_not_there(reader: Client, person: User) -> None:
    theirs = posted(to(UserFactory()))

    assert reader.get(theirs.get_absolute_url()).status_code == 404
    assert now_is(theirs).read_at is None


def test_a_letter_is_not_in_the_inbox(reader: Client, person: User) -> None:
    letter = posted(a_post(to__key=person.pseudonym))

    assert reader.get(letter.get_absolute_url()).status_code == 404


def test_strangers_sign_in_first(client: Client) -> None:
    said = posted(to(UserFactory()))

    for address in (reverse("notices:inbox"), said.get_absolute_url()):
        assert client.get(address).headers["Location"].startswith(reverse("account_login"))
    assert client.post(reverse("notices:read_all")).status_code == 302


def test_no_cache_keeps_a_notice(reader: Client, person: User) -> None:
    said = posted(to(person))

    for address in (reverse("notices:inbox"), said.get_absolute_url()):
        assert "no-store" in reader.get(address).headers["Cache-Control"]


def test_twenty_are_on_a_page(reader: Client, person: User) -> None:
    for n in range(21):
        posted(to(person, context=titled(f"第{n}件。")), AT + timedelta(hours=n))

    first, second = page(reader), page(reader, page="2")

    assert ("第1件。" in first, "第0件。" in first) == (True, False)
    assert ("第1件。" in second, "第0件。" in second) == (False, True)
    assert page(reader, page="nonsense").count("第") == first.count("第")


def test_a_full_inbox_costs_no_more_queries(
    reader: Client, person: User, django_assert_max_num_queries: Any
) -> None:
    post_all([to(person) for _ in range(25)], at=AT)

    with django_assert_max_num_queries(5):  # session, person, count, page, unread
        page(reader)


def test_an_empty_inbox_says_so(reader: Client, person: User) -> None:
    assert "There are no notices." in page(reader)


def test_a_notice_whose_words_are_gone_does_not_hide_the_others(
    reader: Client, person: User
) -> None:
    gone = posted(to(person, message="no_such_message"))
    posted(to(person, context=titled("还在")))

    shown = page(reader)

    assert "This notice can no longer be shown." in shown
    assert "还在" in shown
    assert reader.get(gone.get_absolute_url()).status_code == 200


def test_what_people_typed_is_not_markup(reader: Client, person: User) -> None:
    said = posted(to(person, context=titled("<b>粗</b>")))

    for shown in (page(reader), reader.get(said.get_absolute_url()).content.decode()):
        assert "<b>粗" not in shown
        assert "&lt;b&gt;粗" in shown


def test_a_link_leads_nowhere_else(reader: Client, person: User) -> None:
    said = posted(to(person, context=titled("甲") | {"url": "javascript:alert(1)"}))

    assert "javascript:" not in reader.get(said.get_absolute_url()).content.decode()
    assert Notice.objects.count() == 1
