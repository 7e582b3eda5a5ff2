"""The desk: an official sees the documents of their bodies, edits drafts, and publishes."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.models import User
from agencies.models import Agency
from audit.models import Entry
from disclosure.models import Document
from disclosure.rules.vocabulary import Publicity
from search.models import Change
from tests.factories.agencies import AgencyFactory
from tests.factories.disclosure import DocumentFactory

LIST = "admin:disclosure_document_changelist"

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(body: Agency) -> Document:
    return DocumentFactory(agency=body, published_at=None, title="待发布的通知")


@pytest.fixture
def elsewhere(province: Agency) -> Document:
    other = AgencyFactory(parent=province, code="MC-JYT", name="明川省教育厅", kind="department")
    return DocumentFactory(agency=other, published_at=None, title="别处的通知")


@pytest.fixture
def desk(client: Client) -> Client:
    client.cookies["django_language"] = "en"
    return client


def change(document: Document) -> str:
    return reverse("admin:disclosure_document_change", args=[document.pk])


def form(document: Document, **fields: object) -> dict[str, object]:
    """The change form as the browser would send it."""
    return {
        "title": document.title,
        "body_html": document.body_html,
        "column": document.column,
        "genre": document.genre,
        "validity": document.validity,
        "publicity": document.publicity,
        "attachments-TOTAL_FORMS": "0",
        "attachments-INITIAL_FORMS": "0",
        **fields,
    }


def publish(desk: Client, *documents: Document) -> str:
    chosen = {"action": "publish", "_selected_action": [document.pk for document in documents]}
    return desk.post(reverse(LIST), chosen, follow=True).content.decode()


def test_an_official_sees_the_documents_of_their_body_only(
    desk: Client, clerk: User, draft: Document, elsewhere: Document
) -> None:
    desk.force_login(clerk)

    page = desk.get(reverse(LIST)).content.decode()

    assert draft.title in page
    assert elsewhere.title not in page
    assert desk.get(change(elsewhere)).status_code in (302, 403, 404)


def test_a_supervisor_reads_the_whole_subtree_and_writes_nothing(
    desk: Client, supervisor: User, draft: Document, elsewhere: Document
) -> None:
    desk.force_login(supervisor)

    page = desk.get(reverse(LIST)).content.decode()

    assert draft.title in page
    assert elsewhere.title in page
    assert desk.get(change(draft)).status_code == 200
    assert desk.post(change(draft), form(draft, title="改了")).status_code == 403


def test_who_serves_nowhere_sees_nothing(desk: Client, stranger: User, draft: Document) -> None:
    desk.force_login(stranger)

    assert desk.get(reverse(LIST), follow=True).status_code == 403
    assert desk.get(change(draft), follow=True).status_code == 403


def test_a_clerk_drafts_and_the_text_is_sanitised_and_numbered(
    desk: Client, clerk: User, body: Agency
) -> None:
    desk.force_login(clerk)
    fields = form(
        DocumentFactory.build(agency=body, title="新通知"),
        agency=body.pk,
        document_number="明发改[2026]9号",
        issued_on="2026-03-01",
        body_html="<p onclick='x()'>正文。</p><script>x()</script>",
    )

    answer = desk.post(reverse("admin:disclosure_document_add"), fields)

    assert answer.status_code == 302, answer.context["errors"]
    made = Document.objects.get()
    assert (made.index_number, made.published_at) == ("MC-FGW/2026-00001", None)
    assert made.document_number == "明发改〔2026〕9号"
    assert (made.body_html, made.body_text) == ("<p>正文。</p>", "正文。")
    assert Entry.objects.filter(action="document.drafted", actor=f"user:{clerk.pk}").exists()


def test_a_clerk_cannot_draft_for_another_body(
    desk: Client, clerk: User, elsewhere: Document
) -> None:
    desk.force_login(clerk)
    fields = form(DocumentFactory.build(title="越权"), agency=elsewhere.agency.pk)

    desk.post(reverse("admin:disclosure_document_add"), fields)

    assert not Document.objects.filter(title="越权").exists()


def test_a_draft_is_edited_and_a_published_document_is_not(
    desk: Client, clerk: User, draft: Document, body: Agency
) -> None:
    desk.force_login(clerk)
    public = DocumentFactory(agency=body)

    assert desk.post(change(draft), form(draft, title="改了标题")).status_code == 302
    assert desk.post(change(public), form(public, title="改了标题")).status_code == 403

    assert list(Document.objects.filter(title="改了标题")) == [draft]
    assert Change.objects.get().object_id == draft.pk


def test_the_item_of_article_20_is_chosen_by_its_name(
    desk: Client, clerk: User, draft: Document
) -> None:
    desk.force_login(clerk)

    page = desk.get(change(draft)).content.decode()
    desk.post(change(draft), form(draft, statutory_item="7"))

    assert '<option value="7">7 Budgets and final accounts</option>' in page
    draft.refresh_from_db()
    assert draft.statutory_item == 7


def test_an_attachment_is_checked_by_its_content(
    desk: Client, clerk: User, draft: Document
) -> None:
    desk.force_login(clerk)

    def send(name: str, content: bytes) -> int:
        file = SimpleUploadedFile(name, content)
        fields = form(draft, **{"attachments-TOTAL_FORMS": "1", "attachments-0-file": file})
        return desk.post(change(draft), fields).status_code

    assert send("程序.pdf", b"MZ\x90 program") == 200  # the form again, with the reason
    assert send("page.html", b"<script>alert(1)</script>") == 200
    assert not draft.attachments.exists()
    assert send("附件1.pdf", b"%PDF-1.7 kept as it came") == 302
    held = draft.attachments.get()
    assert (held.name, held.media_type) == ("附件1.pdf", "application/pdf")
    assert "附件1" not in str(held.file.name)
    assert Path(held.file.path).stat().st_mode & 0o777 == 0o600


def test_only_an_approver_publishes(
    desk: Client, clerk: User, approver: User, draft: Document
) -> None:
    desk.force_login(clerk)
    publish(desk, draft)
    assert not Document.objects.filter(published_at__isnull=False).exists()

    desk.force_login(approver)
    publish(desk, draft)
    assert list(Document.objects.filter(published_at__isnull=False)) == [draft]
    assert Entry.objects.get(action="document.published").actor == f"user:{approver.pk}"
    assert Change.objects.filter(object_id=draft.pk).exists()


def test_what_is_withheld_is_not_published(desk: Client, approver: User, draft: Document) -> None:
    draft.publicity = Publicity.WITHHELD
    draft.save()
    desk.force_login(approver)

    publish(desk, draft)

    draft.refresh_from_db()
    assert draft.published_at is None
