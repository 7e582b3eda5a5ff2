from datetime import timedelta
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from audit.models import Entry
from tests.accounts.conftest import link_in
from tests.factories.accounts import PASSWORD, UserFactory
from tests.factories.agencies import MembershipFactory

pytestmark = pytest.mark.django_db
LOGIN = "/accounts/login/"


def sign_in(client: Client, email: str, password: str = PASSWORD, **meta: Any) -> Any:
    return client.post(reverse("account_login"), {"login": email, "password": password}, **meta)


def signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def code_of(secret: str) -> str:
    counter = int(timezone.now().timestamp()) // 30
    code: str = totp.format_hotp_value(totp.hotp_value(secret, counter))
    return code


def with_second_factor(user: User) -> str:
    secret: str = totp.generate_totp_secret()
    totp.TOTP.activate(user, secret)
    return secret


def test_an_unknown_address_is_answered_like_a_wrong_password(english: Client) -> None:
    user = UserFactory()
    pages = []
    for email in (user.email, "nobody@example.cn"):
        response = sign_in(english, email, "wrong-horse-battery")
        pages.append(response.content.decode().replace(email, "…"))
        assert response.status_code == 200
    assert _without_token(pages[0]) == _without_token(pages[1])
    assert "The e-mail address or the password is wrong." in pages[0]


def _without_token(page: str) -> str:
    return "\n".join(line for line in page.splitlines() if "csrfmiddlewaretoken" not in line)


