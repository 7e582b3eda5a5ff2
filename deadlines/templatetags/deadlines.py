"""The clock on pages: a due date explained, and the statutory terms with their articles."""

from datetime import date

from django import template

from deadlines import wording
from deadlines.explaining.explanation import explain
from deadlines.explaining.saying import day
from deadlines.rules.calendar import WorkCalendar
from deadlines.rules.clock import Reading
from deadlines.rules.law import Article
from deadlines.rules.table import RULES

register = template.Library()
register.filter("rule_name", wording.rule_name)
register.filter("day_and_weekday", day)


@register.inclusion_tag("components/clock.html")
def explanation(
    reading: Reading, *, today: date, calendar: WorkCalendar | None = None
) -> dict[str, object]:
    """{% explanation reading today=today %}: the due date and why it is that day.

    With the calendar it was read by, also by how much it is past and, while it waits, what the
    due date would be.
    """
    return {"clock": explain(reading, today=today, calendar=calendar), "today": today}


@register.simple_tag
def term(rule: str) -> int:
    """The statutory length in the rule's own unit: {% term "reply" as days %}."""
    return RULES[rule].newest.length


@register.simple_tag
def extension_of(rule: str) -> int:
    """By how much a term may be extended at most: {% extension_of "reply" as days %}."""
    return RULES[rule].newest.extension


@register.filter
def cite(article: Article) -> str:
    return wording.cite(article)
