import pytest
from django.test import Client

from disclosure.sitemaps import DocumentSitemap
from tests.factories.disclosure import DocumentFactory, TopicFactory

pytestmark = pytest.mark.django_db


def test_it_lists_what_is_public_and_nothing_else(client: Client) -> None:
    shown = DocumentFactory()
    hidden = DocumentFactory(published_at=None)

    text = client.get("/sitemap-documents.xml").content.decode()

    assert f"<loc>http://testserver{shown.get_absolute_url()}</loc>" in text
    assert hidden.get_absolute_url() not in text


def test_bodies_topics_and_pages_are_on_it(client: Client) -> None:
    topic = TopicFactory()
    document = DocumentFactory(topic=topic)

    assert document.agency.code in client.get("/sitemap-agencies.xml").content.decode()
    assert topic.code in client.get("/sitemap-topics.xml").content.decode()
    assert "/guide/" in client.get("/sitemap-pages.xml").content.decode()


def test_the_index_names_a_page_for_every_so_many(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(DocumentSitemap, "limit", 2)
    for _ in range(3):
        DocumentFactory()

    index = client.get("/sitemap.xml").content.decode()

    assert "/sitemap-documents.xml?p=2" in index
    assert client.get("/sitemap-documents.xml?p=2").content.decode().count("<loc>") == 1


@pytest.mark.parametrize("address", ["/sitemap-none.xml", "/sitemap-documents.xml?p=9"])
def test_what_is_not_there_is_no_page(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404
