"""People with an account, for those who run the site."""

from __future__ import annotations  # the stubs are generic, the classes are not

from typing import TYPE_CHECKING

from django.contrib import admin
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils import timezone

from accounts import services
from accounts.models import User

if TYPE_CHECKING:  # the stubs are generic, the classes are not
    UserModelAdmin = admin.ModelAdmin[User]
else:
    UserModelAdmin = admin.ModelAdmin


@admin.register(User)
class UserAdmin(UserModelAdmin):
    list_display = ("email", "display_name", "is_staff", "is_active", "last_login")
    list_filter = ("is_staff", "is_active")
    search_fields = ("email", "display_name")
    ordering = ("email",)
    fields = ("email", "display_name", "phone", "is_active", "is_staff", "joined_at", "last_login")
    readonly_fields = ("email", "display_name", "phone", "joined_at", "last_login")

    def has_module_permission(self, request: HttpRequest) -> bool:
        return request.user.is_superuser

    def has_view_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return request.user.is_superuser

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return request.user.is_superuser

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return False

    def save_model(
        self,
        request: HttpRequest,
        obj: User,
        form: ModelForm[User],
        change: bool,
    ) -> None:
        services.set_access(
            obj,
            is_active=form.cleaned_data["is_active"],
            is_staff=form.cleaned_data["is_staff"],
            at=timezone.now(),
            actor=f"user:{request.user.pk}",
        )
