"""What the API takes and gives about bodies."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from agencies.models import Agency, AgencyKind, AgencyLevel, ReadingPlace
from rest.parameters import CodeField, PageParameters, several


class AgencyParameters(PageParameters):
    q = serializers.CharField(required=False, help_text=_("Part of a full or short name."))
    level = several(serializers.ChoiceField(AgencyLevel.choices), _("Level of government."))
    kind = several(serializers.ChoiceField(AgencyKind.choices), _("Kind of body."))
    parent = CodeField(  # type: ignore[assignment]  # a field's own name for its serializer
        required=False, help_text=_("Code of the body directly above.")
    )
    under = CodeField(required=False, help_text=_("Code of a body: it and all beneath it."))


class AgencyLink(serializers.ModelSerializer[Agency]):
    url = serializers.SerializerMethodField()

    class Meta:
        model = Agency
        fields = ["code", "name", "url"]

    @extend_schema_field(serializers.URLField())
    def get_url(self, agency: Agency) -> str:
        address = reverse("agencies-api:agency", args=[agency.code])
        return str(self.context["request"].build_absolute_uri(address))


class AgencyLine(AgencyLink):
    parent = serializers.SlugRelatedField[Agency](  # type: ignore[assignment]  # as above
        slug_field="code", read_only=True
    )

    class Meta(AgencyLink.Meta):
        fields = ["code", "name", "short_name", "level", "kind", "parent", "url"]


class Guide(serializers.ModelSerializer[Agency]):
    """The disclosure guide's own parts (Regulation Art 12)."""

    classification = serializers.CharField(source="guide_classification")
    arrangement = serializers.CharField(source="guide_arrangement")
    access = serializers.CharField(source="guide_access")
    updated_on = serializers.DateField(source="guide_updated_on", allow_null=True)

    class Meta:
        model = Agency
        fields = ["classification", "arrangement", "access", "updated_on"]


class Contact(serializers.ModelSerializer[Agency]):
    """The work body of disclosure and how to reach it (Regulation Art 12)."""

    class Meta:
        model = Agency
        fields = [
            "work_body",
            "address",
            "postcode",
            "office_hours",
            "phone",
            "fax",
            "email",
            "website",
        ]


class Place(serializers.ModelSerializer[ReadingPlace]):
    class Meta:
        model = ReadingPlace
        fields = ["kind", "name", "address", "hours", "phone"]


class AgencyDetail(AgencyLine):
    guide = Guide(source="*")
    contact = Contact(source="*")
    reading_places = Place(many=True)
    ancestors = serializers.SerializerMethodField()
    children = AgencyLink(many=True)
    children_url = serializers.SerializerMethodField()

    class Meta(AgencyLine.Meta):
        fields = [
            *AgencyLine.Meta.fields,
            "division_code",
            "uscc",
            "functions",
            "head",
            "guide",
            "contact",
            "reading_places",
            "ancestors",
            "children",
            "children_url",
        ]

    @extend_schema_field(AgencyLink(many=True))
    def get_ancestors(self, _agency: Agency) -> Any:
        return AgencyLink(self.context["ancestors"], many=True, context=self.context).data

    @extend_schema_field(serializers.URLField())
    def get_children_url(self, agency: Agency) -> str:
        address = f"{reverse('agencies-api:agencies')}?parent={agency.code}"
        return str(self.context["request"].build_absolute_uri(address))


class AgencyPage(serializers.Serializer[Any]):
    count = serializers.IntegerField()
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    results = AgencyLine(many=True)
