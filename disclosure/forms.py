"""The shape of a question to the catalogue or the search, as it stands in an address."""

from collections.abc import Sequence
from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies.models import Agency
from disclosure.models import (
    DocumentColumn,
    DocumentGenre,
    DocumentValidity,
    Topic,
)
from disclosure.rules.vocabulary import STATUTORY_ITEMS
from disclosure.selectors import LATEST_YEAR, Filters
from search.selectors import Order

LONGEST_QUESTION = 200


class CodeField(forms.CharField):
    """The code of a body or a topic; cleans to the row itself."""

    def __init__(self, rows: type[Agency] | type[Topic], **options: object) -> None:
        self.rows = rows
        super().__init__(max_length=32, required=False, **options)  # type: ignore[arg-type]  # passed on as it came

    def clean(self, value: object) -> Agency | Topic | None:
        code = super().clean(value)
        if not code:
            return None
        found = self.rows._default_manager.select_related("parent").filter(code=code).first()  # noqa: SLF001  the documented name
        if found is None:
            raise ValidationError(_("There is none with this code."))
        return found


class DayField(forms.DateField):
    """A day that has a day before and after it in every time zone."""

    default_validators = [
        MinValueValidator(date(1, 1, 2)),
        MaxValueValidator(date(LATEST_YEAR, 12, 31)),
    ]


class NarrowingForm(forms.Form):
    """Every field is optional, and one that is wrong spoils only itself."""

    agency = CodeField(Agency, label=gettext_lazy("body"))
    topic = CodeField(Topic, label=gettext_lazy("topic"))
    column = forms.ChoiceField(
        label=gettext_lazy("column"), choices=DocumentColumn.choices, required=False
    )
    item = forms.TypedChoiceField(
        label=gettext_lazy("item of Article 20"),
        choices=[(n, n) for n in STATUTORY_ITEMS],
        coerce=int,
        empty_value=None,
        required=False,
    )
    genre = forms.ChoiceField(
        label=gettext_lazy("genre"), choices=DocumentGenre.choices, required=False
    )
    validity = forms.ChoiceField(
        label=gettext_lazy("validity"), choices=DocumentValidity.choices, required=False
    )
    year = forms.IntegerField(
        label=gettext_lazy("year"), min_value=1, max_value=LATEST_YEAR, required=False
    )
    since = DayField(label=gettext_lazy("published from"), required=False)
    until = DayField(label=gettext_lazy("published until"), required=False)

    def filters(self) -> Filters:
        """What was understood; the rest is in `ignored()`."""
        self.is_valid()
        known = ("agency", "topic", "column", "item", "genre", "validity", "year")
        given = {name: self.cleaned_data.get(name) for name in (*known, "since", "until")}
        return Filters(**{name: value for name, value in given.items() if value})

    def ignored(self) -> Sequence[str]:
        """A sentence for each field whose value was not understood."""
        self.is_valid()
        return [
            _("%(field)s: “%(value)s” was not understood and is left out")
            % {"field": self.fields[name].label, "value": str(self.data.get(name, ""))[:50]}
            for name in self.errors
        ]


class SearchForm(NarrowingForm):
    q = forms.CharField(label=gettext_lazy("words"), required=False)
    number = forms.CharField(label=gettext_lazy("document number"), max_length=100, required=False)
    title = forms.BooleanField(label=gettext_lazy("only in the title"), required=False)
    sort = forms.ChoiceField(
        label=gettext_lazy("sort order"),
        choices=[(o.value, o.value) for o in Order],
        required=False,
    )
    page = forms.IntegerField(label=gettext_lazy("page"), min_value=1, required=False)

    def text(self) -> str:
        """As typed in the search box: a document number has its own mark there."""
        words = self.cleaned_data.get("q", "")[:LONGEST_QUESTION]
        number = self.cleaned_data.get("number", "").replace('"', " ").strip()
        return f'{words} number:"{number}"'.strip() if number else words

    def order(self) -> Order:
        """By date where there are no words to be relevant to."""
        if self.cleaned_data.get("sort"):
            return Order(self.cleaned_data["sort"])
        return Order.RELEVANCE if self.text() else Order.DATE
