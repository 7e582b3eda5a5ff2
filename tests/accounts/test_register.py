import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from accounts.models import User
from audit.models import Entry
from tests.accounts.conftest import link_in
from tests.factories.accounts import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db
ADDRESS = "li.hua@example.cn"


def register(client: Client, email: str = ADDRESS, **more: str) -> tuple[int, str]:
    """The status, and where it leads (or the page)."""
    form = {"email": email, "password1": PASSWORD, "password2": PASSWORD, **more}
    response = client.post(reverse("account_signup"), form)
    return response.status_code, response.headers.get("Location") or response.content.decode()


def sign_in(client: Client, email: str, password: str = PASSWORD) -> bool:
    client.post(reverse("account_login"), {"login": email, "password": password})
    return "_auth_user_id" in client.session


def test_a_citizen_registers_confirms_by_mail_and_signs_in(english: Client) -> None:
    status, _page = register(english, display_name="李华", phone="138-0000-0000")
    assert status == 302
    user = User.objects.get(email=ADDRESS)
    assert (user.display_name, user.phone, user.is_staff) == ("李华", "138-0000-0000", False)
    assert not sign_in(english, ADDRESS)

    [message] = mail.outbox
    assert message.subject.startswith("【")
    link = link_in(message)
    assert english.get(link).status_code == 200  # a scanner that opens the link confirms nothing
    english.post(link)
    assert sign_in(english, ADDRESS.upper())
    assert english.get(reverse("account_overview")).status_code == 200
    actions = Entry.objects.filter(subject_id=str(user.pk)).order_by("id")
    assert [entry.action for entry in actions] == [
        "account.registered",
        "account.address_confirmed",
        "account.signed_in",
    ]


def test_the_trail_names_nobody_outside_its_erasable_details(english: Client) -> None:
    register(english, display_name="李华")
    for entry in Entry.objects.all():
        assert ADDRESS not in f"{entry.actor}{entry.subject_id}{entry.action}"


def test_an_address_that_is_taken_is_answered_like_a_free_one(english: Client) -> None:
    UserFactory(email=ADDRESS)
    taken = register(english)
    free = register(Client(), "somebody.else@example.cn")
    assert taken == free
    assert User.objects.filter(email=ADDRESS).count() == 1
    owner, newcomer = mail.outbox
    assert owner.to == [ADDRESS]
    assert reverse("account_reset_password") in str(owner.body)
    assert newcomer.to == ["somebody.else@example.cn"]


def test_a_taken_address_costs_the_same_hash_as_a_free_one(
    english: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    hashed: list[str] = []
    monkeypatch.setattr("accounts.adapters.make_password", hashed.append)
    UserFactory(email=ADDRESS)
    register(english)
    assert len(hashed) == 1


@pytest.mark.parametrize("phone", ["abc", "12", "1" * 40, "139 <b>"])
def test_a_phone_number_is_optional_but_must_be_one(english: Client, phone: str) -> None:
    status, page = register(english, phone=phone)
    assert status == 200
    assert 'aria-invalid="true"' in page
    assert not User.objects.exists()


@pytest.mark.parametrize("phone", ["", "13800000000", "0311-87900000转12", "+86 138 0000 0000"])
def test_phone_numbers_may_be_written_as_people_write_them(english: Client, phone: str) -> None:
    assert register(english, phone=phone)[0] == 302


@pytest.mark.parametrize("password", ["short-1", "1234567890123", "password1234", ADDRESS])
def test_a_weak_password_is_refused(english: Client, password: str) -> None:
    status, _page = register(english, password1=password, password2=password)
    assert (status, User.objects.count()) == (200, 0)
