"""An import: found, cleaned, numbered, linked; again it changes nothing; a bad row says why."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, timedelta

import pytest

from agencies.models import Agency
from audit.models import Entry
from deadlines.rules.dates import start_of_day
from disclosure.models import Document
from disclosure.rules.vocabulary import Column, Genre, Publicity, Validity
from disclosure.services import intake
from disclosure.services.tally import Remark, Sinks
from search.models import Change
from tests.disclosure.imports import AT, ROW, bring
from tests.factories.disclosure import DocumentFactory

QUERIES = 28  # of an import of one batch, however many rows it has

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def bodies(province: Agency, body: Agency) -> None:
    """The province and a department of it."""


def refused(**fields: object) -> str:
    """Why a row with these fields is refused."""
    tally = bring({**ROW, **fields})
    assert (tally.created, tally.updated, tally.rejected_count) == (0, 0, 1)
    assert not Document.objects.exists()
    return tally.rejected[0].reason


def test_a_row_becomes_a_public_document() -> None:
    row = {
        **ROW,
        "topic": "综合政务\\政务公开",
        "genre": "通知",
        "item": "1",
        "validity": "有效",
        "keywords": ["供暖", "民生"],
        "published_on": "2026-11-05",
    }

    assert bring(row).created == 1

    document = Document.objects.get()
    assert document.document_number == "明政办发〔2026〕12号"
    assert document.index_number == "MC/2026-00001"
    assert document.topic
    assert document.topic.code == "0201"
    assert (document.genre, document.validity) == (Genre.NOTICE, Validity.VALID)
    assert (document.statutory_item, document.column) == (1, Column.STATUTORY)
    assert document.keywords == "供暖;民生"
    assert document.summary == "认真做好供暖工作。"
    assert document.published_at == start_of_day(date(2026, 11, 5))
    assert list(Document.objects.public(AT)) == [document]


def test_the_columns_may_have_their_chinese_names() -> None:
    row = {
        "标题": "公告",
        "发布机构": "MC-FGW",
        "发文字号": "明发改〔2025〕3号",
        "成文日期": "2025/3/1",
        "公开方式": "主动公开",
        "有效性": "废止",
        "正文": "现公告如下。",
    }

    bring(row)

    document = Document.objects.get()
    assert (document.title, document.agency.code) == ("公告", "MC-FGW")
    assert document.validity == Validity.REPEALED
    assert document.index_number == "MC-FGW/2025-00001"


def test_without_a_date_of_publication_it_is_published_when_first_imported() -> None:
    bring(ROW)
    bring({**ROW, "body": "改过。"}, at=AT + timedelta(days=9))

    assert Document.objects.get().published_at == AT


def test_again_it_changes_nothing() -> None:
    rows = [ROW, {**ROW, "document_number": "", "title": "无文号"}, {**ROW, "index_number": "X-1"}]
    bring(*rows)
    before = list(Document.objects.order_by("pk").values())
    Change.objects.all().delete()

    tally = bring(*rows, at=AT + timedelta(days=1))

    assert (tally.created, tally.updated, tally.unchanged) == (0, 0, 3)
    assert list(Document.objects.order_by("pk").values()) == before
    assert not Change.objects.exists()


def test_a_changed_row_updates_its_document_under_the_same_number() -> None:
    bring(ROW)
    known = Document.objects.get()

    tally = bring({**ROW, "title": "改了标题", "document_number": "明政办发〔2026〕12号"})

    assert (tally.created, tally.updated) == (0, 1)
    document = Document.objects.get()
    assert (document.pk, document.index_number) == (known.pk, known.index_number)
    assert document.title == "改了标题"
    assert document.created_at == known.created_at


def test_a_document_written_at_the_desk_is_known_by_its_number(province: Agency) -> None:
    DocumentFactory(
        agency=province,
        document_number="明政办发〔2026〕12号",
        document_number_key="明政办发〔2026〕12号",
    )

    assert bring(ROW).updated == 1


def test_what_is_not_disclosed_proactively_stays_a_draft_with_its_reason() -> None:
    bring({**ROW, "公开属性": "不予公开", "publicity_reason": "内部事务信息"})

    document = Document.objects.get()
    assert (document.publicity, document.published_at) == (Publicity.WITHHELD, None)
    assert document.publicity_reason == "内部事务信息"


def test_what_is_withheld_later_is_no_longer_public() -> None:
    bring(ROW)
    bring({**ROW, "publicity": "依申请公开"})

    assert not Document.objects.public(AT).exists()


@pytest.mark.parametrize(
    "fields",
    [
        {"title": " \u200b"},
        {"title": "长" * 501},
        {"title": {"not": "text"}},
        {"title": True},
        {"agency": ""},
        {"agency": "不存在的机关"},
        {"agency": "明川省"},
        {"issued_on": "2026-02-30"},
        {"issued_on": "2026-11-22"},
        {"published_on": "昨天"},
        {"effective_on": "2026-01-02", "expires_on": "2026-01-01"},
        {"topic": "不存在"},
        {"topic": "其他\\其他"},
        {"validity": "也许"},
        {"publicity": "秘密"},
        {"column": "新闻"},
        {"item": "16"},
        {"index_number": "../x"},
        {"html": "<p>两份正文</p>"},
        {"file": "a.txt", "body": ""},
        {"attachments": "a.pdf"},
    ],
)
def test_a_bad_row_is_rejected_with_its_reason(fields: dict[str, object]) -> None:
    assert refused(**fields)


def test_a_date_one_day_ahead_is_still_accepted() -> None:
    assert bring({**ROW, "issued_on": "2026-11-21"}).created == 1


def test_an_unknown_genre_is_sorted_under_other_and_remarked() -> None:
    remarks: list[Remark] = []

    bring({**ROW, "genre": "简报"}, sinks=Sinks(on_remark=remarks.append))

    assert Document.objects.get().genre == Genre.OTHER
    assert any("简报" in remark.words for remark in remarks)


def test_a_name_several_topics_share_needs_its_class() -> None:
    """其他 is also a class of its own, and that is what the bare name means."""
    bring({**ROW, "topic": "其他"})

    topic = Document.objects.get().topic
    assert topic
    assert topic.code == "22"


def test_the_same_number_under_another_title_names_the_earlier_line() -> None:
    tally = bring(ROW, {**ROW, "title": "另一个标题"})

    assert (tally.created, tally.rejected_count) == (1, 1)
    assert "1" in tally.rejected[0].reason
    assert tally.rejected[0].line == 2


def test_the_same_row_twice_in_one_import_is_one_document() -> None:
    tally = bring(ROW, ROW, {**ROW, "index_number": "MC/2026-00001"})

    assert (tally.created, tally.unchanged, tally.updated) == (1, 1, 1)
    assert Document.objects.count() == 1


def test_the_same_document_twice_with_other_words_names_the_earlier_line() -> None:
    undated = {"title": "任免通知", "agency": ROW["agency"], "body": "任命甲。"}
    rows = [ROW, {**ROW, "body": "另一正文。"}, undated, {**undated, "body": "任命乙。"}]
    tally = bring(*rows)

    assert (tally.created, tally.updated, tally.rejected_count) == (2, 0, 2)
    assert ["1" in tally.rejected[0].reason, "3" in tally.rejected[1].reason] == [True, True]
    assert bring(*rows).unchanged == 2


def test_an_index_number_of_another_body_is_rejected(body: Agency) -> None:
    DocumentFactory(agency=body, index_number="X-1")

    assert bring({**ROW, "index_number": "X-1"}).rejected_count == 1


def test_unknown_bodies_are_made_only_when_asked(province: Agency) -> None:
    row = {**ROW, "agency": "明川省教育厅"}
    assert bring(row).rejected_count == 1
    assert bring({**ROW, "agency": "NOCODE"}, create_agencies=True).rejected_count == 1

    assert bring(row, {**row, "document_number": ""}, create_agencies=True).created == 2

    made = Agency.objects.get(name="明川省教育厅")
    assert (made.level, made.kind, made.parent) == ("province", "department", province)
    assert made.code.startswith("X")


def test_characters_no_database_keeps_do_no_harm() -> None:
    assert bring({**ROW, "body": "正\x00文\ud800。", "publicity_reason": "\x00\udfff"}).created == 1


def test_a_batch_takes_the_same_few_queries_however_many_rows(
    django_assert_max_num_queries: Callable[..., AbstractContextManager[object]],
) -> None:
    rows = [
        {**ROW, "title": f"通知{n}", "document_number": f"明政〔{2000 + n % 20}〕{n}号",
         "issued_on": f"{2000 + n % 20}-01-01", "agency": ("MC", "MC-FGW")[n % 2]}
        for n in range(120)
    ]  # fmt: skip

    with django_assert_max_num_queries(QUERIES):
        assert bring(*rows).created == 120
    with django_assert_max_num_queries(QUERIES):
        assert bring(*[{**row, "body": "新。"} for row in rows]).updated == 120


def test_the_index_and_the_trail_hear_of_it_once() -> None:
    bring(ROW, {**ROW, "document_number": "", "title": "另一件"})

    ids = set(Document.objects.values_list("pk", flat=True))
    assert set(Change.objects.values_list("object_id", flat=True)) == ids
    entry = Entry.objects.get(action="documents.imported")
    assert entry.details == {"created": 2, "updated": 0, "unchanged": 0, "rejected": 0}


def test_progress_is_told_after_each_batch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "BATCH_ROWS", 2)
    seen: list[int] = []

    bring(
        *[{**ROW, "title": f"{n}", "document_number": ""} for n in range(5)],
        on_progress=lambda tally: seen.append(tally.total),
    )

    assert seen == [2, 4, 5]
