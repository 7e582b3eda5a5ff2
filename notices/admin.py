"""The outbox, for those who run the site: what could not be delivered, and what is in doubt."""

from __future__ import annotations  # the stubs are generic, the classes are not

from typing import TYPE_CHECKING

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from notices.models import Notice
from notices.services import claims

if TYPE_CHECKING:  # the stubs are generic, the classes are not
    NoticeModelAdmin = admin.ModelAdmin[Notice]
else:
    NoticeModelAdmin = admin.ModelAdmin

COLUMNS = (
    "created_at",
    "message",
    "channel",
    "recipient",
    "sent_to",
    "state",
    "attempts",
    "next_attempt_at",
    "last_error",
)


@admin.register(Notice)
class NoticeAdmin(NoticeModelAdmin):
    """What a notice says stays between the portal and its recipient: no context here."""

    list_display = COLUMNS
    list_filter = ("state", "channel")
    search_fields = ("=recipient", "=key")
    ordering = ("-created_at", "-id")
    list_per_page = 100
    show_full_result_count = False
    fields = (*COLUMNS, "sent_at", "read_at", "language", "key")
    readonly_fields = ("sent_to",)
    actions = ("send_again",)

    @admin.display(description=_("sent to"))
    def sent_to(self, notice: Notice) -> str:
        return notice.masked_address

    @admin.action(description=_("Send again what was not delivered or is in doubt"))
    def send_again(self, request: HttpRequest, queryset: QuerySet[Notice]) -> None:
        actor = f"user:{request.user.pk}"
        count = claims.send_again(queryset, actor=actor, at=timezone.now())
        text = ngettext(
            "%(count)d notice will be sent again.", "%(count)d notices will be sent again.", count
        )
        level = messages.SUCCESS if count else messages.WARNING
        self.message_user(request, text % {"count": count}, level)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return request.user.is_superuser

    def has_view_permission(self, request: HttpRequest, obj: Notice | None = None) -> bool:
        return request.user.is_superuser

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Notice | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Notice | None = None) -> bool:
        return False
