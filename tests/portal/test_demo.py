import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime
from html import unescape

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings as configured
from django.contrib.auth import authenticate
from django.core.management import call_command
from django.db import transaction
from django.test import RequestFactory
from pytest_django import DjangoDbBlocker

from accounts.models import User
from agencies.models import Agency, Membership, ReadingPlace
from agencies.rules.bodies import is_credit_code
from audit.models import Entry
from disclosure.models import Attachment, Document, Topic
from disclosure.rules.vocabulary import STATUTORY_ITEMS, Column, Validity
from portal.demo import annual, catalogue
from portal.demo.annual_tables import tables
from portal.demo.loading import Loaded, is_loaded, load
from portal.demo.people import PEOPLE, Person, sign_ins

NOW = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
MADE_UP = date(2026, 10, 10)  # a Saturday worked in exchange for a holiday
LEFTOVERS = re.compile(
    r"[{}|]|None|nan|Decimal|。。|，，|、、|；；|：：|，。|、。|；。|：。|，、|（）|\d{4}年{|\?\?"
)


@pytest.fixture(scope="module")
def demonstration() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(configured.SITE, "demonstration", True)
        yield


@pytest.fixture(scope="module")
def loaded(
    demonstration: None, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[Loaded]:
    """Loaded once for these tests, and taken back after them."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield load(at=NOW)
        transaction.set_rollback(True)


def words_of(row: dict[str, str]) -> str:
    return unescape(re.sub(r"<[^>]+>", "\n", row["html"]))


@pytest.fixture(scope="module")
def rows() -> list[dict[str, str]]:
    return [row for _line, row in catalogue.rows()]


def test_the_same_documents_are_made_every_time(rows: list[dict[str, str]]) -> None:
    assert rows == [row for _line, row in catalogue.rows()]


def test_no_text_keeps_a_trace_of_how_it_was_made(rows: list[dict[str, str]]) -> None:
    for row in rows:
        for words in (row["title"], row["document_number"], words_of(row)):
            assert not (found := LEFTOVERS.search(words)), f"{row['title']}: {found}"


def test_every_text_has_the_length_of_a_real_one(rows: list[dict[str, str]]) -> None:
    for row in rows:
        assert 300 <= len(words_of(row).replace("\n", "")) <= 1600, row["title"]


def test_no_two_documents_have_the_same_title_or_text(rows: list[dict[str, str]]) -> None:
    assert len({row["title"] for row in rows}) == len(rows)
    assert len({row["html"] for row in rows}) == len(rows)


def test_a_number_is_given_once_and_names_the_year_of_issue(rows: list[dict[str, str]]) -> None:
    numbered = [row for row in rows if row["document_number"]]
    counted = Counter(row["document_number"] for row in numbered)
    assert [number for number, count in counted.items() if count > 1] == []
    for row in numbered:
        if year := re.search(r"〔(\d{4})〕", row["document_number"]):
            assert row["issued_on"].startswith(year[1]), row["title"]


def test_documents_are_published_after_they_are_issued(rows: list[dict[str, str]]) -> None:
    for row in rows:
        assert row["issued_on"] <= row["published_on"] < "2026-11-20", row["title"]
        assert row["issued_on"] >= "2021-01-01"
        issued = date.fromisoformat(row["issued_on"])
        assert issued.weekday() < 5 or issued == MADE_UP, row["title"]


@pytest.mark.parametrize("code", annual.BODIES)
def test_annual_reports_add_up_from_year_to_year(code: str) -> None:
    carried = None
    in_force = None
    for report in tables(code, usual=annual.BODIES[code], years=annual.YEARS):
        new, inherited, *leaves, concluded, left = report.applications
        for column in range(7):
            cells = [row[column] for row in leaves]
            assert sum(cells) == concluded[column]
            assert new[column] + inherited[column] == concluded[column] + left[column]
        assert all(sum(row[:-1]) == row[-1] for row in report.applications)
        assert all(sum(row[:-1]) == row[-1] for row in report.disputes.values())
        assert carried in (None, inherited)
        assert in_force in (None, report.in_force - report.made + report.repealed)
        carried, in_force = left, report.in_force


@pytest.mark.django_db
def test_no_row_is_rejected_or_needs_a_remark(loaded: Loaded) -> None:
    assert [rejection.reason for rejection in loaded.documents.rejected] == []
    assert loaded.documents.remark_count == 0
    assert loaded.documents.created == Document.objects.public(NOW).count()


@pytest.mark.django_db
def test_the_province_is_of_the_size_it_promises(loaded: Loaded) -> None:
    assert 55 <= Agency.objects.count() <= 70
    assert 280 <= Document.objects.count() <= 330
    assert Attachment.objects.count() == 12
    assert Agency.objects.filter(level="city", kind="government").count() == 3


@pytest.mark.django_db
def test_every_class_and_every_item_has_a_document(loaded: Loaded) -> None:
    documents = Document.objects.select_related("topic__parent")
    classes = {document.topic.parent or document.topic for document in documents if document.topic}
    assert classes == set(Topic.objects.filter(parent=None))
    items = documents.values_list("statutory_item", flat=True)
    assert set(STATUTORY_ITEMS) <= set(items)
    assert set(documents.values_list("column", flat=True)) == set(Column)
    for validity in (Validity.VALID, Validity.AMENDED, Validity.REPEALED, Validity.EXPIRED):
        assert documents.filter(validity=validity).exists()


@pytest.mark.django_db
def test_interpretations_are_linked_to_what_they_interpret(loaded: Loaded) -> None:
    named = {row["title"]: row["interprets"] for _n, row in catalogue.rows() if "interprets" in row}
    for title, number in named.items():
        interpretation = Document.objects.select_related("interprets").get(title=title)
        assert interpretation.interprets
        assert interpretation.interprets.document_number == number
    assert len(named) >= 6


@pytest.mark.django_db
def test_tables_arrive_as_tables(loaded: Loaded) -> None:
    guide = Document.objects.get(document_number="明政办发〔2026〕12号")
    assert '<th scope="col">住宅层数</th>' in guide.body_html
    assert "<td>18.0</td>" in guide.body_html
    assert {attachment.name for attachment in guide.attachments.all()} == {
        "附件1 加装电梯申请表.docx",
        "附件2 办理流程图.pdf",
        "附件3 办理材料清单.txt",
    }


@pytest.mark.django_db
def test_each_body_has_a_guide_and_a_valid_credit_code(loaded: Loaded) -> None:
    bodies = Agency.objects.all()
    assert all(is_credit_code(body.uscc) for body in bodies)
    assert all(body.guide_access and body.guide_updated_on for body in bodies)
    assert len({body.guide_access for body in bodies}) == len(bodies)
    assert set(ReadingPlace.objects.values_list("kind", flat=True)) == set(ReadingPlace.Kind)


@pytest.mark.django_db
@pytest.mark.parametrize("person", PEOPLE, ids=lambda person: person.email)
def test_each_sign_in_works_and_has_the_role_it_says(loaded: Loaded, person: Person) -> None:
    _label, email, password = sign_ins()[PEOPLE.index(person)]
    assert len(password) >= 10
    user = authenticate(RequestFactory().post("/"), username=email, password=password)
    assert isinstance(user, User)
    assert EmailAddress.objects.get(user=user).verified
    held = [(held.role, held.agency.code) for held in Membership.objects.filter(user=user)]
    assert held == ([(person.role, person.agency)] if person.role else [])
    assert user.is_superuser == person.is_administrator
    assert user.is_staff == bool(person.role or person.is_administrator)


@pytest.mark.django_db
def test_a_second_run_changes_nothing(loaded: Loaded) -> None:
    assert is_loaded()
    entries = Entry.objects.count()
    call_command("demo")
    assert Entry.objects.count() == entries


@pytest.mark.django_db
def test_loading_once_more_doubles_nothing(loaded: Loaded) -> None:
    """As when a new edition comes, or the first load was cut short."""
    again = load(at=NOW)
    assert (again.bodies, again.reading_places, again.people) == (0, 0, 0)
    assert again.documents.created == again.documents.updated == 0
    assert again.documents.unchanged == loaded.documents.created
