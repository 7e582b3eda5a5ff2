from datetime import timedelta
from xml.etree import ElementTree as ET

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from tests.factories.agencies import AgencyFactory
from tests.factories.disclosure import DocumentFactory, TopicFactory

pytestmark = pytest.mark.django_db

ATOM = {"a": "http://www.w3.org/2005/Atom"}


def titles(client: Client, address: str) -> list[str | None]:
    root = ET.fromstring(client.get(address).content)  # noqa: S314  our own answer
    return [title.text for title in root.findall("a:entry/a:title", ATOM)]


def test_it_carries_what_is_public_newest_first(client: Client) -> None:
    DocumentFactory(title="先", published_at=timezone.now() - timedelta(days=2))
    DocumentFactory(title="后", published_at=timezone.now() - timedelta(days=1))
    DocumentFactory(title="明天", published_at=timezone.now() + timedelta(days=1))

    assert titles(client, "/feed/") == ["后", "先"]


def test_a_body_s_feed_takes_in_those_beneath(client: Client) -> None:
    body = AgencyFactory()
    DocumentFactory(title="下级的", agency=AgencyFactory(parent=body))
    DocumentFactory(title="别处的")

    assert titles(client, f"/agencies/{body.code}/feed/") == ["下级的"]


def test_a_topic_has_its_own_feed(client: Client) -> None:
    topic = TopicFactory()
    DocumentFactory(title="本类的", topic=topic)
    DocumentFactory(title="别类的")

    assert titles(client, f"/topics/{topic.code}/feed/") == ["本类的"]


@pytest.mark.parametrize("address", ["/agencies/none/feed/", "/topics/none/feed/"])
def test_nothing_known_has_no_feed(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


def test_characters_xml_forbids_do_not_break_it(client: Client) -> None:
    DocumentFactory(title="含控制符\x0b的标题")

    assert len(titles(client, "/feed/")) == 1


def test_it_asks_one_question(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(3):
        DocumentFactory()

    with django_assert_num_queries(1):
        client.get("/feed/")
