"""Query parameters: one serializer an endpoint says what it takes, and refuses the rest."""

from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.request import Request

DEEPEST = 10_000  # results; nobody reads further, and an index pays for every one skipped


class Parameters(serializers.Serializer[Any]):
    @classmethod
    def of(cls, request: Request) -> dict[str, Any]:
        """The parameters read. Raises ValidationError, which names each that is wrong."""
        read = cls(data=without_blanks(request.query_params))
        read.is_valid(raise_exception=True)
        values: dict[str, Any] = read.validated_data
        return values


class PageParameters(Parameters):
    limit = serializers.IntegerField(
        min_value=1, max_value=100, default=20, help_text=_("How many to a page.")
    )
    page = serializers.IntegerField(min_value=1, required=False, help_text=_("Which page, from 1."))

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if attrs.get("page", 1) * attrs["limit"] > DEEPEST:
            raise serializers.ValidationError(
                {
                    "page": _("Only the first %(count)s results can be paged through.")
                    % {"count": DEEPEST}
                }
            )
        return attrs


class CodeField(serializers.CharField):
    """One line of text that names something."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=64, **kwargs)


def several(child: serializers.Field[Any, Any, Any, Any], help_text: Any) -> Any:
    """A filter that may be given more than once; the values are alternatives."""
    return serializers.ListField(
        child=child, required=False, default=list, max_length=50, help_text=help_text
    )


def without_blanks(given: QueryDict) -> QueryDict:
    """Forms send every field; an empty one asks for nothing."""
    kept = given.copy()
    for name in given:
        values = [value for value in given.getlist(name) if value.strip()]
        if values:
            kept.setlist(name, values)
        else:
            del kept[name]
    return kept
