"""One follower writes, many readers read."""

from datetime import timedelta
from pathlib import Path
from threading import Event, Thread

import pytest
from django.core.management import CommandError, call_command

from search import follower
from search.engine.lock import IndexLock
from search.follower import catch_up, follow
from search.management.commands import follow_index
from search.selectors import find, freshness
from search.services import mark_changed
from tests.search.shelf import PUBLISHED, Memory

AT = PUBLISHED + timedelta(days=1)


def total(text: str) -> int:
    return find(text, at=AT).total


def test_one_follower_has_the_index(things: Memory, index: Path) -> None:
    things.put("防汛")
    with IndexLock(index) as lock:
        assert lock.acquire()
        assert catch_up() is None
        with pytest.raises(CommandError, match="Another follower"):
            call_command("follow_index", "--once", "--rebuild")
    assert catch_up() == 1


def test_catching_up_beside_a_running_follower_waits_for_it(
    things: Memory, index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    things.put("防汛")
    catch_up()
    monkeypatch.setattr(follow_index, "PATIENCE", 0.1)
    with IndexLock(index) as lock:
        assert lock.acquire()
        call_command("follow_index", "--once")
        mark_changed("memory", [things.put("抗旱")])
        with pytest.raises(CommandError, match="does not catch up"):
            call_command("follow_index", "--once")


def test_a_stopped_rebuild_leaves_the_old_index(things: Memory, index: Path) -> None:
    things.put("防汛")
    catch_up()
    things.put("防汛")
    stop = Event()
    stop.set()
    follower.Follower(index, stop).rebuild()
    assert total("防汛") == 1
    catch_up(rebuild=True)
    assert total("防汛") == 2
    assert len([entry for entry in index.iterdir() if entry.is_dir()]) == 1


def test_readers_in_many_threads_see_one_commit_after_another(things: Memory) -> None:
    things.put("防汛")
    catch_up()
    seen: list[int] = []
    stop = Event()

    def read() -> None:
        while not stop.is_set():
            seen.append(find("防汛", at=AT).total)

    threads = [Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for _ in range(5):
        things.put("防汛")
        catch_up(rebuild=True)
    stop.set()
    for thread in threads:
        thread.join()
    assert total("防汛") == 6
    assert set(seen) <= set(range(1, 7))


def test_following_ends_when_told(things: Memory) -> None:
    stop = Event()
    stop.set()
    follow(stop)


def test_freshness_of_no_index(index: Path, db: None) -> None:
    assert not freshness().available
