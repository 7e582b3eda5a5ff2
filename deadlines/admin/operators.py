"""What those who run the site alone may touch, and the pages of theirs that are no model's form."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.contrib.admin.helpers import AdminForm
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:  # the stubs are generic, the class is not
    AnyModelAdmin = admin.ModelAdmin[Any]
else:
    AnyModelAdmin = admin.ModelAdmin


class OperatorsAdmin(AnyModelAdmin):
    """Entered by a form of its own, never rewritten; what was wrong is withdrawn."""

    actions = None

    def has_module_permission(self, request: HttpRequest) -> bool:
        return request.user.is_superuser

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.is_superuser

    def has_add_permission(self, request: HttpRequest) -> bool:
        return request.user.is_superuser

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def refuse_others(self, request: HttpRequest) -> None:
        """Raises PermissionDenied."""
        if not self.has_add_permission(request):
            raise PermissionDenied

    def page(
        self, request: HttpRequest, template: str, *, title: str, **context: Any
    ) -> TemplateResponse:
        form = context.get("form")
        known = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": title,
            "adminform": form and AdminForm(form, [(None, {"fields": list(form.fields)})], {}),
        }
        return TemplateResponse(request, f"admin/deadlines/{template}", known | context)


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=200,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text=_("It stays beside the withdrawal, and in the audit trail."),
    )


def actor(request: HttpRequest) -> str:
    return f"user:{request.user.pk}"