def test_an_unknown_address_takes_as_many_hashes_as_a_wrong_password(
    english: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    user = UserFactory()
    spent: list[str] = []
    hasher = "django.contrib.auth.hashers.MD5PasswordHasher.encode"

    def encode(self: object, password: str, salt: str) -> str:
        spent.append(password)
        return f"md5${salt}$none"

    monkeypatch.setattr(hasher, encode)
    counts = []
    for email in (user.email, "nobody@example.cn"):
        spent.clear()
        sign_in(english, email, "wrong-horse-battery")
        counts.append(len(spent))
    assert counts[0] == counts[1] > 0


@pytest.mark.parametrize("known", [True, False])
def test_five_failures_lock_the_pair_of_name_and_address_for_half_an_hour(
    english: Client,
    known: bool,  # noqa: FBT001  a parameter of the test
) -> None:
    email = UserFactory().email if known else "nobody@example.cn"
    with time_machine.travel(timezone.now(), tick=False) as clock:
        statuses = [sign_in(english, email, "wrong-horse").status_code for _ in range(6)]
        assert statuses == [200, 200, 200, 200, 429, 429]
        assert sign_in(english, f" {email.upper()}").status_code == 429
        elsewhere = sign_in(english, email, REMOTE_ADDR="192.0.2.7").status_code
        assert elsewhere == (302 if known else 200)
        clock.shift(timedelta(minutes=29))
        english.logout()
        assert sign_in(english, email).status_code == 429
        clock.shift(timedelta(minutes=2))
        assert sign_in(english, email).status_code == (302 if known else 200)


def test_a_lock_out_is_noted_once_and_explained_calmly(english: Client) -> None:
    user = UserFactory()
    response = [sign_in(english, user.email, "wrong-horse") for _ in range(7)][-1]
    assert "30 minutes" in response.content.decode()
    entry = Entry.objects.get(action="account.locked_out")
    assert entry.subject_id == str(user.pk)
    assert entry.details == {"email": user.email, "address": "127.0.0.1"}


def test_a_forged_forwarding_header_neither_helps_nor_hides(english: Client) -> None:
    user = UserFactory()
    forged = [f"192.0.2.{n}" for n in range(5)]
    responses = [
        sign_in(english, user.email, "wrong", HTTP_X_FORWARDED_FOR=address) for address in forged
    ]
    assert responses[-1].status_code == 429


def test_behind_a_trusted_proxy_the_client_is_who_the_proxy_says(
    english: Client, settings: Any
) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    user = UserFactory()
    chains = [f"{n}.{n}.{n}.{n}, 192.0.2.1" for n in range(5)]
    locked = [sign_in(english, user.email, "x", HTTP_X_FORWARDED_FOR=chain) for chain in chains]
    assert locked[-1].status_code == 429
    other = sign_in(english, user.email, "x", HTTP_X_FORWARDED_FOR="192.0.2.2")
    assert other.status_code == 200


def test_a_success_forgets_the_failures_before_it(english: Client) -> None:
    user = UserFactory()
    for _ in range(2):
        for _ in range(4):
            assert sign_in(english, user.email, "wrong-horse").status_code == 200
        assert sign_in(english, user.email).status_code == 302
        english.logout()


def test_a_closed_account_cannot_sign_in(english: Client) -> None:
    user = UserFactory(is_active=False)
    sign_in(english, user.email)
    assert not signed_in(english)


def test_signing_in_with_a_second_factor_takes_both(english: Client) -> None:
    user = UserFactory()
    secret = with_second_factor(user)
    response = sign_in(english, user.email)
    assert response.headers["Location"] == reverse("mfa_authenticate")
    assert not signed_in(english)
    page = english.get(reverse("mfa_authenticate")).content.decode()
    assert "one-time-code" in page
    assert "<script" not in page
    english.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert not signed_in(english)
    english.post(reverse("mfa_authenticate"), {"code": code_of(secret)})
    assert signed_in(english)
    assert Entry.objects.filter(action="account.signed_in").count() == 1


def test_the_second_factor_cannot_be_guessed_from_many_addresses(english: Client) -> None:
    user = UserFactory()
    secret = with_second_factor(user)
    sign_in(english, user.email)
    guess = reverse("mfa_authenticate")
    for n in range(5):
        english.post(guess, {"code": "000000"}, REMOTE_ADDR=f"192.0.2.{n}")
    english.post(guess, {"code": code_of(secret)}, REMOTE_ADDR="192.0.2.9")
    assert not signed_in(english)
    with time_machine.travel(timezone.now() + timedelta(minutes=6)):
        english.post(guess, {"code": code_of(secret)}, REMOTE_ADDR="192.0.2.9")
        assert signed_in(english)


def test_a_recovery_code_signs_in_once(english: Client) -> None:
    user = UserFactory()
    with_second_factor(user)
    code = RecoveryCodes.activate(user).get_unused_codes()[0]
    for expected in (True, False):
        sign_in(english, user.email)
        english.post(reverse("mfa_authenticate"), {"code": code})
        assert signed_in(english) == expected
        english.logout()


def test_the_secret_of_the_second_factor_is_not_readable_in_the_database() -> None:
    secret = with_second_factor(UserFactory())
    assert secret not in str(Authenticator.objects.get().data)


def test_setting_up_the_second_factor_needs_no_script(
    english: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    user = UserFactory()
    sign_in(english, user.email)
    again = english.get(reverse("mfa_activate_totp")).headers["Location"]
    english.post(again, {"password": PASSWORD})
    response = english.get(reverse("mfa_activate_totp"))
    page = response.content.decode()
    assert "<script" not in page
    assert "data:image/svg+xml" in page
    secret = response.context["form"].secret
    # The mail goes out with the commit, and a test does not commit.
    monkeypatch.setattr("django.db.transaction.on_commit", lambda send: send())
    english.post(reverse("mfa_activate_totp"), {"code": code_of(secret)})
    assert mail.outbox[-1].to == [user.email]
    assert Authenticator.objects.filter(user=user, type="totp").exists()
    assert Entry.objects.filter(action="account.totp_activated").exists()
    assert english.get(reverse("mfa_index")).status_code == 200
    assert english.get(reverse("mfa_view_recovery_codes")).status_code == 200


@pytest.mark.parametrize("known", [True, False])
def test_a_forgotten_password_is_answered_alike(english: Client, known: bool) -> None:  # noqa: FBT001
    email = UserFactory().email if known else "nobody@example.cn"
    response = english.post(reverse("account_reset_password"), {"email": email})
    assert response.headers["Location"] == reverse("account_reset_password_done")
    assert [message.to for message in mail.outbox] == [[email]]


def test_the_link_in_the_mail_sets_a_new_password_and_it_is_noted(english: Client) -> None:
    user = UserFactory()
    english.post(reverse("account_reset_password"), {"email": user.email})
    form = english.get(link_in(mail.outbox[0])).headers["Location"]
    new = "harbour-violet-93"
    english.post(form, {"password1": new, "password2": new})
    assert Entry.objects.filter(action="account.password_changed").count() == 1
    sign_in(english, user.email, new)
    assert signed_in(english)


def test_a_citizen_lands_on_the_account_and_an_official_at_the_desk(english: Client) -> None:
    assert sign_in(english, UserFactory().email).headers["Location"] == reverse("account_overview")
    english.logout()
    assert sign_in(english, MembershipFactory().user.email).headers["Location"] == reverse(
        "admin:index"
    )
