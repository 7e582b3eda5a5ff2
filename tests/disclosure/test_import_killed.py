"""A kill in the middle of an import loses nothing that was committed, and doubles nothing."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psycopg2
import pytest
from django.db import connection as django_connection
from psycopg2.extensions import connection
from pytest_django import DjangoDbBlocker

from tests.addresses import database_address

MANAGE = Path(__file__).parent.parent.parent / "manage.py"
TOTAL = 1_900  # rows: four batches
PATIENCE = 60  # seconds


@pytest.fixture
def own_database(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[dict[str, str]]:
    """The environment of a process with a database of its own, fresh and migrated."""
    with django_db_blocker.unblock():
        known = django_connection.get_connection_params()
        name = f"{known['dbname']}_killed"
        address = database_address(name)
    server = {key: known[key] for key in ("host", "port", "user", "password") if key in known}
    drop = f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'
    with closing(psycopg2.connect(dbname="postgres", **server)) as admin:
        admin.autocommit = True
        with admin.cursor() as cursor:
            cursor.execute(drop)
            cursor.execute(f'CREATE DATABASE "{name}"')
            environment = {**os.environ, "DATABASE_URL": address}
            subprocess.run(
                [sys.executable, str(MANAGE), "migrate", "-v0"], env=environment, check=True
            )
            yield environment
            cursor.execute(drop)


@pytest.fixture
def watch(own_database: dict[str, str]) -> Iterator[connection]:
    with closing(psycopg2.connect(own_database["DATABASE_URL"])) as opened:
        opened.autocommit = True
        yield opened


def counts(watch: connection) -> tuple[int, ...]:
    """Documents, and how many of their titles and index numbers differ."""
    with watch.cursor() as cursor:
        cursor.execute(
            "SELECT count(*), count(DISTINCT title), count(DISTINCT index_number)"
            " FROM disclosure_document"
        )
        return cursor.fetchone() or (0,)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    row = {"agency": "甲省人民政府", "issued_on": "2026-01-05", "body": "正文。\n" * 60}
    path = tmp_path / "many.jsonl"
    with path.open("w") as file:
        for n in range(TOTAL):
            named = {"title": f"通知{n}", "document_number": f"甲政〔2026〕{n}号"}
            file.write(json.dumps(row | named) + "\n")
    return path


def killed_when_something_is_there(
    run: list[str], environment: dict[str, str], watch: connection
) -> None:
    process = subprocess.Popen(
        run, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    deadline = time.monotonic() + PATIENCE
    while not counts(watch)[0] and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.02)
    process.send_signal(signal.SIGKILL)
    process.wait()


def test_an_import_killed_half_way_is_finished_by_the_next(
    own_database: dict[str, str], watch: connection, source: Path, tmp_path: Path
) -> None:
    environment = {**own_database, "DATA_DIR": str(tmp_path)}
    run = [sys.executable, str(MANAGE), "import_records", str(source), "--create-agencies"]

    killed_when_something_is_there(run, environment, watch)
    left = counts(watch)[0]
    again = subprocess.run(run, env=environment, capture_output=True, text=True, check=True)

    assert 0 < left < TOTAL
    assert again.stdout.split("\n")[0] == f"created {TOTAL - left}"
    assert again.stdout.split("\n")[2] == f"unchanged {left}"
    assert counts(watch) == (TOTAL, TOTAL, TOTAL)
