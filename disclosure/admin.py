"""The desk: documents of the official's bodies, drafts to finish, and their publication.

What is public is read here, not rewritten; each write is a service.
"""

from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.forms import BaseModelFormSet, ModelChoiceField, ModelForm, TypedChoiceField
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from agencies import selectors
from agencies.models import Agency
from agencies.rules.bodies import Role
from disclosure import policies
from disclosure.extraction.limits import FILE_BYTES
from disclosure.items import STATUTORY_ITEM_NAMES
from disclosure.models import Attachment, Document, Topic
from disclosure.querysets import HEAVY
from disclosure.services import attachments, publishing

if TYPE_CHECKING:  # the stubs are generic, the classes are not
    DocumentModelAdmin = admin.ModelAdmin[Document]
    TopicModelAdmin = admin.ModelAdmin[Topic]
    FilesInline = admin.TabularInline[Attachment, Document]
    FileModelForm = ModelForm[Attachment]
    DocumentForm = ModelForm[Document]
    ChoiceField = ModelChoiceField[Any]
    FormSet = BaseModelFormSet[Any, Any]
else:
    DocumentModelAdmin = TopicModelAdmin = admin.ModelAdmin
    FilesInline = admin.TabularInline
    FileModelForm = DocumentForm = ModelForm
    ChoiceField = ModelChoiceField
    FormSet = BaseModelFormSet

CONTENT = tuple(publishing.Content.__annotations__)
WRITERS = (Role.CLERK, Role.REVIEWER, Role.APPROVER)


def _actor(request: HttpRequest) -> str:
    return f"user:{request.user.pk}"


def _may_edit(request: HttpRequest, document: Document | None) -> bool:
    """That document; without one, any of any body."""
    if document is None:
        return selectors.bodies_of(request.user, *WRITERS).exists()
    return policies.may_edit(request.user, document).allowed


class AttachmentForm(FileModelForm):
    class Meta:
        model = Attachment
        fields = ("file",)

    def clean_file(self) -> Any:
        upload = self.cleaned_data.get("file")
        if upload and not self.instance.pk:
            # One byte more than is allowed is enough to refuse it.
            content = upload.read(FILE_BYTES + 1)
            upload.seek(0)
            attachments.check(attachments.check_name(upload.name or ""), content)
        return upload


class Attachments(FilesInline):
    model = Attachment
    form = AttachmentForm
    fields = ("file", "name", "size", "media_type")
    readonly_fields = ("name", "size", "media_type")
    extra = 0

    def has_view_permission(self, request: HttpRequest, obj: Document | None = None) -> bool:
        return True

    def has_add_permission(self, request: HttpRequest, obj: Document | None = None) -> bool:
        return _may_edit(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Document | None = None) -> bool:
        return False  # another file is another attachment

    def has_delete_permission(self, request: HttpRequest, obj: Document | None = None) -> bool:
        return _may_edit(request, obj)


