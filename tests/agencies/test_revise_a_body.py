from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from agencies.models import Agency
from agencies.services import bodies
from audit.models import Entry
from tests.factories.agencies import AgencyFactory

AT = datetime(2026, 10, 12, 1, 30, tzinfo=UTC)
heard: list[list[int]] = []

pytestmark = pytest.mark.django_db


def listen(agency_ids: list[int], *, at: datetime) -> None:
    heard.append(agency_ids)


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with override("en"):
        yield


@pytest.fixture(autouse=True)
def listener(settings: Any) -> None:
    heard.clear()
    settings.AFTER_BODIES_MOVED = [f"{__name__}.listen"]


@pytest.fixture
def province() -> Agency:
    return AgencyFactory(code="P")


@pytest.fixture
def city(province: Agency) -> Agency:
    return AgencyFactory(code="C", parent=province, level="city")


@pytest.fixture
def county(city: Agency) -> Agency:
    return AgencyFactory(code="X", parent=city, level="county")


def paths() -> dict[str, str]:
    return dict(Agency.objects.values_list("code", "path"))


def test_a_body_is_registered_in_its_place_and_noted(city: Agency) -> None:
    assert city.path == "/P/C/"
    entry = Entry.objects.get(subject_id=str(city.pk))
    assert (entry.action, entry.actor) == ("agency.registered", "test")


def test_a_body_cannot_be_of_a_higher_level_than_its_parent(county: Agency) -> None:
    with pytest.raises(ValidationError, match="higher level"):
        AgencyFactory(parent=county, level="city")


def test_a_body_of_the_same_level_is_a_department(county: Agency) -> None:
    assert AgencyFactory(parent=county, level="county", kind="department").path.startswith(
        "/P/C/X/"
    )


@pytest.mark.parametrize("code", ["", "a b", "a/b", "a%", "汉", "C" * 33])
def test_a_code_can_stand_in_a_path(province: Agency, code: str) -> None:
    with pytest.raises(ValidationError):
        AgencyFactory(code=code, parent=province)


def test_a_tree_too_deep_for_its_paths_is_refused(province: Agency) -> None:
    parent = province
    for n in range(7):
        parent = AgencyFactory(code=f"{n}".rjust(32, "x"), parent=parent)
    with pytest.raises(ValidationError, match="too deep"):
        AgencyFactory(code="7".rjust(32, "x"), parent=parent)


def test_moving_a_body_moves_all_beneath_it_and_tells_who_asked(county: Agency) -> None:
    other = AgencyFactory(code="D", parent=Agency.objects.get(code="P"), level="city")
    office = AgencyFactory(code="Y", parent=county, level="county", kind="department")
    with CaptureQueriesContext(connection) as queries:
        bodies.move(county, parent=other, at=AT, actor="user:1")
    assert paths() == {"P": "/P/", "C": "/P/C/", "D": "/P/D/", "X": "/P/D/X/", "Y": "/P/D/X/Y/"}
    assert heard == [[county.pk, office.pk]]
    rewrites = [q for q in queries if q["sql"].startswith('UPDATE "agencies_agency"')]
    assert len(rewrites) == 2  # the body itself, and everything beneath it at once


def test_a_body_cannot_come_under_itself(province: Agency, county: Agency) -> None:
    for parent in (county, province):
        with pytest.raises(ValidationError, match="under itself"):
            bodies.move(province, parent=parent, at=AT, actor="user:1")
    assert not heard


def test_a_new_code_renames_every_path_beneath(city: Agency, county: Agency) -> None:
    bodies.revise(city, code="C2", at=AT, actor="user:1")
    assert paths() == {"P": "/P/", "C2": "/P/C2/", "X": "/P/C2/X/"}
    assert heard == [[city.pk, county.pk]]


def test_a_revision_notes_what_was_and_what_is(city: Agency) -> None:
    bodies.revise(city, phone="0000-0000000", name=city.name, at=AT, actor="user:1")
    entry = Entry.objects.latest("id")
    assert entry.details == {"phone": ["", "0000-0000000"]}
    assert not heard


def test_a_revision_that_changes_nothing_is_not_noted(city: Agency) -> None:
    before = Entry.objects.count()
    bodies.revise(city, name=city.name, at=AT, actor="user:1")
    assert Entry.objects.count() == before


def test_a_body_cannot_sink_below_what_is_beneath_it(city: Agency, county: Agency) -> None:
    with pytest.raises(ValidationError, match="beneath it"):
        bodies.revise(city, level="township", at=AT, actor="user:1")
