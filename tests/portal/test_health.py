"""Whoever watches the portal learns what fails, and nothing about why."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from portal import health
from portal.tasks import HEARTBEAT, beat_heart
from search.selectors import Freshness

pytestmark = pytest.mark.django_db

CURRENT = Freshness(available=True, pending=0, oldest_pending_at=None)


@pytest.fixture(autouse=True)
def index_state(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("search.selectors.freshness", lambda: CURRENT)


def test_the_process_answers_without_the_database(
    client: Client, django_assert_num_queries: pytest.FixtureRequest
) -> None:
    with django_assert_num_queries(0):  # type: ignore[operator]  # a fixture without a public type
        response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok\n")


def test_a_portal_whose_parts_work_is_ready(client: Client) -> None:
    response = client.get("/readyz")
    assert response.status_code == 200
    assert response.json()["ready"] is True
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("part", ["database", "broker", "index"])
def test_it_is_not_ready_without(
    client: Client, part: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> health.Part:
        raise ConnectionError("postgres://portal:secret@db/portal")

    monkeypatch.setattr(health, f"_{part}", broken)
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()[part] == {"ok": False}
    assert b"secret" not in response.content


def test_a_machine_without_an_index_is_not_ready(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    since = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
    none = Freshness(available=False, pending=12, oldest_pending_at=since)
    monkeypatch.setattr("search.selectors.freshness", lambda: none)
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["index"]["pending"] == 12


def test_a_worker_that_executes_tasks_is_seen(client: Client) -> None:
    beat_heart.delay()
    assert client.get("/readyz").json()["worker"]["ok"] is True


def test_a_silent_worker_is_told_but_pages_are_still_served(client: Client) -> None:
    cache.set(HEARTBEAT, timezone.now() - timedelta(minutes=10))
    response = client.get("/readyz")
    assert response.status_code == 200
    assert response.json()["worker"]["ok"] is False
