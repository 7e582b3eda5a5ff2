"""The trail, to be read by those who run the site. Nothing here writes."""

from typing import TYPE_CHECKING

from django.contrib import admin
from django.http import HttpRequest

from audit.models import Entry

if TYPE_CHECKING:  # the stubs are generic, the classes are not
    EntryModelAdmin = admin.ModelAdmin[Entry]
else:
    EntryModelAdmin = admin.ModelAdmin


@admin.register(Entry)
class EntryAdmin(EntryModelAdmin):
    list_display = ("id", "at", "action", "actor", "subject_type", "subject_id")
    list_filter = ("subject_type", "action")
    search_fields = ("=actor", "=subject_id", "=hash")
    ordering = ("-id",)
    list_per_page = 100
    show_full_result_count = False
    fields = (
        "id",
        "at",
        "action",
        "actor",
        "subject_type",
        "subject_id",
        "details",
        "previous_hash",
        "hash",
    )

    def has_module_permission(self, request: HttpRequest) -> bool:
        return request.user.is_superuser

    def has_view_permission(self, request: HttpRequest, obj: Entry | None = None) -> bool:
        return request.user.is_superuser

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Entry | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Entry | None = None) -> bool:
        return False
