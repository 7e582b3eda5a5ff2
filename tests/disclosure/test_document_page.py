import itertools
import re
from datetime import date, timedelta
from urllib.parse import quote

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from disclosure.models import Document
from disclosure.rules.vocabulary import Validity
from disclosure.views.documents import with_anchors
from tests.factories.agencies import AgencyFactory, MembershipFactory
from tests.factories.disclosure import AttachmentFactory, DocumentFactory, TopicFactory

pytestmark = pytest.mark.django_db


def read(client: Client, document: Document) -> str:
    return client.get(document.get_absolute_url()).content.decode()


def test_it_shows_the_catalogue_entry(client: Client) -> None:
    topic = TopicFactory(name="城乡建设（含住房）", parent=TopicFactory(name="城乡建设、环境保护"))
    document = DocumentFactory(
        index_number="900001234/2026-00110",
        document_number="明政办发〔2026〕12号",
        topic=topic,
        summary="规定加装电梯的适用范围。",
        keywords="加装电梯",
        statutory_item=1,
        effective_on=date(2026, 5, 1),
    )

    page = read(client, document)

    for shown in (
        "900001234/2026-00110",
        "明政办发〔2026〕12号",
        "城乡建设、环境保护\\城乡建设（含住房）",
        document.agency.name,
        'datetime="2026-03-01"',
        'datetime="2026-03-09"',
        'datetime="2026-05-01"',
        "规定加装电梯的适用范围。",
        "加装电梯",
    ):
        assert shown in page


def test_it_carries_the_meta_tags_of_the_site_guideline(client: Client) -> None:
    document = DocumentFactory(title="关于电梯的“通知”<1>", source="省政府公报")

    page = read(client, document)

    assert '<meta name="ArticleTitle" content="关于电梯的“通知”&lt;1&gt;">' in page
    assert '<meta name="PubDate" content="2026-03-09 09:00">' in page  # Shanghai, not UTC
    assert re.search(r'<meta name="ContentSource"\s+content="省政府公报">', page)


@pytest.mark.parametrize(
    "hidden",
    [
        {"published_at": None},
        {"published_at": timezone.now() + timedelta(days=1)},
    ],
    ids=["a draft", "one of tomorrow"],
)
def test_what_is_not_public_looks_like_what_does_not_exist(
    client: Client, hidden: dict[str, object]
) -> None:
    document = DocumentFactory(title="不能提前泄露", **hidden)

    response = client.get(document.get_absolute_url())

    assert response.status_code == 404
    assert "不能提前泄露" not in response.content.decode()


@pytest.mark.parametrize("address", ["/documents/none/2026-1/", "/documents/%00/"])
def test_an_unknown_number_is_no_page(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("validity", [Validity.REPEALED, Validity.EXPIRED])
def test_what_is_no_longer_in_force_says_so_first(client: Client, validity: str) -> None:
    assert "panel--bad" in read(client, DocumentFactory(validity=validity))
    assert "panel--bad" not in read(client, DocumentFactory())


def test_the_entry_gives_validity_as_the_catalogue_writes_it(client: Client) -> None:
    page = read(client, DocumentFactory(validity=Validity.EXPIRED, expires_on=date(2026, 7, 13)))

    entry = page.split("有效性</dt>")[1].split("</dd>")[0]
    assert re.findall(r"失效|有效期至2026年7月13日", entry) == ["失效", "有效期至2026年7月13日"]
    assert "已失效" not in entry
    assert "已失效" in page


def test_headings_skip_no_level(client: Client) -> None:
    page = read(client, DocumentFactory(body_html="<h3>一、总体情况</h3><p>有。</p>"))

    levels = [int(level) for level in re.findall(r"<h([1-6])", page.split("<main")[1])]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_a_document_and_its_interpretation_lead_to_each_other(client: Client) -> None:
    document = DocumentFactory()
    explained = DocumentFactory(title="谁来申请、谁出钱", interprets=document)
    DocumentFactory(title="还没发布的解读", interprets=document, published_at=None)

    page = read(client, document)

    assert explained.get_absolute_url() in page
    assert "还没发布的解读" not in page
    assert document.get_absolute_url() in read(client, explained)


def test_headings_become_a_table_of_contents() -> None:
    html, headings = with_anchors(
        "<h2>总则</h2><p>…</p><h3 class='c'><b>一、范围</b></h3><h3></h3>"
    )

    assert [(h.anchor, h.text) for h in headings] == [("s1", "总则"), ("s2", "一、范围")]
    assert '<h2 id="s1">总则</h2>' in html
    assert "<h3 class='c' id=\"s2\"><b>一、范围</b></h3><h3></h3>" in html


def test_an_anchor_a_heading_already_has_is_kept() -> None:
    html, headings = with_anchors('<h2 id="p1">甲 &amp; 乙</h2>')

    assert [(h.anchor, h.text) for h in headings] == [("p1", "甲 & 乙")]
    assert html == '<h2 id="p1">甲 &amp; 乙</h2>'


def test_a_file_is_sent_under_its_chinese_name(client: Client) -> None:
    attachment = AttachmentFactory(name="附件1 申请表.pdf")

    response = client.get(f"/attachments/{attachment.pk}/")

    assert b"".join(response) == b"%PDF-1.7"
    disposition = response.headers["Content-Disposition"]
    assert disposition.startswith("attachment;")
    assert f"filename*=utf-8''{quote('附件1 申请表.pdf')}" in disposition
    assert response.headers["X-Content-Type-Options"] == "nosniff"


def test_a_file_that_a_browser_would_run_is_sent_as_bytes(client: Client) -> None:
    attachment = AttachmentFactory(
        name="page.html", file=ContentFile(b"<script>", "page.html"), media_type="text/html"
    )

    response = client.get(f"/attachments/{attachment.pk}/")

    assert response.headers["Content-Type"] == "application/octet-stream"
    response.close()


def test_a_draft_s_file_is_for_officials_of_its_body(client: Client) -> None:
    attachment = AttachmentFactory(document=DocumentFactory(published_at=None))
    address = f"/attachments/{attachment.pk}/"
    assert client.get(address).status_code == 404

    elsewhere = MembershipFactory(agency=AgencyFactory())
    client.force_login(
        elsewhere.user, backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    assert client.get(address).status_code == 404

    here = MembershipFactory(agency=attachment.document.agency)
    client.force_login(here.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    response = client.get(address)
    assert response.status_code == 200
    assert "no-store" in response.headers["Cache-Control"]
    response.close()


def test_it_asks_four_questions_whatever_hangs_on_it(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    document = DocumentFactory(
        agency=AgencyFactory(parent=AgencyFactory()), topic=TopicFactory(parent=TopicFactory())
    )
    for _ in range(3):
        AttachmentFactory(document=document)
        DocumentFactory(interprets=document)

    with django_assert_num_queries(4):
        client.get(document.get_absolute_url())
