"""The desk: what the official's bodies owe, by when, and why that day. Nothing here writes."""

from __future__ import annotations  # the stubs are generic, the classes are not

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from deadlines import wording
from deadlines.admin.feed_keys import feed_keys
from deadlines.bodies import bodies_of
from deadlines.dates_in_words import list_date
from deadlines.models import Duty
from deadlines.rules.dates import day_of
from deadlines.selectors.calendars import version, work_calendar
from deadlines.selectors.desk import busiest, happened, pressing, soon_until, warm_weeks
from deadlines.selectors.duties import reading_of

if TYPE_CHECKING:  # the stubs are generic, the classes are not
    DutyModelAdmin = admin.ModelAdmin[Duty]
else:
    DutyModelAdmin = admin.ModelAdmin


class WhenFilter(admin.SimpleListFilter):
    """Open ones unless something else is asked for: the rest is history."""

    title = _("when")
    parameter_name = "when"

    def lookups(self, request: HttpRequest, model_admin: object) -> list[tuple[str, Any]]:
        return [
            ("overdue", _("overdue")),
            ("today", _("due today")),
            ("soon", _("due within 5 working days")),
            ("waiting", _("waiting for somebody else")),
            ("closed", _("met or no longer owed")),
            ("all", _("all, open or closed")),
        ]

    def choices(self, changelist: Any) -> Any:
        first, *others = super().choices(changelist)
        return [{**first, "display": _("open")}, *others]

    def queryset(self, request: HttpRequest, queryset: Any) -> QuerySet[Duty]:
        at = timezone.now()
        chosen: dict[str | None, Any] = {
            None: queryset.open,
            "overdue": lambda: queryset.overdue(at),
            "today": lambda: queryset.in_time(at).filter(due_on=day_of(at)),
            "soon": lambda: queryset.in_time(at).filter(due_on__lte=soon_until(at)),
            "waiting": lambda: queryset.open().filter(due_on=None),
            "closed": lambda: queryset.exclude(closed_at=None),
        }
        found: QuerySet[Duty] = chosen.get(self.value(), lambda: queryset)()
        return found


class RuleFilter(admin.SimpleListFilter):
    title = _("rule")
    parameter_name = "rule"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        owed = model_admin.get_queryset(request).order_by().values_list("rule", flat=True)
        return [(rule, wording.rule_name(rule)) for rule in sorted(set(owed.distinct()))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Duty]) -> QuerySet[Duty]:
        return queryset.filter(rule=self.value()) if self.value() else queryset


class BodyFilter(admin.SimpleListFilter):
    """Of those in which the person serves, the ones that owe most; others by the search."""

    title = _("body")
    parameter_name = "body"

    def lookups(self, request: HttpRequest, model_admin: object) -> list[tuple[str, Any]]:
        owing = busiest(bodies_of(request.user), keep=self.value())
        return [(str(pk), f"{name} ({count})") for pk, name, count in owing]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Duty]) -> QuerySet[Duty]:
        chosen = self.value() or ""
        return queryset.filter(body=int(chosen)) if chosen.isdigit() else queryset


@admin.register(Duty)
class DutyAdmin(DutyModelAdmin):
    list_display = ("title", "due", "left", "rule_name", "body", "state")
    list_filter = (WhenFilter, BodyFilter, RuleFilter)
    list_select_related = ("body",)
    search_fields = ("title", "body__name", "=body__code")
    ordering = ("due_at", "id")
    list_per_page = 50
    show_full_result_count = False
    actions = None
    change_list_template = "admin/deadlines/duty/change_list.html"
    change_form_template = "admin/deadlines/duty/change_form.html"
    fields = ()

    @admin.display(description=_("rule"), ordering="rule")
    def rule_name(self, duty: Duty) -> str:
        return wording.rule_name(duty.rule)

    @admin.display(description=_("due"), ordering="due_at")
    def due(self, duty: Duty) -> str | SafeString:
        if duty.due_on is None:
            return _("waits: %(what)s") % {"what": duty.get_waiting_for_display()}
        day = list_date(duty.due_on, timezone.localdate())
        if not duty.provisional:
            return day
        return format_html('{} <span class="tag tag--wait">{}</span>', day, _("provisional"))

    @admin.display(description=_("working days"))
    def left(self, duty: Duty) -> str | SafeString:
        if duty.state != "open" or duty.due_on is None or duty.due_at is None:
            return ""
        now = timezone.now()
        # By the calendar it was read by: known to this process, where the newest must be asked for.
        calendar = work_calendar(duty.region, at_version=duty.version)
        count = calendar.working_days_between(day_of(now), duty.due_on)
        if duty.due_at > now:
            said = ngettext("%(count)s left", "%(count)s left", count) % {"count": count}
            return said if count else str(_("today"))
        said = ngettext("%(count)s late", "%(count)s late", -count) % {"count": -count}
        return format_html('<span class="tag tag--bad">{}</span>', said)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Duty]:
        return super().get_queryset(request).filter(body__in=bodies_of(request.user))

    def has_module_permission(self, request: HttpRequest) -> bool:
        return True

    def has_view_permission(self, request: HttpRequest, obj: Duty | None = None) -> bool:
        return obj is None or bodies_of(request.user).filter(pk=obj.body_id).exists()

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False  # what is owed comes of what is recorded, not of this desk

    def has_change_permission(self, request: HttpRequest, obj: Duty | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Duty | None = None) -> bool:
        return False

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(feed_keys)
        return [path("feeds/", view, name="deadlines_feed_keys"), *super().get_urls()]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        at, bodies = timezone.now(), bodies_of(request.user)
        context = {
            "weeks": warm_weeks(bodies, at=at),
            "pressing": pressing(bodies, at=at),
        }
        return super().changelist_view(request, {**context, **(extra_context or {})})

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        duty = self.get_object(request, object_id)
        context: dict[str, Any] = {"today": timezone.localdate()}
        if duty and self.has_view_permission(request, duty):
            asked = version()
            context |= {
                "duty": duty,
                "reading": reading_of(duty, at_version=asked),
                "happened": happened(duty),
                "calendar": work_calendar(duty.region, at_version=asked),
                "title": duty.title,
            }
        return super().change_view(
            request, object_id, form_url, {**context, **(extra_context or {})}
        )
