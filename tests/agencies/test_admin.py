from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse

from accounts.models import User
from agencies.models import Agency, Membership, ReadingPlace
from agencies.rules.bodies import Role
from audit.models import Entry
from tests.factories.accounts import OfficialFactory, SuperuserFactory, UserFactory
from tests.factories.agencies import AgencyFactory, MembershipFactory, ReadingPlaceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def tree() -> dict[str, Agency]:
    province = AgencyFactory(code="P")
    city = AgencyFactory(code="C", parent=province, level="city")
    AgencyFactory(code="X", parent=city, level="county")
    AgencyFactory(code="D", parent=province, level="city")
    return {agency.code: agency for agency in Agency.objects.all()}


@pytest.fixture
def supervisor(client: Client, tree: dict[str, Agency]) -> User:
    """Over C and what is beneath it."""
    user: User = OfficialFactory()
    MembershipFactory(user=user, agency=tree["C"], role=Role.SUPERVISOR)
    client.force_login(user)
    return user


def address(agency: Agency) -> str:
    return reverse("admin:agencies_agency_change", args=[agency.pk])


def save(client: Client, url: str, agency: Agency | None = None, **changes: Any) -> Any:
    """Post the page's own form with some fields changed."""
    page = client.get(url)
    if page.status_code != 200 or "adminform" not in page.context:
        return page
    form = page.context["adminform"].form
    data = {name: form[name].value() or "" for name in form.fields}
    for formset in (line.formset for line in page.context["inline_admin_formsets"]):
        data |= {f"{formset.prefix}-{n}": v.value() for n, v in _management(formset)}
        for line in formset.initial_forms:
            data |= {line.add_prefix(name): line[name].value() or "" for name in line.fields}
    return client.post(url, data | changes)


def _management(formset: Any) -> list[tuple[str, Any]]:
    form = formset.management_form
    return [(name, form[name]) for name in form.fields]


def test_everybody_at_the_desk_reads_bodies_in_the_order_of_the_tree(
    client: Client, tree: dict[str, Agency]
) -> None:
    client.force_login(MembershipFactory(agency=tree["D"]).user)
    page = client.get(reverse("admin:agencies_agency_changelist"))
    assert [agency.code for agency in page.context["cl"].result_list] == ["P", "C", "X", "D"]
    assert client.get(address(tree["C"])).status_code == 200
    assert client.post(address(tree["C"]), {}).status_code == 403


@pytest.mark.parametrize(("code", "may"), [("P", False), ("C", True), ("X", True), ("D", False)])
def test_a_supervisor_writes_in_the_subtree_and_not_above(
    client: Client,
    tree: dict[str, Agency],
    supervisor: User,
    code: str,
    may: bool,  # noqa: FBT001
) -> None:
    save(client, address(tree[code]), phone="0000-0000000") if may else client.post(
        address(tree[code]), {"phone": "0000-0000000"}
    )
    tree[code].refresh_from_db()
    assert (tree[code].phone == "0000-0000000") == may
    noted = Entry.objects.filter(action="agency.revised", actor=supervisor.pseudonym)
    assert noted.exists() == may


def test_a_supervisor_registers_bodies_only_beneath(
    client: Client, tree: dict[str, Agency], supervisor: User
) -> None:
    add = reverse("admin:agencies_agency_add")
    new = {"code": "N", "name": "新区人民政府", "level": "county", "kind": "government"}
    for parent in ("D", "", "C"):
        save(client, add, None, **new, parent=tree[parent].pk if parent else "")
        assert Agency.objects.filter(code="N").exists() == (parent == "C")
    assert Agency.objects.get(code="N").path == "/P/C/N/"


def test_a_body_cannot_be_moved_out_of_reach_or_into_a_circle(
    client: Client, tree: dict[str, Agency], supervisor: User
) -> None:
    save(client, address(tree["X"]), parent=tree["D"].pk)
    save(client, address(tree["C"]), parent=tree["X"].pk)
    assert Agency.objects.get(code="X").path == "/P/C/X/"
    client.force_login(SuperuserFactory())
    page = save(client, address(tree["C"]), parent=tree["X"].pk)
    assert page.status_code == 200
    assert page.context["adminform"].form.errors["parent"]


def test_an_operator_moves_a_body_with_all_beneath_it(
    client: Client, tree: dict[str, Agency]
) -> None:
    client.force_login(SuperuserFactory())
    save(client, address(tree["X"]), parent=tree["D"].pk, phone="1")
    moved = Agency.objects.get(code="X")
    assert (moved.path, moved.phone) == ("/P/D/X/", "1")


