"""What the API gives about documents and topics."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from disclosure.models import Attachment, Document, Topic
from disclosure.selectors import DocumentPage
from rest.shapes import Named


class Linked(serializers.ModelSerializer[Any]):
    """Addresses are whole, so that a program can follow them as they stand."""

    def whole(self, address: str) -> str:
        return str(self.context["request"].build_absolute_uri(address))


class RecordLink(Linked):
    url = serializers.SerializerMethodField()
    html_url = serializers.SerializerMethodField()

    class Meta:
        model = Document
        fields = ["index_number", "title", "url", "html_url"]

    @extend_schema_field(serializers.URLField())
    def get_url(self, document: Document) -> str:
        return self.whole(reverse("disclosure-api:record", args=[document.index_number]))

    @extend_schema_field(serializers.URLField())
    def get_html_url(self, document: Document) -> str:
        return self.whole(document.get_absolute_url())


class Snippet(serializers.CharField):
    """Part of an answer only where something was looked for."""

    def get_attribute(self, instance: Document) -> str:
        try:
            return str(self.context["snippets"][instance.pk])
        except KeyError:
            raise serializers.SkipField from None


class RecordLine(RecordLink):
    agency = Named()
    topic = Named(allow_null=True)
    item = serializers.IntegerField(source="statutory_item", allow_null=True)
    published_at = serializers.DateTimeField()
    snippet = Snippet(
        required=False,
        help_text=_("HTML: where the text has what was asked, in <mark>; only with q."),
    )

    class Meta(RecordLink.Meta):
        fields = [
            "index_number",
            "title",
            "document_number",
            "agency",
            "topic",
            "genre",
            "column",
            "item",
            "issued_on",
            "published_at",
            "validity",
            "summary",
            "url",
            "html_url",
            "snippet",
        ]


class File(Linked):
    url = serializers.SerializerMethodField()

    class Meta:
        model = Attachment
        fields = ["name", "size", "media_type", "sha256", "url"]

    @extend_schema_field(serializers.URLField())
    def get_url(self, attachment: Attachment) -> str:
        return self.whole(reverse("disclosure:attachment", args=[attachment.pk]))


class RecordDetail(RecordLine):
    """Takes the page that `selectors.document_page` reads, as `page` of the context."""

    attachments = serializers.SerializerMethodField()
    interprets = serializers.SerializerMethodField()
    interpretations = serializers.SerializerMethodField()

    class Meta(RecordLine.Meta):
        fields = [
            *(name for name in RecordLine.Meta.fields if name != "snippet"),
            "keywords",
            "source",
            "effective_on",
            "expires_on",
            "publicity",
            "body_html",
            "body_text",
            "attachments",
            "interprets",
            "interpretations",
        ]

    @property
    def page(self) -> DocumentPage:
        page: DocumentPage = self.context["page"]
        return page

    @extend_schema_field(File(many=True))
    def get_attachments(self, _document: Document) -> Any:
        return File(self.page.attachments, many=True, context=self.context).data

    @extend_schema_field(RecordLink(allow_null=True))
    def get_interprets(self, _document: Document) -> Any:
        interpreted = self.page.interprets
        return interpreted and RecordLink(interpreted, context=self.context).data

    @extend_schema_field(RecordLink(many=True))
    def get_interpretations(self, _document: Document) -> Any:
        return RecordLink(self.page.interpretations, many=True, context=self.context).data


class FacetValue(serializers.Serializer[Any]):
    value = serializers.CharField()
    count = serializers.IntegerField()


class RecordPage(serializers.Serializer[Any]):
    count = serializers.IntegerField(
        allow_null=True, help_text=_("Null while the search index is being built.")
    )
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    results = RecordLine(many=True)
    facets = serializers.DictField(
        child=FacetValue(many=True),
        required=False,
        allow_null=True,
        help_text=_("By filter, the largest count first; only with facets=1."),
    )


class TopicLink(Linked):
    url = serializers.SerializerMethodField()

    class Meta:
        model = Topic
        fields = ["code", "name", "url"]

    @extend_schema_field(serializers.URLField())
    def get_url(self, topic: Topic) -> str:
        return self.whole(reverse("disclosure-api:topic", args=[topic.code]))


class TopicLine(TopicLink):
    children = TopicLink(many=True)

    class Meta(TopicLink.Meta):
        fields = ["code", "name", "url", "children"]


class TopicDetail(TopicLine):
    parent = TopicLink(allow_null=True)
    records_url = serializers.SerializerMethodField()

    class Meta(TopicLine.Meta):
        fields = ["code", "name", "url", "parent", "children", "records_url"]

    @extend_schema_field(serializers.URLField())
    def get_records_url(self, topic: Topic) -> str:
        return self.whole(f"{reverse('disclosure-api:records')}?topic={topic.code}")


class TopicTree(serializers.Serializer[Any]):
    count = serializers.IntegerField()
    results = TopicLine(many=True)
