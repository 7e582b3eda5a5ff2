"""How names of files and figures are shown; nothing else is computed here."""

from pathlib import PurePosixPath

from django import template
from django.utils.translation import get_language

register = template.Library()

_DIGITS = "一二三四五六七八九十"
NUMERALS = [*_DIGITS, *(f"十{digit}" for digit in _DIGITS[:5])]


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