def test_no_body_is_ever_deleted(client: Client, tree: dict[str, Agency]) -> None:
    client.force_login(SuperuserFactory())
    url = reverse("admin:agencies_agency_delete", args=[tree["X"].pk])
    assert client.post(url, {"post": "yes"}).status_code == 403


def test_reading_places_are_kept_with_the_body(
    client: Client, tree: dict[str, Agency], supervisor: User
) -> None:
    place = ReadingPlaceFactory(agency=tree["X"])
    save(client, address(tree["X"]), None, **{"reading_places-0-hours": "9:00—17:00"})
    place.refresh_from_db()
    assert place.hours == "9:00—17:00"
    save(client, address(tree["X"]), None, **{"reading_places-0-DELETE": "on"})
    assert not ReadingPlace.objects.exists()
    assert Entry.objects.filter(action__startswith="agency.reading_place").count() == 2


def test_a_supervisor_appoints_beneath_and_the_person_may_enter_the_desk(
    client: Client, tree: dict[str, Agency], supervisor: User
) -> None:
    person = UserFactory()
    add = reverse("admin:agencies_membership_add")
    for code in ("D", "X"):
        form = {"email": person.email.upper(), "agency": tree[code].pk, "role": "clerk"}
        client.post(add, form)
    membership = Membership.objects.get(user=person)
    assert membership.agency == tree["X"]
    person.refresh_from_db()
    assert person.is_staff
    client.post(reverse("admin:agencies_membership_delete", args=[membership.pk]), {"post": "yes"})
    assert not Membership.objects.filter(user=person).exists()
    actions = Entry.objects.filter(subject_id=str(person.pk), subject_type="account")
    assert set(actions.values_list("action", flat=True)) == {
        "account.appointed",
        "account.dismissed",
    }


def test_an_address_nobody_registered_is_refused(
    client: Client, tree: dict[str, Agency], supervisor: User
) -> None:
    form = {"email": "nobody@example.cn", "agency": tree["X"].pk, "role": "clerk"}
    page = client.post(reverse("admin:agencies_membership_add"), form)
    assert page.context["adminform"].form.errors["email"]


def test_a_supervisor_takes_no_role_for_himself(
    client: Client, tree: dict[str, Agency], supervisor: User
) -> None:
    form = {"email": supervisor.email, "agency": tree["C"].pk, "role": "approver"}
    page = client.post(reverse("admin:agencies_membership_add"), form)
    assert page.context["adminform"].form.errors["email"]
    assert Membership.objects.get(user=supervisor).role == Role.SUPERVISOR


def test_an_address_that_was_only_typed_is_given_no_role(
    client: Client, tree: dict[str, Agency], supervisor: User
) -> None:
    person = UserFactory()
    EmailAddress.objects.filter(user=person).update(verified=False)
    form = {"email": person.email, "agency": tree["X"].pk, "role": "clerk"}
    client.post(reverse("admin:agencies_membership_add"), form)
    assert not Membership.objects.filter(user=person).exists()


def test_who_serves_elsewhere_is_not_shown(
    client: Client, tree: dict[str, Agency], supervisor: User
) -> None:
    MembershipFactory(agency=tree["D"])
    page = client.get(reverse("admin:agencies_membership_changelist"))
    assert [row.user for row in page.context["cl"].result_list] == [supervisor]


@pytest.mark.parametrize("model", ["audit_entry", "accounts_user"])
def test_the_trail_and_the_people_are_for_operators(
    client: Client, tree: dict[str, Agency], supervisor: User, model: str
) -> None:
    url = reverse(f"admin:{model}_changelist")
    assert client.get(url).status_code == 403
    client.force_login(SuperuserFactory())
    assert client.get(url).status_code == 200
    assert client.get(reverse("admin:index")).status_code == 200


def test_the_trail_cannot_be_written_at_the_desk(client: Client, tree: dict[str, Agency]) -> None:
    client.force_login(SuperuserFactory())
    entry = Entry.objects.latest("id")
    url = reverse("admin:audit_entry_change", args=[entry.pk])
    assert client.get(url).status_code == 200
    assert client.post(url, {"actor": "user:0"}).status_code == 403


def test_closing_somebodys_access_is_noted(client: Client) -> None:
    client.force_login(SuperuserFactory())
    person = UserFactory()
    client.post(reverse("admin:accounts_user_change", args=[person.pk]), {})
    person.refresh_from_db()
    assert not person.is_active
    assert Entry.objects.get(action="account.access_changed").details == {"is_active": False}
