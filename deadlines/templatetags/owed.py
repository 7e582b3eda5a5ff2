"""What presses at the desk."""

from datetime import date
from typing import Any

from django import template
from django.utils import timezone

from deadlines import wording
from deadlines.bodies import bodies_of
from deadlines.explaining.saying import weekday
from deadlines.rules.calendar import DayStatus
from deadlines.selectors.desk import pressing

register = template.Library()


@register.inclusion_tag("admin/deadlines/duty/owed.html")
def owed(*, by: Any) -> dict[str, object]:
    """{% owed by=user %}: what the bodies in which the person serves owe, in figures."""
    return {"pressing": pressing(bodies_of(by), at=timezone.now())}


@register.filter
def day_status(status: DayStatus) -> str:
    return wording.status(status)


@register.filter
def weekday_of(day: date) -> str:
    return weekday(day)
