"""What the search index is told of a document."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime

import pytest

from agencies.models import Agency
from disclosure.indexing import documents
from disclosure.models import Topic
from disclosure.rules.vocabulary import Publicity
from tests.factories.disclosure import AttachmentFactory, DocumentFactory, TopicFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def topic() -> Topic:
    over = TopicFactory(code="91", name="上类")
    return TopicFactory(code="9101", name="下类", parent=over)


def test_a_document_counts_under_all_that_is_above_it(body: Agency, topic: Topic) -> None:
    document = DocumentFactory(
        agency=body,
        topic=topic,
        document_number="明发改〔2026〕3号",
        statutory_item=5,
        issued_on=None,
        published_at=datetime(2025, 12, 31, 17, tzinfo=UTC),  # the new year in Shanghai
        body_text="正文",
    )
    AttachmentFactory(document=document, text="附件之文")

    [found] = documents.fetch([document.pk])

    assert found.facets == {
        "agency": ["MC", "MC-FGW"],
        "topic": ["91", "9101"],
        "genre": ["notice"],
        "year": ["2026"],
        "validity": ["valid"],
        "column": ["statutory"],
        "item": ["5"],
    }
    assert found.text == "正文\n附件之文"
    assert list(found.numbers) == ["明发改〔2026〕3号", document.index_number]


def test_drafts_stay_out_and_what_is_to_come_is_in() -> None:
    coming = DocumentFactory(published_at=datetime(2999, 1, 1, tzinfo=UTC))
    draft = DocumentFactory(published_at=None)
    withheld = DocumentFactory(published_at=None, publicity=Publicity.WITHHELD)
    ids = [coming.pk, draft.pk, withheld.pk]

    assert [found.object_id for found in documents.fetch(ids)] == [coming.pk]
    assert [list(batch) for batch in documents.batches(10)] == [[coming.pk]]


def test_a_batch_takes_two_queries(
    django_assert_num_queries: Callable[..., AbstractContextManager[object]],
) -> None:
    made = [AttachmentFactory().document.pk for _turn in range(4)]

    with django_assert_num_queries(2):
        assert len(list(documents.fetch(made))) == 4


def test_a_rebuild_reads_everything_once_in_batches() -> None:
    made = [DocumentFactory().pk for _turn in range(5)]

    assert [list(batch) for batch in documents.batches(2)] == [made[:2], made[2:4], made[4:]]
