"""The calendar at the desk: revisions, and entering one in two steps.

Nothing is kept between the steps but what the second page carries itself.
"""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from deadlines import doubts
from deadlines.admin import words
from deadlines.admin.calendar_forms import CalendarForm, calendar_initial
from deadlines.admin.operators import OperatorsAdmin, ReasonForm, actor
from deadlines.models import Revision
from deadlines.rules.notice_season import missing_notice
from deadlines.selectors.calendars import published_years
from deadlines.selectors.previews import Change, moves_under
from deadlines.selectors.revisions import (
    days_ended_by,
    days_of,
    is_withdrawable,
    replaced_by_notice,
    standing_days,
    terms_of,
)
from deadlines.services import calendars


@admin.register(Revision)
class RevisionAdmin(OperatorsAdmin):
    list_display = ("title", "kind", "year", "where", "number", "published_on", "entered_at")
    search_fields = ("title", "number", "region", "=year")
    list_per_page = 50
    fields = (
        "kind",
        "year",
        "where",
        "title",
        "number",
        "published_on",
        "entered_at",
        "entered_by",
    )
    readonly_fields = fields
    change_form_template = "admin/deadlines/revision.html"

    @admin.display(description=gettext_lazy("region"), ordering="region")
    def where(self, revision: Revision) -> str:
        return words.where(revision.region)

    def get_urls(self) -> list[URLPattern]:
        withdraw = self.admin_site.admin_view(self.withdraw_view)
        own = path("<int:pk>/withdraw/", withdraw, name="deadlines_revision_withdraw")
        return [own, *super().get_urls()]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        missing = missing_notice(timezone.localdate(), published_years())
        if missing and self.has_view_permission(request):
            said = _(
                "The holiday notice of %(year)s has not been entered. Until it is, dates in that"
                " year are provisional."
            )
            messages.warning(request, said % {"year": missing})
        return super().changelist_view(request, extra_context)

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        self.refuse_others(request)
        given = request.POST
        if request.method != "POST" or "back" in given:
            return self._entry(request, CalendarForm(initial=given.dict() or _initial()))
        form = CalendarForm(given)
        if not form.is_valid():
            return self._entry(request, form)
        findings = [doubts.in_words(finding) for finding in form.findings()]
        acknowledged = "acknowledged" in given or not findings
        if "save" not in given or not acknowledged:
            return self._preview(request, form, findings, refused="save" in given)
        return self._save(request, form)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        revision = self.get_object(request, object_id)
        if isinstance(revision, Revision) and self.has_view_permission(request):
            extra_context = {
                "days": words.day_rows(days_of(revision)),
                "ended": words.day_rows(days_ended_by(revision)),
                "terms": [words.term_line(row) for row in terms_of(revision)],
                "withdrawable": is_withdrawable(revision),
                **(extra_context or {}),
            }
        return super().change_view(request, object_id, form_url, extra_context)

    def withdraw_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        self.refuse_others(request)
        revision = get_object_or_404(Revision, pk=pk)
        form = ReasonForm(request.POST or None)
        page = self.page(
            request,
            "withdraw.html",
            title=_("Withdraw"),
            original=revision,
            form=form,
            consequence=_consequence(revision),
            moves=moves_under(_withdrawn(revision)),
        )
        if not is_withdrawable(revision):
            messages.error(request, _("Nothing of it holds any more."))
            return redirect("admin:deadlines_revision_change", revision.pk)
        if request.method != "POST" or not form.is_valid():
            return page
        try:
            made = _withdraw(revision, form.cleaned_data["reason"], actor=actor(request))
        except ValidationError as error:
            form.add_error(None, error.messages)
            return page
        messages.success(request, _("Withdrawn. Open duties are being counted anew."))
        return redirect("admin:deadlines_revision_change", made.pk)

    def _entry(self, request: HttpRequest, form: CalendarForm) -> HttpResponse:
        return self.page(
            request,
            "form.html",
            title=_("Enter days of the calendar"),
            form=form,
            next_step=_("Read the text"),
            step="preview",
        )

    def _preview(
        self, request: HttpRequest, form: CalendarForm, findings: list[str], *, refused: bool
    ) -> HttpResponse:
        return self.page(
            request,
            "preview.html",
            title=_("What was read"),
            form=form,
            rows=words.day_rows(form.announcement.days),
            summary=words.summary(form.announcement.days),
            findings=findings,
            moves=moves_under(form.change),
            refused=refused,
        )

    def _save(self, request: HttpRequest, form: CalendarForm) -> HttpResponse:
        try:
            made = _enter(form, actor=actor(request))
        except ValidationError as error:
            form.add_error(None, error.messages)
            return self._entry(request, form)
        count = len(form.announcement.days)
        said = ngettext(
            "%(count)s day entered. Open duties are being counted anew.",
            "%(count)s days entered. Open duties are being counted anew.",
            count,
        )
        messages.success(request, said % {"count": count})
        return redirect(reverse("admin:deadlines_revision_change", args=[made.pk]))


def _initial() -> dict[str, object]:
    """The first year from this one on that has no notice."""
    published = published_years()
    year = timezone.localdate().year
    while year in published:
        year += 1
    return calendar_initial(year)


def _enter(form: CalendarForm, *, actor: str) -> Revision:
    data = form.cleaned_data
    heading: Any = {name: data[name] for name in ("title", "number", "published_on")}
    days, at = form.announcement.days, timezone.now()
    if form.is_notice:
        return calendars.enter_notice(year=data["year"], days=days, at=at, actor=actor, **heading)
    return calendars.enter_closure(region=data["region"], days=days, at=at, actor=actor, **heading)


def _withdraw(revision: Revision, reason: str, *, actor: str) -> Revision:
    at = timezone.now()
    if revision.kind == Revision.Kind.CLOSURE:
        return calendars.withdraw_closure(revision, reason=reason, at=at, actor=actor)
    return calendars.withdraw_year(year=revision.year or 0, reason=reason, at=at, actor=actor)


def _consequence(revision: Revision) -> str:
    if revision.kind == Revision.Kind.CLOSURE:
        return _("Its days are then what the day of the week and the year’s notice make of them.")
    return _(
        "The year is provisional then: counted by the statutory days alone, until a notice of it"
        " is entered."
    )


def _withdrawn(revision: Revision) -> Change:
    if revision.kind == Revision.Kind.CLOSURE:
        return Change(revision.region, tuple(standing_days(revision)))
    year = revision.year or 0
    return Change(gone=tuple(replaced_by_notice(year)), unsettles=year)
