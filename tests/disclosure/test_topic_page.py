import pytest
from django.test import Client

from tests.factories.disclosure import DocumentFactory, TopicFactory

pytestmark = pytest.mark.django_db


def test_a_topic_lists_what_is_public_of_it_and_its_children(client: Client) -> None:
    top = TopicFactory(name="科技、教育")
    child = TopicFactory(name="教育", parent=top)
    DocumentFactory(title="招生通知", topic=child)
    DocumentFactory(title="未公开的通知", topic=child, published_at=None)

    page = client.get(top.get_absolute_url()).content.decode()

    assert "招生通知" in page
    assert "未公开的通知" not in page
    assert child.get_absolute_url() in page


@pytest.mark.parametrize("code", ["none", "%00"])
def test_an_unknown_topic_is_no_page(client: Client, code: str) -> None:
    assert client.get(f"/topics/{code}/").status_code == 404
