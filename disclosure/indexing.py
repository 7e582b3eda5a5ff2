"""What search knows of a document. Future ones are in too: search hides them until their time."""

from collections.abc import Iterable, Iterator, Sequence

from django.db.models import Prefetch

from deadlines.rules.dates import day_of
from disclosure.models import Attachment, Document
from search.source import IndexedDocument


class Documents:
    name = "document"

    def fetch(self, ids: Sequence[int]) -> Iterable[IndexedDocument]:
        documents = (
            Document.objects.publishable()
            .filter(pk__in=ids)
            .select_related("agency", "topic__parent")
            .defer("body_html", "original")
            .prefetch_related(Prefetch("attachments", Attachment.objects.only("document", "text")))
        )
        return (_indexed(document) for document in documents)

    def batches(self, size: int) -> Iterator[Sequence[int]]:
        """By id, a new query each: a rebuild of a million rows holds no transaction open."""
        last = 0
        while True:
            ids = list(
                Document.objects.publishable()
                .filter(pk__gt=last)
                .order_by("pk")
                .values_list("pk", flat=True)[:size]
            )
            if not ids:
                return
            yield ids
            last = ids[-1]


def _indexed(document: Document) -> IndexedDocument:
    if document.published_at is None:
        raise ValueError(document.pk)
    texts = [document.body_text, *(held.text for held in document.attachments.all())]
    year = (document.issued_on or day_of(document.published_at)).year
    return IndexedDocument(
        object_id=document.pk,
        title=document.title,
        text="\n".join(text for text in texts if text),
        published_at=document.published_at,
        numbers=[n for n in (document.document_number, document.index_number) if n],
        facets={
            # A path is the codes of all bodies above, and the body's own.
            "agency": document.agency.path.strip("/").split("/"),
            "topic": _topics(document),
            "genre": [document.genre],
            "year": [str(year)],
            "validity": [document.validity],
            "column": [document.column],
            "item": [str(document.statutory_item)] if document.statutory_item else [],
        },
    )


def _topics(document: Document) -> list[str]:
    topic = document.topic
    if not topic:
        return []
    return [topic.parent.code, topic.code] if topic.parent else [topic.code]


documents = Documents()
