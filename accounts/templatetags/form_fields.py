from typing import Any

from django import template
from django.forms import BoundField
from django.utils.safestring import SafeString

register = template.Library()


@register.filter
def control(field: BoundField) -> SafeString:
    """The field's input in the house's style, without a placeholder: those vanish on typing."""
    attrs: dict[str, Any] = {"placeholder": False}
    if "class" not in field.field.widget.attrs and field.widget_type not in {
        "checkbox",
        "radioselect",
        "checkboxselectmultiple",
    }:
        attrs["class"] = "input"
    return field.as_widget(attrs=attrs)