class PublicationFilter(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "status"

    def lookups(self, request: HttpRequest, model_admin: object) -> list[tuple[str, Any]]:
        return [("draft", _("draft")), ("published", _("in public"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Document]) -> QuerySet[Document]:
        if self.value() is None:
            return queryset
        return queryset.filter(published_at__isnull=self.value() == "draft")


@admin.register(Document)
class DocumentAdmin(DocumentModelAdmin):
    inlines: ClassVar = [Attachments]
    list_display = ("title", "document_number", "agency", "issued_on", "published_at", "publicity")
    list_filter = (
        PublicationFilter,
        "publicity",
        "column",
        "genre",
        "validity",
    )
    list_select_related = ("agency",)
    search_fields = ("title", "document_number", "index_number")
    # Most documents share no word with the search: a count of all would be slow and tell nothing.
    show_full_result_count = False
    list_per_page = 50
    ordering = ("-id",)
    actions = ("publish",)
    autocomplete_fields = ("agency", "topic", "interprets")
    readonly_fields = ("index_number", "published_at")
    fieldsets = (
        (None, {"fields": ("index_number", "agency", "title", "document_number", "body_html")}),
        (
            _("Catalogue"),
            {
                "fields": (
                    "column",
                    "statutory_item",
                    "topic",
                    "genre",
                    "summary",
                    "keywords",
                    "source",
                )
            },
        ),
        (
            _("Time and validity"),
            {"fields": ("issued_on", "effective_on", "expires_on", "validity")},
        ),
        (
            _("Publication"),
            {"fields": ("publicity", "publicity_reason", "interprets", "published_at")},
        ),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Document]:
        documents = super().get_queryset(request)
        if request.resolver_match and (request.resolver_match.url_name or "").endswith(
            "_changelist"
        ):
            documents = documents.defer(*HEAVY)
        if request.user.is_superuser:
            return documents
        return documents.filter(agency__in=selectors.bodies_of(request.user))

    def has_module_permission(self, request: HttpRequest) -> bool:
        return selectors.bodies_of(request.user).exists()

    def has_view_permission(self, request: HttpRequest, obj: Document | None = None) -> bool:
        if obj is None:
            return self.has_module_permission(request)
        return policies.may_see(request.user, obj).allowed

    def has_add_permission(self, request: HttpRequest) -> bool:
        return _may_edit(request, None)

    def has_change_permission(self, request: HttpRequest, obj: Document | None = None) -> bool:
        return _may_edit(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Document | None = None) -> bool:
        return False  # a record of government is not deleted at a desk

    def has_publish_permission(self, request: HttpRequest) -> bool:
        return selectors.bodies_of(request.user, Role.APPROVER).exists()

    def get_readonly_fields(
        self, request: HttpRequest, obj: Document | None = None
    ) -> tuple[str, ...]:
        """The index number is its body's: a document does not move."""
        return (*self.readonly_fields, "agency") if obj else self.readonly_fields

    def formfield_for_dbfield(self, db_field: Any, request: Any, **options: Any) -> Any:
        if db_field.name != "statutory_item":
            return super().formfield_for_dbfield(db_field, request, **options)
        items = [(number, f"{number} {name}") for number, name in STATUTORY_ITEM_NAMES.items()]
        return TypedChoiceField(
            choices=[("", "—"), *items],
            coerce=int,
            empty_value=None,
            required=False,
            label=db_field.verbose_name,
        )

    def formfield_for_foreignkey(
        self, db_field: Any, request: HttpRequest, **options: Any
    ) -> ChoiceField | None:
        if db_field.name == "agency":
            options["queryset"] = selectors.bodies_of(request.user, *WRITERS)
        if db_field.name == "interprets":
            options["queryset"] = self.get_queryset(request)
        return super().formfield_for_foreignkey(db_field, request, **options)

    def save_model(
        self,
        request: HttpRequest,
        obj: Document,
        form: DocumentForm,
        change: bool,
    ) -> None:
        at, by = timezone.now(), _actor(request)
        if change:
            content: Any = {
                name: form.cleaned_data[name] for name in form.changed_data if name in CONTENT
            }
            publishing.revise(obj, at=at, by=by, **content)
            return
        content = {name: form.cleaned_data[name] for name in CONTENT if name in form.cleaned_data}
        agency: Agency = form.cleaned_data["agency"]
        made = publishing.draft(agency=agency, at=at, by=by, **content)
        obj.pk, obj.index_number = made.pk, made.index_number

    def save_formset(
        self,
        request: HttpRequest,
        form: DocumentForm,
        formset: FormSet,
        change: bool,
    ) -> None:
        at, by = timezone.now(), _actor(request)
        formset.save(commit=False)
        for gone in formset.deleted_objects:
            attachments.detach(gone, at=at, by=by)
        for line in formset.extra_forms:
            upload = line.cleaned_data.get("file")
            if upload and line not in formset.deleted_forms:
                content = upload.read()
                attachments.attach(form.instance, name=upload.name, content=content, at=at, by=by)

    @admin.action(description=_("Publish the selected documents"), permissions=["publish"])
    def publish(self, request: HttpRequest, chosen: QuerySet[Document]) -> None:
        at, by = timezone.now(), _actor(request)
        published = 0
        for document in chosen.select_related("agency"):
            verdict = policies.may_publish(request.user, document)
            if not verdict:
                self.message_user(request, f"{document.title}: {verdict.reason}", messages.WARNING)
                continue
            try:
                publishing.publish(document, at=at, by=by)
                published += 1
            except ValidationError as error:
                reasons = " ".join(error.messages)
                self.message_user(request, f"{document.title}: {reasons}", messages.ERROR)
        said = ngettext(
            "%(count)d document published.", "%(count)d documents published.", published
        )
        if published:
            self.message_user(request, said % {"count": published}, messages.SUCCESS)


@admin.register(Topic)
class TopicAdmin(TopicModelAdmin):
    """The State Council's classification, to choose from and to read; it is loaded as data."""

    list_display = ("code", "__str__")
    list_select_related = ("parent",)
    search_fields = ("code", "name")
    ordering = ("code",)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return True

    def has_view_permission(self, request: HttpRequest, obj: Topic | None = None) -> bool:
        return True

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Topic | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Topic | None = None) -> bool:
        return False
