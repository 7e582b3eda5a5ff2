"""The terms that local rules set in place of the table's, and their withdrawal."""

from datetime import date, datetime
from typing import NotRequired, TypedDict, Unpack

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from deadlines.models import LocalTerm, Revision
from deadlines.rules.calendar import FIRST_YEAR, LAST_YEAR
from deadlines.rules.table import RULES, Unit
from deadlines.services.calendars import check_region
from deadlines.services.revisions import begin, conclude, wait_for_turn

LONGEST = 365  # of whatever unit; a longer term is no term
_NO_LEAP_YEAR = 2001  # a yearly date must exist every year


class Setting(TypedDict):
    """`length` in the rule's own unit, or `month_day` for a date of the year."""

    rule: str
    region: str
    effective_from: date
    basis: str
    length: NotRequired[int]
    month_day: NotRequired[tuple[int, int] | None]


@transaction.atomic
def set_local_term(*, at: datetime, actor: str, **setting: Unpack[Setting]) -> LocalTerm:
    """For what is received from that day on. Raises ValidationError by field."""
    check_setting(setting)
    wait_for_turn()
    revision = _begin(setting["region"], setting["basis"], at=at, actor=actor)
    same = LocalTerm.objects.standing().filter(
        rule=setting["rule"],
        region=setting["region"],
        effective_from=setting["effective_from"],
    )
    same.update(until=revision)
    month, day = setting.get("month_day") or (None, None)
    term: LocalTerm = LocalTerm.objects.create(
        rule=setting["rule"],
        region=setting["region"],
        effective_from=setting["effective_from"],
        length=setting.get("length", 0),
        month=month,
        day=day,
        basis=setting["basis"],
        since=revision,
    )
    conclude(
        revision, action="calendar.term_set", at=at, actor=actor, details=dict(setting.items())
    )
    return term


@transaction.atomic
def withdraw_local_term(term: LocalTerm, *, reason: str, at: datetime, actor: str) -> Revision:
    """The edition before it holds on. Raises ValidationError."""
    wait_for_turn()
    if not LocalTerm.objects.standing().filter(pk=term.pk).exists():
        raise ValidationError(_("This term holds no more."), code="withdrawn")
    if not reason.strip():
        raise ValidationError({"reason": _("Say why.")})
    revision = _begin(term.region, reason.strip()[:200], at=at, actor=actor)
    LocalTerm.objects.filter(pk=term.pk).update(until=revision)
    details: dict[str, object] = {"rule": term.rule, "effective_from": term.effective_from}
    conclude(revision, action="calendar.term_withdrawn", at=at, actor=actor, details=details)
    return revision


def check_setting(setting: Setting) -> None:
    """Raises ValidationError by field."""
    rule = RULES.get(setting["rule"])
    if rule is None or not rule.local:
        raise ValidationError({"rule": _("No local rule may set this term.")})
    check_region(setting["region"])
    if not FIRST_YEAR <= setting["effective_from"].year <= LAST_YEAR:
        raise ValidationError({"effective_from": _("This year cannot be counted.")})
    if not setting["basis"].strip():
        raise ValidationError({"basis": _("Name the text that sets it.")})
    length, month_day = setting.get("length", 0), setting.get("month_day")
    if rule.newest.unit == Unit.DATE:
        if length or not _is_date(month_day):
            raise ValidationError({"month": _("This rule has a date that exists every year.")})
    elif month_day or not 1 <= length <= LONGEST:
        raise ValidationError(
            {"length": _("This rule has a length, from 1 to %(most)s.") % {"most": LONGEST}}
        )


def _begin(region: str, title: str, *, at: datetime, actor: str) -> Revision:
    return begin(
        Revision(
            kind=Revision.Kind.LOCAL_TERM,
            region=region,
            title=title,
            entered_at=at,
            entered_by=actor,
        )
    )


def _is_date(month_day: tuple[int, int] | None) -> bool:
    if month_day is None:
        return False
    try:
        date(_NO_LEAP_YEAR, *month_day)
    except ValueError:
        return False
    return True
