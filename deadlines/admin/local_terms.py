"""Terms of local rules at the desk: set for what comes from a day on, or withdrawn."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from deadlines import wording
from deadlines.admin import words
from deadlines.admin.calendar_forms import LocalTermForm
from deadlines.admin.operators import OperatorsAdmin, ReasonForm, actor
from deadlines.models import LocalTerm
from deadlines.services.local_terms import set_local_term, withdraw_local_term

LIST = "admin:deadlines_localterm_changelist"


@admin.register(LocalTerm)
class LocalTermAdmin(OperatorsAdmin):
    """Those that hold; what held before is in the revisions."""

    list_display = ("named", "where", "effective_from", "term", "basis")
    list_filter = ("rule",)
    search_fields = ("basis", "region")
    fields = ("named", "where", "effective_from", "term", "basis", "since")
    readonly_fields = fields
    change_form_template = "admin/deadlines/local_term.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[LocalTerm]:
        return LocalTerm.objects.standing().select_related("since")

    @admin.display(description=gettext_lazy("rule"), ordering="rule")
    def named(self, row: LocalTerm) -> str:
        return wording.rule_name(row.rule)

    @admin.display(description=gettext_lazy("region"), ordering="region")
    def where(self, row: LocalTerm) -> str:
        return words.where(row.region)

    @admin.display(description=gettext_lazy("term"))
    def term(self, row: LocalTerm) -> str:
        return words.term(row)

    def get_urls(self) -> list[URLPattern]:
        withdraw = self.admin_site.admin_view(self.withdraw_view)
        own = path("<int:pk>/withdraw/", withdraw, name="deadlines_localterm_withdraw")
        return [own, *super().get_urls()]

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        self.refuse_others(request)
        form = LocalTermForm(request.POST or None)
        page = self.page(
            request,
            "form.html",
            title=_("Set the term of a local rule"),
            form=form,
            next_step=_("Save"),
            step="save",
        )
        if request.method != "POST" or not form.is_valid():
            return page
        try:
            set_local_term(at=timezone.now(), actor=actor(request), **form.setting())
        except ValidationError as error:
            form.add_error(None, error)
            return page
        messages.success(request, _("The term is set. Open duties are being counted anew."))
        return redirect(LIST)

    def withdraw_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        self.refuse_others(request)
        term = get_object_or_404(self.get_queryset(request), pk=pk)
        form = ReasonForm(request.POST or None)
        page = self.page(
            request,
            "withdraw.html",
            title=_("Withdraw"),
            original=term,
            form=form,
            consequence=_("The term that held before holds on."),
        )
        if request.method != "POST" or not form.is_valid():
            return page
        try:
            withdraw_local_term(
                term, reason=form.cleaned_data["reason"], at=timezone.now(), actor=actor(request)
            )
        except ValidationError as error:
            form.add_error(None, error.messages)
            return page
        messages.success(request, _("Withdrawn. Open duties are being counted anew."))
        return redirect(LIST)
