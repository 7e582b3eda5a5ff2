"""Who can sign in to the demonstration portal. The people and addresses are invented."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from agencies.rules.bodies import Role

# It protects invented data on a machine of one's own, and is printed wherever it is needed.
PASSWORD = "mingchuan-2026"  # noqa: S105


@dataclass(frozen=True)
class Person:
    label: str  # a msgid: what this sign-in shows
    email: str
    display_name: str
    role: Role | None = None
    agency: str = ""  # the code of the body in which the role is held
    is_administrator: bool = False


PEOPLE = (
    Person(gettext_noop("Citizen"), "citizen@mingchuan.example", "演示市民"),
    Person(gettext_noop("Clerk"), "clerk@mingchuan.example", "演示经办人", Role.CLERK, "900001347"),
    Person(
        gettext_noop("Reviewer"),
        "reviewer@mingchuan.example",
        "演示审核人",
        Role.REVIEWER,
        "900001347",
    ),
    Person(
        gettext_noop("Approver"),
        "approver@mingchuan.example",
        "演示审批人",
        Role.APPROVER,
        "900001347",
    ),
    Person(
        gettext_noop("Supervisor"),
        "supervisor@mingchuan.example",
        "演示监督员",
        Role.SUPERVISOR,
        "900001000",
    ),
    Person(
        gettext_noop("Administrator"),
        "administrator@mingchuan.example",
        "演示管理员",
        is_administrator=True,
    ),
)


def sign_ins() -> list[tuple[str, str, str]]:
    """Role, e-mail address and password of each, in the reader's language."""
    return [(_(person.label), person.email, PASSWORD) for person in PEOPLE]
