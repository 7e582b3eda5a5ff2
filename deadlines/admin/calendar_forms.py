"""What the calendar's forms take in, and the days read from it."""

import re
from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminRadioSelect
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from deadlines import doubts, wording
from deadlines.models import Revision
from deadlines.rules.announcement import Announcement, read_closure, read_notice
from deadlines.rules.calendar import FIRST_YEAR, LAST_YEAR
from deadlines.rules.doubts import Doubt, Finding
from deadlines.rules.known_years import title as usual_title
from deadlines.rules.regions import NATIONAL, shortened
from deadlines.rules.table import RULES, Unit
from deadlines.selectors.previews import Change, dropped_days
from deadlines.selectors.revisions import replaced_by_closure, replaced_by_notice
from deadlines.services.calendars import check_days, check_notice_days

TEXT_LENGTH = 20_000
_LINE = {"class": "vTextField"}
_USUAL_TITLE = re.compile(re.escape(usual_title(0)).replace("0", r"(\d{4})"))


class RegionField(forms.CharField):
    """Any division code; its zeros at the end go."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            label=_("Region"),
            required=False,
            max_length=12,
            help_text=_(
                "Division code, 15 or 150000; it holds for every body beneath. Empty: the whole"
                " country."
            ),
            **options,
        )

    def clean(self, value: Any) -> str:
        given: str = super().clean(value)
        region = shortened(given)
        if given and region == NATIONAL:
            raise ValidationError(_("This is not a division code."))
        return region


class DayField(forms.DateField):
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class CalendarForm(forms.Form):
    """The first step's fields; the second step carries them along, hidden."""

    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=[
            (Revision.Kind.HOLIDAY_NOTICE.value, _("The State Council’s notice of a year")),
            (Revision.Kind.CLOSURE.value, _("Days off of a region, or on an occasion")),
        ],
        initial=Revision.Kind.HOLIDAY_NOTICE.value,
        widget=AdminRadioSelect(attrs={"class": "radiolist"}),
    )
    year = forms.IntegerField(label=_("Year"), min_value=FIRST_YEAR, max_value=LAST_YEAR)
    region = RegionField()
    title = forms.CharField(label=_("Title"), max_length=200, widget=forms.TextInput(_LINE))
    number = forms.CharField(label=_("Document number"), max_length=100, required=False)
    published_on = DayField(label=_("Date published"), required=False)
    text = forms.CharField(
        label=_("Text"),
        max_length=TEXT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 14, "class": "vLargeTextField"}),
        help_text=_(
            "The whole notice, or its numbered lines. Or one day a line, as"
            " “2027-01-01 off 元旦” and “2027-01-03 make_up 元旦”."
        ),
    )

    announcement: Announcement
    change: Change

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors:
            self._check_heading(cleaned)
        if self.errors:
            return cleaned
        read = read_notice if self.is_notice else read_closure
        self.announcement = read(cleaned["text"], year=cleaned["year"], source=cleaned["title"])
        try:
            self._check_days(cleaned["year"])
        except ValidationError as error:
            self.add_error("text", error)
            return cleaned
        self.change = self._change(cleaned["year"], cleaned["region"])
        return cleaned

    @property
    def is_notice(self) -> bool:
        return str(self.cleaned_data["kind"]) == Revision.Kind.HOLIDAY_NOTICE

    def findings(self) -> list[Finding]:
        """What to look at twice; of a notice also the days it says nothing of any more."""
        dropped = dropped_days(self.change.gone, self.change.days) if self.is_notice else []
        return [
            *self.announcement.findings,
            *(Finding(Doubt.DROPPED, {"day": row.day, "name": row.name}) for row in dropped),
        ]

    def _check_heading(self, cleaned: dict[str, Any]) -> None:
        if not self.is_notice:
            return
        if cleaned["region"] != NATIONAL:
            self.add_error("region", _("The State Council’s notice holds for the whole country."))
        usual = _USUAL_TITLE.fullmatch(cleaned["title"])
        if usual and int(usual[1]) != cleaned["year"]:
            self.add_error("title", _("The title names another year."))

    def _check_days(self, year: int) -> None:
        """Raises ValidationError; where nothing was read, with the lines that say why."""
        if not self.announcement.days:
            raise ValidationError([doubts.in_words(f) for f in self.announcement.findings])
        if self.is_notice:
            check_notice_days(self.announcement.days, year=year)
        else:
            check_days(self.announcement.days)

    def _change(self, year: int, region: str) -> Change:
        days = self.announcement.days
        named = [special.day for special in days]
        if self.is_notice:
            gone = tuple(replaced_by_notice(year, named))
            return Change(NATIONAL, gone, days, settles=year)
        return Change(region, tuple(replaced_by_closure(region, named)), days)


def calendar_initial(year: int) -> dict[str, object]:
    return {"year": year, "title": usual_title(year)}


class LocalTermForm(forms.Form):
    rule = forms.ChoiceField(
        label=_("Rule"),
        choices=lambda: [
            (name, wording.rule_name(name)) for name, rule in RULES.items() if rule.local
        ],
    )
    region = RegionField()
    effective_from = DayField(label=_("In force from"))
    length = forms.IntegerField(
        label=_("Length"),
        required=False,
        min_value=1,
        max_value=365,
        help_text=_("In the unit of the rule: calendar days, or hours after an event."),
    )
    month = forms.IntegerField(
        label=_("Month"),
        required=False,
        min_value=1,
        max_value=12,
        help_text=_("Of a rule with a date of the year, as the annual reports: month and day."),
    )
    day = forms.IntegerField(label=_("Day"), required=False, min_value=1, max_value=31)
    basis = forms.CharField(
        label=_("Local text that sets it"), max_length=200, widget=forms.TextInput(_LINE)
    )

    def setting(self) -> dict[str, Any]:
        """As services.local_terms takes it."""
        data = self.cleaned_data
        dated = RULES[data["rule"]].newest.unit == Unit.DATE
        given = (data["month"], data["day"])
        facts = {name: data[name] for name in ("rule", "region", "effective_from", "basis")}
        return facts | {
            "length": data["length"] or 0,
            "month_day": given if dated and all(given) else None,
        }
