"""What makes one look twice at a calendar, in words."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from deadlines import wording
from deadlines.rules.doubts import Doubt, Finding

DOUBTS: Mapping[Doubt, Promise] = MappingProxyType(
    {
        Doubt.NOTHING: gettext_lazy("No day off and no make-up day was found in the text."),
        Doubt.ANOTHER_YEAR: gettext_lazy("The text is about %(said)s, not %(year)s."),
        Doubt.UNREAD: gettext_lazy("This line has dates and was not understood: %(line)s"),
        Doubt.NO_SUCH_DAY: gettext_lazy("These days are not in the calendar: %(text)s"),
        Doubt.COUNT: gettext_lazy("%(name)s: the text says %(said)s days off, %(read)s were read."),
        Doubt.WEEKDAY: gettext_lazy("%(day)s is a %(weekday)s; the text says %(said)s."),
        Doubt.MADE_UP_WEEKDAY: gettext_lazy(
            "%(day)s is to make up for a day off, but is a %(weekday)s."
        ),
        Doubt.TWICE: gettext_lazy("%(day)s is named more than once."),
        Doubt.BOTH: gettext_lazy(
            "%(day)s is off in one place and worked in another; it is left out."
        ),
        Doubt.STATUTORY: gettext_lazy("%(day)s is a public holiday by law (%(name)s) and not off."),
        Doubt.DROPPED: gettext_lazy(
            "%(day)s (%(name)s) stood in the former notice and is not in this one."
        ),
    }
)


def in_words(finding: Finding) -> str:
    values: dict[str, object] = dict(finding.values)
    day = values.get("day")
    if isinstance(day, date):
        values |= {"day": date_format(day, _("j F Y")), "weekday": date_format(day, "l")}
    if "name" in values:
        values["name"] = wording.holiday(str(values["name"]))
    return str(DOUBTS[finding.doubt]) % values
