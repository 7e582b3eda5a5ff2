"""How days and moments are written."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _


def _day(value: date) -> date:
    """The day in Shanghai, of a day or a moment."""
    return timezone.localtime(value).date() if isinstance(value, datetime) else value


def long_date(value: date | None) -> str:
    """2026年3月18日; in English 18 March 2026."""
    return date_format(_day(value), _("j F Y")) if value else ""


def short_date(value: date | None) -> str:
    """10月12日; in English 12 October."""
    return date_format(_day(value), _("j F")) if value else ""


def iso_day(value: date | None) -> str:
    return _day(value).isoformat() if value else ""


def list_date(value: date | None, today: date) -> str:
    """The year is written only where it is not this one."""
    if not value:
        return ""
    return short_date(value) if _day(value).year == today.year else long_date(value)


def minute(value: datetime | None) -> str:
    """`yyyy-MM-dd HH:mm`, as the site guideline (国办发〔2017〕47号) wants PubDate."""
    return timezone.localtime(value).strftime("%Y-%m-%d %H:%M") if value else ""
