import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from django.urls import reverse

from accounts.models import User
from audit.models import Entry
from audit.selectors import verify
from tests.accounts.conftest import link_in
from tests.factories.accounts import PASSWORD, OfficialFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(english: Client) -> User:
    user: User = UserFactory(display_name="李华", phone="13800000000", email="li@example.cn")
    english.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    return user


PAGES = [
    "account_overview",
    "account_particulars",
    "account_close",
    "account_email",
    "account_change_password",
    "account_logout",
    "mfa_index",
]


@pytest.mark.parametrize("name", PAGES)
def test_every_page_of_the_account_works_without_scripts(
    english: Client, person: User, name: str
) -> None:
    page = english.get(reverse(name)).content.decode()
    assert "<h1>" in page
    assert "style=" not in page
    assert "<script" not in page


@pytest.mark.parametrize("name", ["account_login", "account_signup", "account_reset_password"])
def test_the_pages_before_signing_in_say_whose_portal_it_is(english: Client, name: str) -> None:
    page = english.get(reverse(name)).content.decode()
    assert "明川省" in page
    assert "<script" not in page


@pytest.mark.parametrize("name", PAGES)
def test_the_account_is_closed_to_strangers(client: Client, name: str) -> None:
    response = client.get(reverse(name))
    assert response.status_code == 302


@pytest.mark.parametrize("name", [*PAGES, "mfa_activate_totp", "admin:jsi18n"])
def test_no_cache_keeps_a_page_of_the_account(english: Client, person: User, name: str) -> None:
    for client in (english, Client()):
        assert "no-store" in client.get(reverse(name)).headers["Cache-Control"]


def test_name_and_phone_can_be_changed(english: Client, person: User) -> None:
    form = {"display_name": "李小华", "phone": ""}
    english.post(reverse("account_particulars"), form)
    person.refresh_from_db()
    assert (person.display_name, person.phone) == ("李小华", "")
    entry = Entry.objects.get(action="account.changed")
    assert entry.details == {"display_name": ["李华", "李小华"], "phone": ["13800000000", ""]}


def test_a_new_address_takes_the_password_and_counts_once_it_is_confirmed(
    english: Client, person: User
) -> None:
    form = {"email": "new@example.cn", "action_add": ""}
    again = english.post(reverse("account_email"), form).headers["Location"]
    assert not mail.outbox
    english.post(again, {"password": "wrong"})
    assert not mail.outbox
    english.post(again, {"password": PASSWORD})
    person.refresh_from_db()
    assert person.email == "li@example.cn"
    english.post(link_in(mail.outbox[0]))
    person.refresh_from_db()
    assert person.email == "new@example.cn"
    assert EmailAddress.objects.get(user=person).email == "new@example.cn"


def test_closing_erases_the_person_and_keeps_the_trail(english: Client, person: User) -> None:
    english.post(reverse("account_particulars"), {"display_name": "李小华", "phone": ""})
    english.post(reverse("account_close"), {"password": PASSWORD})
    person.refresh_from_db()
    assert (person.display_name, person.phone, person.is_active) == ("", "", False)
    assert person.email == f"closed-{person.pk}@account.invalid"
    assert not person.has_usable_password()
    assert not EmailAddress.objects.exists()
    assert "_auth_user_id" not in english.session
    remains = str(list(Entry.objects.values_list("actor", "details", "subject_id")))
    assert "李" not in remains
    assert "127.0.0.1" not in remains
    assert verify().fault is None
    # The address is free again.
    UserFactory(email="li@example.cn")


def test_closing_asks_for_the_password(english: Client, person: User) -> None:
    english.post(reverse("account_close"), {"password": "wrong"})
    person.refresh_from_db()
    assert person.is_active


def test_an_official_cannot_vanish(client: Client) -> None:
    user = OfficialFactory()
    client.force_login(user)
    client.post(reverse("account_close"), {"password": PASSWORD})
    user.refresh_from_db()
    assert user.is_active
