"""The index follows the change log, whatever happens on the way."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils import timezone

from search import follower
from search.engine import generations
from search.follower import catch_up
from search.models import Change, LogStart
from search.selectors import Hit, IndexUnavailableError, find, freshness
from search.services import mark_changed, prune
from tests.addresses import database_address
from tests.search.shelf import PUBLISHED

AT = PUBLISHED + timedelta(days=1)
# Only this app's tables are emptied afterwards; what migrations load elsewhere stays.
committed = pytest.mark.django_db(transaction=True, available_apps=["search"])


def total(text: str = "") -> int:
    return find(text, at=AT).total


def settle(expected: int) -> None:
    """Catch up by exactly so many rows; somebody else's transaction may hold them back a while."""
    done = 0

    def caught_up() -> bool:
        nonlocal done
        done += catch_up() or 0
        return done >= expected and not freshness().pending

    until(caught_up)
    assert done == expected


def rename(first: int, last: int, *, to: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE shelf SET title = %s || id WHERE id BETWEEN %s AND %s", [to, first, last]
        )
        mark_changed("shelf", range(first, last + 1))


def until(true: Callable[[], bool], seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        with suppress(IndexUnavailableError):
            if true():
                return
        time.sleep(0.02)
    pytest.fail("it did not come about in time")


@contextmanager
def open_transaction() -> Iterator[BaseDatabaseWrapper]:
    other = connection.copy()
    other.set_autocommit(False)
    try:
        yield other
    finally:
        other.close()


@contextmanager
def following() -> Iterator[subprocess.Popen[bytes]]:
    """`manage.py follow_index` in a process of its own."""
    process = subprocess.Popen(
        [sys.executable, "manage.py", "follow_index"],
        cwd=settings.BASE_DIR,
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tests.search.shelf_settings",
            "DATABASE_URL": database_address(),
            "SEARCH_INDEX_DIR": str(settings.SEARCH_INDEX_DIR),
        },
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


@committed
def test_what_changed_is_indexed_and_what_went_is_taken_out(shelf: Path) -> None:
    assert catch_up() == 3000
    rename(1, 10, to="防汛")
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM shelf WHERE id BETWEEN 11 AND 20")
    mark_changed("shelf", range(11, 21))
    mark_changed("gone_from_the_settings", [1])
    settle(21)
    assert (total("防汛"), total()) == (10, 2990)
    assert catch_up() == 0


@committed
def test_a_transaction_that_commits_late_is_not_lost(shelf: Path) -> None:
    catch_up()
    with open_transaction() as slow:
        with slow.cursor() as cursor:
            cursor.execute("UPDATE shelf SET title = '迟到' WHERE id = 1")
            cursor.execute("INSERT INTO search_change (source, object_id) VALUES ('shelf', 1)")
        rename(2, 2, to="准时")
        catch_up()
        # What began before it may still be written to: the other waits for it.
        assert (total("迟到"), total("准时")) == (0, 0)
        assert freshness().pending == 1
        slow.commit()
    settle(2)
    assert (total("迟到"), total("准时")) == (1, 1)
    assert freshness().pending == 0


@committed
def test_a_row_written_while_the_index_is_built_is_not_lost(
    shelf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was read before it changed, and the change came after the place in the log was taken."""
    read = follower.Follower._read_everything

    def slowly(self: follower.Follower, *args: object) -> int:
        rows = read(self, *args)  # type: ignore[arg-type]
        rename(1, 5, to="其间")
        return rows

    monkeypatch.setattr(follower.Follower, "_read_everything", slowly)
    settle(3005)
    assert (total("其间"), total()) == (5, 3000)


@committed
def test_a_follower_killed_in_the_middle_loses_and_doubles_nothing(shelf: Path) -> None:
    with following():
        until(lambda: total() == 3000)
        for turn in range(20):
            rename(turn * 150 + 1, turn * 150 + 150, to="改动")
        until(lambda: total("改动") > 0)
    for turn in range(3):
        with following() as process:
            rename(1, 3000, to=f"第{turn}次改动")
            # Killed at another point of the batch each time: reading, writing, committing.
            time.sleep(0.9 + 0.15 * turn)
            process.send_signal(signal.SIGKILL)
            process.wait()
    with following():
        until(lambda: total("第2次改动") == 3000)
    assert total() == 3000
    rows = {hit.object_id for page in range(30) for hit in _page(page)}
    assert rows == set(range(1, 3001))


def _page(number: int) -> list[Hit]:
    return list(find("", at=AT, offset=number * 100, limit=100).hits)


@committed
def test_a_follower_killed_before_it_wrote_its_place_applies_the_batch_again(
    shelf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    catch_up()
    rename(1, 10, to="再来")
    with monkeypatch.context() as patch:
        patch.setattr(generations, "write_position", _power_cut)
        with pytest.raises(OSError, match="power cut"):
            settle(10)
    assert total("再来") == 10
    settle(10)
    assert (total("再来"), total()) == (10, 3000)


def _power_cut(*_args: object) -> None:
    raise OSError("power cut")


@committed
def test_an_index_deleted_under_a_running_follower_comes_back(shelf: Path) -> None:
    with following() as process:
        until(lambda: total() == 3000)
        # At once, for the follower may be writing in it.
        shutil.rmtree(shelf.rename(shelf.with_name("deleted")))
        until(lambda: total() == 3000)
        rename(1, 1, to="还在")
        until(lambda: total("还在") == 1, seconds=5)
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0


@committed
def test_a_follower_outlives_the_loss_of_its_connection(shelf: Path) -> None:
    with following() as process:
        until(lambda: total() == 3000)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        rename(1, 1, to="重连")
        until(lambda: total("重连") == 1)
        assert process.poll() is None


@committed
def test_an_index_behind_the_start_of_the_log_is_built_anew(shelf: Path) -> None:
    catch_up()
    rename(1, 10, to="剪短")
    until(lambda: bool(prune(before=timezone.now() + timedelta(minutes=1))))
    assert not Change.objects.exists()
    assert catch_up() == 3000
    assert total("剪短") == 10
    assert catch_up() == 0


@committed
def test_pruning_leaves_what_was_applied_alone(shelf: Path) -> None:
    catch_up()
    rename(1, 10, to="剪短")
    settle(10)
    assert prune(before=PUBLISHED) == 0
    assert not LogStart.objects.exists()
    prune(before=timezone.now() + timedelta(minutes=1))
    assert catch_up() == 0


@committed
def test_an_index_of_another_database_is_built_anew(shelf: Path) -> None:
    catch_up()
    generation = generations.current(shelf)
    assert generation
    generations.write_position(generation, generations.Position("elsewhere", 5, 0))
    assert catch_up() == 3000
