"""The first page of the desk: who one is here, what one may do, and what waits."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from agencies.models import Agency
from tests.factories.agencies import AgencyFactory
from tests.factories.disclosure import DocumentFactory

pytestmark = pytest.mark.django_db


def opened(client: Client, official: User) -> str:
    client.force_login(official)
    return client.get(reverse("admin:index")).content.decode()


def test_it_says_what_the_official_may_do_and_where(
    client: Client, clerk: User, body: Agency
) -> None:
    page = opened(client, clerk)

    assert f"{body} · 经办人" in page
    assert "起草文件" in page


def test_it_counts_the_drafts_of_the_officials_bodies(
    client: Client, clerk: User, body: Agency
) -> None:
    DocumentFactory.create_batch(2, agency=body, published_at=None)
    DocumentFactory(agency=body)
    DocumentFactory(agency=AgencyFactory(), published_at=None)

    assert "2件草稿没有发布" in opened(client, clerk)


def test_the_list_is_narrowed_to_drafts(client: Client, clerk: User, body: Agency) -> None:
    DocumentFactory(agency=body, published_at=None, title="草稿一")
    DocumentFactory(agency=body, title="发布的")
    client.force_login(clerk)
    address = reverse("admin:disclosure_document_changelist")

    drafts = client.get(address, {"status": "draft"}).content.decode()
    public = client.get(address, {"status": "published"}).content.decode()

    assert ("草稿一" in drafts, "发布的" in drafts) == (True, False)
    assert ("草稿一" in public, "发布的" in public) == (False, True)
