from datetime import UTC, datetime

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from disclosure.models import Document
from disclosure.rules.vocabulary import Publicity
from tests.factories.agencies import AgencyFactory
from tests.factories.disclosure import AttachmentFactory, DocumentFactory, TopicFactory

pytestmark = pytest.mark.django_db

LATER = datetime(2199, 1, 1, tzinfo=UTC)


def address(document: Document) -> str:
    return f"/api/v1/records/{document.index_number}/"


def test_a_record_is_told_in_full(client: Client) -> None:
    topic = TopicFactory(code="080", name="国土资源、能源")
    document = DocumentFactory(topic=topic, statutory_item=1, document_number="明政发〔2026〕3号")
    file = AttachmentFactory(document=document)
    told = client.get(address(document)).json()
    assert told["index_number"] == document.index_number
    assert told["agency"] == {"code": document.agency.code, "name": document.agency.name}
    assert told["topic"] == {"code": "080", "name": "国土资源、能源"}
    assert told["item"] == 1
    assert told["issued_on"] == "2026-03-01"
    assert told["published_at"] == "2026-03-09T09:00:00+08:00"
    assert told["body_text"] == document.body_text
    assert told["url"] == f"http://testserver{address(document)}"
    assert told["html_url"] == f"http://testserver{document.get_absolute_url()}"
    assert [each["sha256"] for each in told["attachments"]] == [file.sha256]
    assert told["attachments"][0]["url"].startswith("http://testserver/")
    assert told["interprets"] is None


def test_a_record_and_its_interpretation_name_each_other(client: Client) -> None:
    policy = DocumentFactory()
    reading = DocumentFactory(interprets=policy)
    DocumentFactory(interprets=policy, published_at=LATER)
    DocumentFactory(interprets=policy, published_at=None)
    readings = client.get(address(policy)).json()["interpretations"]
    assert [each["index_number"] for each in readings] == [reading.index_number]
    told = client.get(address(reading)).json()["interprets"]
    assert told["index_number"] == policy.index_number


@pytest.mark.parametrize(
    "fields",
    [
        {"published_at": None},
        {"published_at": LATER},
        {"published_at": None, "publicity": Publicity.WITHHELD},
        {"published_at": None, "publicity": Publicity.ON_APPLICATION},
    ],
)
def test_what_is_not_public_is_not_found(client: Client, fields: dict[str, object]) -> None:
    document = DocumentFactory(**fields)
    assert client.get(address(document)).status_code == 404


def test_the_policy_an_interpretation_is_about_stays_unnamed_until_it_is_public(
    client: Client,
) -> None:
    reading = DocumentFactory(interprets=DocumentFactory(published_at=LATER))
    assert client.get(address(reading)).json()["interprets"] is None


def test_the_last_slash_may_be_left_off(client: Client) -> None:
    document = DocumentFactory(index_number="MC0000000/2026/3-00001")
    with_slash = client.get("/api/v1/records/MC0000000/2026/3-00001/")
    without = client.get("/api/v1/records/MC0000000/2026/3-00001")
    encoded = client.get("/api/v1/records/MC0000000%2F2026%2F3-00001")
    assert with_slash.status_code == without.status_code == encoded.status_code == 200
    assert without.json()["index_number"] == document.index_number
    assert with_slash.content == without.content == encoded.content


def test_who_has_it_already_is_told_so_in_one_query(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    document = DocumentFactory(agency=AgencyFactory(parent=AgencyFactory()))
    AttachmentFactory.create_batch(3, document=document)
    DocumentFactory.create_batch(3, interprets=document)
    with django_assert_num_queries(6):
        first = client.get(address(document))
    with django_assert_num_queries(1):
        again = client.get(address(document), headers={"if-none-match": first["ETag"]})
    with django_assert_num_queries(1):
        since = client.get(address(document), headers={"if-modified-since": first["Last-Modified"]})
    assert (again.status_code, since.status_code) == (304, 304)
    assert again["ETag"] == first["ETag"]
    assert "public" in again["Cache-Control"]


def test_every_change_that_shows_makes_it_new(client: Client) -> None:
    document = DocumentFactory()

    def tag() -> str:
        return client.get(address(document))["ETag"]

    seen = [tag(), tag()]
    assert seen[0] == seen[1]
    AttachmentFactory(document=document)
    seen.append(tag())
    DocumentFactory(interprets=document)
    seen.append(tag())
    DocumentFactory(interprets=document, published_at=LATER)
    assert tag() == seen[-1]
    document.agency.name = "改名后的机关"
    document.agency.save()
    seen.append(tag())
    document.title = "新的标题"
    document.save()
    seen.append(tag())
    assert len(set(seen)) == 5


@pytest.mark.parametrize("number", ["%00", "a%00b", "%0a", "%F0%9F%98%80", "x" * 3000, "..%2f.."])
def test_an_odd_number_is_not_found(client: Client, number: str) -> None:
    response = client.get(f"/api/v1/records/{number}/")
    assert response.status_code == 404
    assert response["Content-Type"] == "application/problem+json"
