"""The desk: bodies, their guides and reading places, and who serves where.

Whoever serves anywhere reads; a supervisor writes in the subtree; each write is a service.
"""

from __future__ import annotations  # the stubs are generic, the classes are not

from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib import admin
from django.db.models import QuerySet
from django.forms import BaseModelFormSet, ModelChoiceField, ModelForm
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies import policies, selectors
from agencies.forms import IDENTITY, PARTICULARS, AgencyForm, AppointmentForm
from agencies.models import Agency, Membership, ReadingPlace
from agencies.rules.bodies import Role
from agencies.services import bodies, memberships, reading_places

if TYPE_CHECKING:  # the stubs are generic, the classes are not
    AgencyModelAdmin = admin.ModelAdmin[Agency]
    MembershipModelAdmin = admin.ModelAdmin[Membership]
    PlaceInline = admin.TabularInline[ReadingPlace, Agency]
else:
    AgencyModelAdmin = MembershipModelAdmin = admin.ModelAdmin
    PlaceInline = admin.TabularInline

PLACE = ("kind", "name", "address", "hours", "phone")


def _supervised(request: HttpRequest) -> QuerySet[Agency]:
    return selectors.bodies_of(request.user, Role.SUPERVISOR)


def _supervises(request: HttpRequest, agency: Agency | None) -> bool:
    """Over that body; without one, over any."""
    if agency is None:
        return _supervised(request).exists()
    return policies.holds(request.user, agency, Role.SUPERVISOR).allowed


def _actor(request: HttpRequest) -> str:
    return f"user:{request.user.pk}"


class ReadingPlaces(PlaceInline):
    model = ReadingPlace
    fields = PLACE
    extra = 0

    def has_view_permission(self, request: HttpRequest, obj: Agency | None = None) -> bool:
        return True

    def has_add_permission(self, request: HttpRequest, obj: Agency | None = None) -> bool:
        return _supervises(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Agency | None = None) -> bool:
        return _supervises(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Agency | None = None) -> bool:
        return _supervises(request, obj)


@admin.register(Agency)
class AgencyAdmin(AgencyModelAdmin):
    form = AgencyForm
    inlines: ClassVar = [ReadingPlaces]
    list_display = ("name", "code", "level", "kind", "parent", "phone")
    list_filter = ("level", "kind")
    list_select_related = ("parent",)
    search_fields = ("code", "name", "short_name", "uscc", "division_code")
    ordering = ("path",)
    autocomplete_fields = ("parent",)
    list_per_page = 50
    fieldsets = (
        (None, {"fields": ("code", "name", "short_name", "level", "kind", "parent")}),
        (_("Identity"), {"fields": ("division_code", "uscc", "functions", "head")}),
        (
            _("Contact"),
            {"fields": ("address", "postcode", "office_hours", "phone", "fax", "email", "website")},
        ),
        (
            _("Disclosure guide"),
            {
                "fields": (
                    "work_body",
                    "guide_classification",
                    "guide_arrangement",
                    "guide_access",
                    "guide_updated_on",
                ),
                "description": _("Regulation Art 12"),
            },
        ),
    )

    def has_module_permission(self, request: HttpRequest) -> bool:
        return True

    def has_view_permission(self, request: HttpRequest, obj: Agency | None = None) -> bool:
        return True

    def has_add_permission(self, request: HttpRequest) -> bool:
        return _supervises(request, None)

    def has_change_permission(self, request: HttpRequest, obj: Agency | None = None) -> bool:
        return _supervises(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Agency | None = None) -> bool:
        return False  # what a body disclosed stays its own

    def get_readonly_fields(
        self, request: HttpRequest, obj: Agency | None = None
    ) -> tuple[str, ...]:
        """Where a body hangs is for whoever is over its parent."""
        if obj is None or request.user.is_superuser:
            return ()
        return () if obj.parent and _supervises(request, obj.parent) else ("parent",)

    def formfield_for_foreignkey(
        self, db_field: Any, request: HttpRequest, **options: Any
    ) -> ModelChoiceField[Any] | None:
        options["queryset"] = _supervised(request)
        field = super().formfield_for_foreignkey(db_field, request, **options)
        if field and not request.user.is_superuser:
            field.required = True  # only the operator plants a new root
        return field

    def save_model(
        self,
        request: HttpRequest,
        obj: Agency,
        form: ModelForm[Agency],
        change: bool,
    ) -> None:
        at, actor = timezone.now(), _actor(request)
        data = form.cleaned_data
        if not change:
            facts: Any = {name: data[name] for name in (*IDENTITY, *PARTICULARS)}
            made = bodies.register(at=at, actor=actor, **facts)
            obj.pk, obj.path = made.pk, made.path
            return
        if "parent" in form.changed_data:
            bodies.move(obj, parent=data["parent"], at=at, actor=actor)
        changes: Any = {name: data[name] for name in form.changed_data if name != "parent"}
        bodies.revise(obj, at=at, actor=actor, **changes)

    def save_formset(
        self,
        request: HttpRequest,
        form: ModelForm[Agency],
        formset: BaseModelFormSet[Any, Any],
        change: bool,
    ) -> None:
        at, actor = timezone.now(), _actor(request)
        formset.save(commit=False)
        for place in formset.deleted_objects:
            reading_places.give_up(place, at=at, actor=actor)
        for line in formset.forms:
            if line.has_changed() and line not in formset.deleted_forms:
                known = line.instance if line.instance.pk else None
                particulars: Any = {name: line.cleaned_data[name] for name in PLACE}
                reading_places.keep(known, agency=form.instance, at=at, actor=actor, **particulars)


