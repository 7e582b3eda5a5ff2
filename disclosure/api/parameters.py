"""What the list of records can be asked, and what an answer to it is narrowed by."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework import serializers
from rest_framework.exceptions import ValidationError

from agencies.api.views import by_code
from agencies.models import Agency
from disclosure.models import (
    Document,
    DocumentColumn,
    DocumentGenre,
    DocumentValidity,
    Topic,
)
from disclosure.querysets import DocumentQuerySet
from disclosure.rules.vocabulary import STATUTORY_ITEMS
from disclosure.selectors import LATEST_YEAR, Filters
from rest.parameters import CodeField, PageParameters, several
from search.selectors import FACETS, Order

_year = serializers.IntegerField(min_value=1, max_value=9998)
_item = serializers.IntegerField(min_value=min(STATUTORY_ITEMS), max_value=max(STATUTORY_ITEMS))
# Each has a day before and after it in every time zone.
_DAYS = [MinValueValidator(date(1, 1, 2)), MaxValueValidator(date(LATEST_YEAR, 12, 31))]


class RecordParameters(PageParameters):
    q = serializers.CharField(
        required=False,
        help_text=gettext_lazy(
            "What to look for: words, a “quoted phrase”, a document number or an index number."
        ),
    )
    agency = several(CodeField(), gettext_lazy("Code of a body; takes in all beneath it."))
    topic = several(CodeField(), gettext_lazy("Code of a topic; takes in its children."))
    genre = several(serializers.ChoiceField(DocumentGenre.choices), gettext_lazy("Genre."))
    year = several(_year, gettext_lazy("Year of issue, or of publication where undated."))
    validity = several(serializers.ChoiceField(DocumentValidity.choices), gettext_lazy("Validity."))
    column = several(
        serializers.ChoiceField(DocumentColumn.choices), gettext_lazy("Column of the platform.")
    )
    item = several(_item, gettext_lazy("Item of Article 20 of the Regulation, 1 to 15."))
    since = serializers.DateField(
        required=False, validators=_DAYS, help_text=gettext_lazy("Published on this day or later.")
    )
    until = serializers.DateField(
        required=False,
        validators=_DAYS,
        help_text=gettext_lazy("Published on this day or earlier."),
    )
    order = serializers.ChoiceField(
        [order.value for order in Order],
        required=False,
        help_text=gettext_lazy("How results are ordered: by relevance where q is given."),
    )
    cursor = serializers.CharField(
        required=False,
        help_text=gettext_lazy("Where to go on in a list without q; taken from next or previous."),
    )
    facets = serializers.BooleanField(
        default=False, help_text=gettext_lazy("Count the results by each filter's values.")
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        attrs = super().validate(attrs)
        if attrs.get("since") and attrs.get("until") and attrs["since"] > attrs["until"]:
            raise ValidationError({"until": _("This day is before the first one.")})
        if "cursor" in attrs and ("q" in attrs or "page" in attrs):
            raise ValidationError({"cursor": _("A search is read page by page, with page.")})
        return attrs


@dataclass(frozen=True, slots=True)
class Question:
    """The parameters with codes looked up: what both the database and the index are asked."""

    asked: dict[str, Any]
    agencies: Sequence[Agency]
    topics: Sequence[Topic]

    @classmethod
    def read(cls, asked: dict[str, Any]) -> "Question":
        """Raises ValidationError for a code that nothing has."""
        return cls(asked, by_code("agency", asked["agency"]), _topics(asked["topic"]))

    @property
    def text(self) -> str:
        return str(self.asked.get("q", ""))

    @property
    def of_index(self) -> dict[str, list[str]]:
        given = {name: [str(value) for value in self.asked[name]] for name in FACETS}
        return {name: values for name, values in given.items() if values}

    def narrow(self, documents: DocumentQuerySet) -> DocumentQuerySet:
        """Values of one filter are alternatives; all filters hold."""
        everything = Document.objects.all()
        for alternatives in self._filters():
            documents &= reduce(or_, (each.apply(everything) for each in alternatives))
        return Filters(since=self.asked.get("since"), until=self.asked.get("until")).apply(
            documents
        )

    def _filters(self) -> Iterator[list[Filters]]:
        single: dict[str, tuple[Sequence[Any], Callable[[Any], Filters]]] = {
            "agency": (self.agencies, lambda value: Filters(agency=value)),
            "topic": (self.topics, lambda value: Filters(topic=value)),
            "genre": (self.asked["genre"], lambda value: Filters(genre=value)),
            "year": (self.asked["year"], lambda value: Filters(year=value)),
            "validity": (self.asked["validity"], lambda value: Filters(validity=value)),
            "column": (self.asked["column"], lambda value: Filters(column=value)),
            "item": (self.asked["item"], lambda value: Filters(item=value)),
        }
        for values, one in single.values():
            if values:
                yield [one(value) for value in values]


def _topics(codes: list[str]) -> list[Topic]:
    found = list(Topic.objects.filter(code__in=codes)) if codes else []
    if unknown := set(codes) - {topic.code for topic in found}:
        told = _("No topic has the code %(code)s.") % {"code": min(unknown)}
        raise ValidationError({"topic": told})
    return found
