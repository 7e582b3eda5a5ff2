from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection
from pytest_django import Settings

from search.source import sources
from tests.search.shelf import Memory, memory


@pytest.fixture
def things(index: Path, settings: Settings, db: None) -> Iterator[Memory]:
    """An empty source; search.follower.catch_up(rebuild=True) indexes what was put in."""
    settings.SEARCH_SOURCES = ["tests.search.shelf.memory"]
    memory.things.clear()
    sources.cache_clear()
    yield memory
    sources.cache_clear()


@pytest.fixture
def shelf(index: Path, settings: Settings, transactional_db: None) -> Iterator[Path]:
    """The table `shelf` of 1 to 3000, in the database for every process to see."""
    settings.SEARCH_SOURCES = ["tests.search.shelf.shelf"]
    sources.cache_clear()
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS shelf")
        cursor.execute("CREATE TABLE shelf (id bigint PRIMARY KEY, title text NOT NULL)")
        cursor.execute(
            "INSERT INTO shelf SELECT n, '关于第' || n || '号事项的通知'"
            " FROM generate_series(1, 3000) AS n"
        )
    yield index
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE shelf")
    sources.cache_clear()
