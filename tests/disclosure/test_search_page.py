import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from disclosure.rules.vocabulary import Validity
from search import follower
from tests.factories.agencies import AgencyFactory
from tests.factories.disclosure import DocumentFactory, TopicFactory

pytestmark = pytest.mark.django_db


def found(client: Client, address: str) -> list[str]:
    return [line.document.title for line in client.get(address).context["lines"]]


def test_without_an_index_it_says_when_to_come_back(client: Client, index: Path) -> None:
    response = client.get("/search/?q=电梯")

    assert response.status_code == 503
    assert response.headers["Retry-After"] == "60"
    assert 'href="/catalogue/"' in response.content.decode()


def test_it_finds_and_marks_what_was_typed(client: Client, index: Path) -> None:
    DocumentFactory(title="老旧小区加装电梯工作指引", body_text="补助标准：每台电梯十五万元。")
    DocumentFactory(title="招生工作通知", body_text="别的事情。")
    follower.catch_up()

    page = client.get("/search/?q=电梯").content.decode()

    assert re.search("<mark>[^<]*电梯[^<]*</mark>工作指引", page)
    assert re.search("每台<mark>[^<]*电梯[^<]*</mark>", page)
    assert "招生工作通知" not in page


def test_what_is_typed_never_becomes_markup(client: Client, index: Path) -> None:
    DocumentFactory(title="<script>alert(1)</script>电梯", body_text="<b>电梯</b>")
    follower.catch_up()

    page = client.get("/search/", {"q": "<script>alert(1)</script>电梯"}).content.decode()

    assert "<script>alert" not in page
    assert "<b>" not in page.split('class="hits"')[-1].split("</ol>")[0]


def test_nothing_typed_lists_everything_newest_first(client: Client, index: Path) -> None:
    DocumentFactory(title="先", published_at=timezone.now() - timedelta(days=2))
    DocumentFactory(title="后", published_at=timezone.now() - timedelta(days=1))
    DocumentFactory(title="明天", published_at=timezone.now() + timedelta(days=1))
    DocumentFactory(title="草稿", published_at=None)
    follower.catch_up()

    assert found(client, "/search/") == ["后", "先"]


def test_what_was_withdrawn_after_indexing_is_not_shown(client: Client, index: Path) -> None:
    document = DocumentFactory(title="索引以后撤下的")
    follower.catch_up()
    type(document).objects.filter(pk=document.pk).update(published_at=None)

    assert found(client, "/search/") == []


@pytest.mark.parametrize(
    "number", ["明政办发〔2026〕12号", "明政办发(2026)12号", "明政办发[2026]12号"]
)
def test_a_document_number_is_found_in_any_brackets(
    client: Client, index: Path, number: str
) -> None:
    DocumentFactory(title="正是它", document_number="明政办发〔2026〕12号")
    DocumentFactory(title="另一份", document_number="明政办发〔2026〕121号")
    follower.catch_up()

    response = client.get("/search/", {"number": number})

    assert [line.document.title for line in response.context["lines"]] == ["正是它"]


def test_it_is_narrowed_by_validity_title_body_topic_and_span(client: Client, index: Path) -> None:
    city = AgencyFactory(parent=AgencyFactory())
    top = TopicFactory()
    topic = TopicFactory(parent=top)
    old = datetime(2020, 5, 1, tzinfo=UTC)
    DocumentFactory(title="电梯一", agency=AgencyFactory(parent=city), topic=topic)
    DocumentFactory(title="电梯二", validity=Validity.REPEALED)
    DocumentFactory(title="三", body_text="正文里的电梯", published_at=old)
    follower.catch_up()

    assert len(found(client, "/search/?q=电梯")) == 3
    assert found(client, "/search/?q=电梯&validity=repealed") == ["电梯二"]
    assert found(client, f"/search/?q=电梯&agency={city.code}") == ["电梯一"]
    assert found(client, f"/search/?q=电梯&topic={top.code}") == ["电梯一"]
    assert found(client, "/search/?q=电梯&until=2020-12-31") == ["三"]
    assert sorted(found(client, "/search/?q=电梯&title=1")) == ["电梯一", "电梯二"]


@pytest.mark.parametrize(
    "question",
    [
        "q=!!!",
        "q=%22没有结尾",
        "q=" + "长" * 5000,
        "q=" + "词%20" * 60,
        "q=%00",
        "q=AND%20OR%20NOT%20(",
        "q=title:",
        "q=*",
        "page=0",
        "page=abc",
        "page=99999999999999999999",
        "since=9999-99-99",
        "since=0001-01-01&until=9999-12-31",
        "year=9999999999",
        "sort=upside-down",
        "agency=%27;--",
    ],
)
def test_no_question_is_too_odd_for_a_page(client: Client, index: Path, question: str) -> None:
    DocumentFactory()
    follower.catch_up()

    assert client.get(f"/search/?{question}").status_code == 200


def test_what_was_left_out_of_a_question_is_said(client: Client, index: Path) -> None:
    follower.catch_up()

    response = client.get("/search/", {"q": "电" * 300, "since": "yesterday"})

    assert len(response.context["ignored"]) == 2


def test_pages_go_on_to_the_last_that_can_be_read(
    client: Client, index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("disclosure.views.search.ROWS", 2)
    monkeypatch.setattr("disclosure.views.search.LAST_PAGE", 2)
    for _ in range(5):
        DocumentFactory()
    follower.catch_up()

    first = client.get("/search/")
    last = client.get(first.context["next_url"])
    beyond = client.get("/search/?page=3")

    assert first.context["total"] == 5
    assert len(last.context["lines"]) == 2
    assert last.context["deepest"]
    assert last.context["next_url"] == ""
    assert beyond.status_code == 200
    assert beyond.context["too_far"]


def test_nothing_found_gives_advice_and_a_way_on(client: Client, index: Path) -> None:
    DocumentFactory()
    follower.catch_up()

    page = client.get("/search/?q=并不存在的事项&validity=valid").content.decode()

    assert 'href="/catalogue/"' in page
    assert 'href="/apply/"' in page
    assert 'class="chip"' in page


def test_counts_lead_to_what_they_count(client: Client, index: Path) -> None:
    root = AgencyFactory()
    child = AgencyFactory(parent=root)
    for _ in range(3):
        DocumentFactory(agency=child)
    DocumentFactory(agency=root)
    follower.catch_up()

    facets = client.get("/search/").context["facets"]
    choice = next(c for facet in facets for c in facet.choices if c.label == child.name)

    assert choice.count == 3
    assert client.get(choice.url).context["total"] == 3


def test_the_catalogue_and_the_front_page_count_from_the_same_index(
    client: Client, index: Path
) -> None:
    DocumentFactory(statutory_item=7)
    DocumentFactory()
    follower.catch_up()

    assert client.get("/catalogue/?item=7").context["total"] == 1
    figures = client.get("/").context["figures"]
    assert figures.public == 2
    assert figures.by_item == {"7": 1}


def test_it_asks_the_same_few_questions_however_many_hits(
    client: Client, index: Path, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    root = AgencyFactory()
    for _ in range(15):
        DocumentFactory(
            agency=AgencyFactory(parent=root), topic=TopicFactory(parent=TopicFactory())
        )
    follower.catch_up()

    # The hits, the topics, the root and the bodies under it.
    with django_assert_num_queries(4):
        client.get("/search/?q=通知")
