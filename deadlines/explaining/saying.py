"""Days and stretches of days as sentences name them."""

from collections.abc import Iterable
from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, pgettext, pgettext_lazy
from django.utils.translation import gettext as _

from deadlines.dates_in_words import long_date, short_date

_WEEKDAYS = (
    pgettext_lazy("day of the week", "Mon"),
    pgettext_lazy("day of the week", "Tue"),
    pgettext_lazy("day of the week", "Wed"),
    pgettext_lazy("day of the week", "Thu"),
    pgettext_lazy("day of the week", "Fri"),
    pgettext_lazy("day of the week", "Sat"),
    pgettext_lazy("day of the week", "Sun"),
)


def weekday(on: date) -> str:
    return str(_WEEKDAYS[on.weekday()])


def day(on: date, *, beside: date | None = None) -> str:
    """9月14日（周一）; 14 September (Mon). With the year where it is not that of `beside`."""
    written = long_date(on) if beside and beside.year != on.year else short_date(on)
    return _("%(day)s (%(weekday)s)") % {"day": written, "weekday": weekday(on)}


def stretch(first: date, last: date) -> str:
    """9月15日至21日; 15 to 21 September."""
    if first == last:
        return short_date(first)
    if (first.year, first.month) == (last.year, last.month):
        month = date_format(last, pgettext("date format of a month in a stretch of days", "F"))
        return _("%(first)s to %(last)s %(month)s") % {
            "first": first.day,
            "last": last.day,
            "month": month,
        }
    return _("%(first)s to %(last)s") % {"first": short_date(first), "last": short_date(last)}


def listed(parts: Iterable[object]) -> str:
    """条例第三十一条；民法典第二百零一条. What is said twice is listed once."""
    return pgettext("between things listed", "; ").join(dict.fromkeys(map(str, parts)))


def named(parts: Iterable[object]) -> str:
    """中秋节、国庆节."""
    return pgettext("between names", ", ").join(dict.fromkeys(map(str, parts)))


def sentences(parts: Iterable[object]) -> str:
    """One after the other; Chinese ones need no space between."""
    space = "" if (get_language() or "").startswith("zh") else " "
    return space.join(str(part) for part in parts if part)


def moment(at: datetime) -> str:
    """9月14日（周一）14:05, in Shanghai."""
    local = timezone.localtime(at)
    return _("%(day)s, %(time)s") % {"day": day(local.date()), "time": f"{local:%H:%M}"}
