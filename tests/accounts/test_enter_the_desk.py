from typing import Any

import pytest
from allauth.mfa.totp.internal import auth as totp
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from agencies.services import memberships
from tests.factories.accounts import PASSWORD, UserFactory
from tests.factories.agencies import MembershipFactory

pytestmark = pytest.mark.django_db


def test_everybody_signs_in_on_the_same_page(client: Client) -> None:
    response = client.get("/admin/agencies/", follow=True)
    final, _status = response.redirect_chain[-1]
    assert final == "/accounts/login/?next=/admin/agencies/"


def test_a_citizen_cannot_open_the_desk(client: Client) -> None:
    client.force_login(UserFactory())
    assert client.get(reverse("admin:index"), follow=True).status_code == 403


def test_an_official_opens_the_desk(client: Client) -> None:
    client.force_login(MembershipFactory().user)
    assert client.get(reverse("admin:index")).status_code == 200


def test_with_the_last_role_the_desk_closes_by_itself(client: Client) -> None:
    membership = MembershipFactory()
    client.force_login(membership.user)
    memberships.dismiss(membership, at=timezone.now(), actor="user:1")
    assert client.get(reverse("admin:index"), follow=True).status_code == 403
    assert client.get("/admin/agencies/agency/", follow=True).status_code == 403
    assert not client.get(reverse("account_overview")).context["desk"]
    client.logout()
    sign_in = {"login": membership.user.email, "password": PASSWORD}
    landed = client.post(reverse("account_login"), sign_in)
    assert landed.headers["Location"] == reverse("account_overview")


def test_an_official_without_a_second_factor_is_led_to_set_it_up_where_it_is_needed(
    client: Client, settings: Any
) -> None:
    settings.OFFICIALS_NEED_SECOND_FACTOR = True
    user = MembershipFactory().user
    client.force_login(user)
    response = client.get("/admin/agencies/", follow=True)
    assert response.redirect_chain[1][0].startswith(reverse("mfa_activate_totp"))
    totp.TOTP.activate(user, totp.generate_totp_secret())
    assert client.get(reverse("admin:index")).status_code == 200


def test_the_desk_has_no_sign_in_of_its_own_that_could_go_around(client: Client) -> None:
    user = MembershipFactory().user
    client.post("/admin/login/", {"username": user.email, "password": "x"})
    assert "_auth_user_id" not in client.session
    client.force_login(user)
    for name in ("admin:password_change", "admin:logout"):
        assert client.get(reverse(name)).headers["Location"].startswith("/accounts/")
