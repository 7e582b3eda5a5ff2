from datetime import UTC, date, datetime

import factory

from disclosure.models import Attachment, Document, Topic
from disclosure.rules.vocabulary import Genre
from tests.factories.agencies import AgencyFactory


class TopicFactory(factory.django.DjangoModelFactory[Topic]):
    class Meta:
        model = Topic
        django_get_or_create = ("code",)

    code = factory.Sequence(lambda n: f"9{n:03d}")
    name = factory.LazyAttribute(lambda topic: f"主题{topic.code}")
    parent = None


class DocumentFactory(factory.django.DjangoModelFactory[Document]):
    """Public since the spring of 2026 unless told otherwise."""

    class Meta:
        model = Document

    agency = factory.SubFactory(AgencyFactory)
    index_number = factory.Sequence(lambda n: f"MC0000000/2026-{n:05d}")
    title = factory.Sequence(lambda n: f"关于做好第{n}号工作的通知")
    genre = Genre.NOTICE
    issued_on = date(2026, 3, 1)
    published_at = datetime(2026, 3, 9, 1, 0, tzinfo=UTC)
    body_html = factory.LazyAttribute(lambda document: f"<p>{document.body_text}</p>")
    body_text = "各市人民政府：现将有关事项通知如下。"


class AttachmentFactory(factory.django.DjangoModelFactory[Attachment]):
    class Meta:
        model = Attachment

    document = factory.SubFactory(DocumentFactory)
    name = factory.Sequence(lambda n: f"附件{n}.pdf")
    file = factory.django.FileField(filename="list.pdf", data=b"%PDF-1.7")
    size = 8
    sha256 = factory.Sequence(lambda n: f"{n:064x}")
    media_type = "application/pdf"
