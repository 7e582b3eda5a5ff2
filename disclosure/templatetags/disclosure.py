"""How dates, names of files and terms of the law are shown; nothing else is computed here."""

from datetime import date, datetime
from pathlib import PurePosixPath

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from disclosure.rules.terms import TERMS

register = template.Library()

_DIGITS = "一二三四五六七八九十"
NUMERALS = [*_DIGITS, *(f"十{digit}" for digit in _DIGITS[:5])]


def _day(value: date) -> date:
    """The day in Shanghai, of a day or a moment."""
    return timezone.localtime(value).date() if isinstance(value, datetime) else value


@register.filter
def long_date(value: date | None) -> str:
    """2026年3月18日; in English 18 March 2026."""
    return date_format(_day(value), _("j F Y")) if value else ""


@register.filter
def short_date(value: date | None) -> str:
    """10月12日; in English 12 October."""
    return date_format(_day(value), _("j F")) if value else ""


@register.filter
def iso_day(value: date | None) -> str:
    return _day(value).isoformat() if value else ""


@register.filter
def list_date(value: date | None, today: date) -> str:
    """The year is written only where it is not this one."""
    if not value:
        return ""
    return short_date(value) if _day(value).year == today.year else long_date(value)


@register.filter
def minute(value: datetime | None) -> str:
    """`yyyy-MM-dd HH:mm`, as the site guideline (国办发〔2017〕47号) wants PubDate."""
    return timezone.localtime(value).strftime("%Y-%m-%d %H:%M") if value else ""


@register.filter
def extension(name: str) -> str:
    """PDF of 通知.pdf."""
    return PurePosixPath(name).suffix.lstrip(".").upper()


@register.filter
def thousands(value: int) -> str:
    return f"{value:,}"


@register.filter
def item_mark(number: int) -> str:
    """（一）, as the law prints an item; in English (1)."""
    chinese = (get_language() or "").startswith("zh")
    return f"（{NUMERALS[number - 1]}）" if chinese else f"({number})"


@register.simple_tag
def term(name: str) -> int:
    """A statutory term in working days: {% term "reply" as days %}."""
    return TERMS[name]
