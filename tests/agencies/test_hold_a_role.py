import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied

from accounts.models import User
from agencies import selectors
from agencies.models import Agency
from agencies.policies import holds
from agencies.rules.bodies import Role
from tests.factories.accounts import OfficialFactory, SuperuserFactory, UserFactory
from tests.factories.agencies import AgencyFactory, MembershipFactory

pytestmark = pytest.mark.django_db
CODES = ("P", "C", "X", "C2")


@pytest.fixture(autouse=True)
def tree() -> dict[str, Agency]:
    """P over C over X; C2 beside C, its code beginning alike."""
    province = AgencyFactory(code="P")
    city = AgencyFactory(code="C", parent=province, level="city")
    AgencyFactory(code="X", parent=city, level="county")
    AgencyFactory(code="C2", parent=province, level="city")
    return {agency.code: agency for agency in Agency.objects.all()}


def official(tree: dict[str, Agency], role: Role, code: str = "C") -> User:
    user: User = OfficialFactory()
    MembershipFactory(user=user, agency=tree[code], role=role)
    return user


@pytest.mark.parametrize(
    ("role", "reached"),
    [
        (Role.CLERK, {"C"}),
        (Role.REVIEWER, {"C"}),
        (Role.APPROVER, {"C"}),
        (Role.SUPERVISOR, {"C", "X"}),
    ],
)
def test_a_role_reaches_its_body_and_a_supervisors_the_subtree(
    tree: dict[str, Agency], role: Role, reached: set[str]
) -> None:
    user = official(tree, role)
    assert {code for code in CODES if holds(user, tree[code], role)} == reached
    assert {code for code in CODES if holds(user, tree[code])} == reached
    assert set(selectors.bodies_of(user, role).values_list("code", flat=True)) == reached


@pytest.mark.parametrize("held", Role)
@pytest.mark.parametrize("asked", Role)
def test_one_role_is_not_another(tree: dict[str, Agency], held: Role, asked: Role) -> None:
    user = official(tree, held)
    assert bool(holds(user, tree["C"], asked)) == (held == asked)
    assert selectors.bodies_of(user, asked).exists() == (held == asked)


def test_a_superuser_holds_every_role_everywhere(tree: dict[str, Agency]) -> None:
    user = SuperuserFactory()
    assert all(holds(user, tree[code], Role.APPROVER) for code in CODES)
    assert selectors.bodies_of(user, Role.APPROVER).count() == len(CODES)


def test_a_closed_account_holds_nothing(tree: dict[str, Agency]) -> None:
    for user in (official(tree, Role.SUPERVISOR, "P"), SuperuserFactory()):
        user.is_active = False
        user.save()
        assert not holds(user, tree["C"])
        assert not selectors.bodies_of(user)
        assert not selectors.serving(user)


@pytest.mark.parametrize("person", [AnonymousUser, UserFactory])
def test_a_citizen_holds_nothing_and_is_told_why(tree: dict[str, Agency], person: type) -> None:
    verdict = holds(person(), tree["C"], Role.CLERK)
    assert verdict.reason
    with pytest.raises(PermissionDenied, match=verdict.reason):
        verdict.require()


def test_where_somebody_serves_is_told_in_the_order_of_the_tree(tree: dict[str, Agency]) -> None:
    user = official(tree, Role.CLERK, "X")
    MembershipFactory(user=user, agency=tree["P"], role=Role.REVIEWER)
    assert [str(m.agency.code) for m in selectors.serving(user)] == ["P", "X"]


def test_the_site_belongs_to_the_body_nobody_is_over(tree: dict[str, Agency]) -> None:
    assert selectors.root() == tree["P"]
    assert list(selectors.ancestors(tree["X"])) == [tree["P"], tree["C"]]
    assert list(selectors.children(tree["P"])) == [tree["C"], tree["C2"]]
    assert set(selectors.subtree(tree["C"])) == {tree["C"], tree["X"]}