@admin.register(Membership)
class MembershipAdmin(MembershipModelAdmin):
    """A role is given and taken away, never rewritten."""

    form = AppointmentForm
    list_display = ("user", "agency", "role")
    list_filter = ("role",)
    list_select_related = ("user", "agency")
    search_fields = ("user__display_name", "user__email", "agency__name", "agency__code")
    autocomplete_fields = ("agency",)
    fields = ("email", "agency", "role")
    actions = None

    def get_queryset(self, request: HttpRequest) -> QuerySet[Membership]:
        within = selectors.bodies_of(request.user)
        return super().get_queryset(request).filter(agency__in=within).order_by("agency__path")

    def has_module_permission(self, request: HttpRequest) -> bool:
        return True

    def has_view_permission(self, request: HttpRequest, obj: Membership | None = None) -> bool:
        return True

    def has_add_permission(self, request: HttpRequest) -> bool:
        return _supervises(request, None)

    def has_change_permission(self, request: HttpRequest, obj: Membership | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Membership | None = None) -> bool:
        return _supervises(request, obj.agency if obj else None)

    def get_fields(self, request: HttpRequest, obj: Membership | None = None) -> Any:
        return ("user", "agency", "role") if obj else self.fields

    def get_form(self, request: HttpRequest, *args: Any, **options: Any) -> Any:
        """Made for this request alone, so it may know who asks."""
        form: Any = super().get_form(request, *args, **options)
        form.appointed_by = request.user
        return form

    def formfield_for_foreignkey(
        self, db_field: Any, request: HttpRequest, **options: Any
    ) -> ModelChoiceField[Any] | None:
        options["queryset"] = _supervised(request)
        return super().formfield_for_foreignkey(db_field, request, **options)

    def save_model(
        self,
        request: HttpRequest,
        obj: Membership,
        form: ModelForm[Membership],
        change: bool,
    ) -> None:
        made = memberships.appoint(
            obj.user,
            agency=obj.agency,
            role=Role(obj.role),
            at=timezone.now(),
            actor=_actor(request),
        )
        obj.pk = made.pk

    def delete_model(self, request: HttpRequest, obj: Membership) -> None:
        memberships.dismiss(obj, at=timezone.now(), actor=_actor(request))
