"""A body that moves takes the place of its documents in the index with it."""

from datetime import UTC, datetime

import pytest

from agencies.rules.bodies import Level
from agencies.services.bodies import move
from search.models import Change
from tests.factories.agencies import AgencyFactory
from tests.factories.disclosure import DocumentFactory

pytestmark = pytest.mark.django_db
AT = datetime(2026, 6, 1, tzinfo=UTC)


def test_documents_of_a_moved_subtree_are_indexed_anew() -> None:
    province = AgencyFactory()
    old, new = (AgencyFactory(parent=province, level=Level.CITY) for _ in range(2))
    county = AgencyFactory(parent=old, level=Level.COUNTY)
    beneath = AgencyFactory(parent=county, level=Level.COUNTY)
    moved = {DocumentFactory(agency=county).pk, DocumentFactory(agency=beneath).pk}
    DocumentFactory(agency=old)
    DocumentFactory(agency=county, published_at=None)
    Change.objects.all().delete()

    move(county, parent=new, at=AT, actor="test")

    assert set(Change.objects.values_list("object_id", flat=True)) == moved
