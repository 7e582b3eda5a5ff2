"""The server lives as long as somebody uses it, and no crash leaves one behind."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg2
import pytest

from portal.private_postgres import binaries, keeper, launcher

ROOT = Path(__file__).resolve().parents[2]
# A process that uses the database of argv[1], says on which port it is, and does not end.
USER = """
import sys, time
from pathlib import Path
from portal.private_postgres import launcher
print(launcher.server(Path(sys.argv[1])).port, flush=True)
time.sleep(600)
"""

Use = Callable[[], "User"]


class User:
    def __init__(self, folder: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", USER, str(folder)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )

    def port(self) -> int:
        assert self.process.stdout
        return int(self.process.stdout.readline())

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()
        assert self.process.stdout
        self.process.stdout.close()


@pytest.fixture(scope="module")
def cluster_made_once(open_folder: Path) -> Path:
    """A data folder that stands, for the tests that are not about making one."""
    folder = open_folder / "postgres"
    launcher.server(folder)
    launcher.release(folder)
    return folder


@pytest.fixture
def folder(cluster_made_once: Path) -> Iterator[Path]:
    yield cluster_made_once
    launcher.release(cluster_made_once)
    assert eventually(lambda: keeper.running(cluster_made_once / "cluster") is None)


@pytest.fixture
def use(folder: Path) -> Iterator[Use]:
    users: list[User] = []

    def start() -> User:
        users.append(User(folder))
        return users[-1]

    yield start
    for user in users:
        user.kill()


def connect(folder: Path) -> psycopg2.extensions.connection:
    server = launcher.server(folder)
    connection = psycopg2.connect(
        host="127.0.0.1",
        port=server.port,
        user=keeper.ROLE,
        password=server.password,
        dbname=keeper.DATABASE,
    )
    connection.autocommit = True
    return connection


def ask(folder: Path, statement: str) -> object:
    connection = connect(folder)
    with connection.cursor() as cursor:
        cursor.execute(statement)
        found = cursor.fetchone() if cursor.description else None
    connection.close()
    return found


def eventually(holds: Callable[[], bool], seconds: float = 10.0) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if holds():
            return True
        time.sleep(0.05)
    return holds()


def test_it_keeps_chinese_text_and_checks_its_pages(folder: Path) -> None:
    found = ask(
        folder,
        "SELECT pg_encoding_to_char(encoding), datctype, current_setting('data_checksums'),"
        " current_setting('fsync') FROM pg_database WHERE datname = current_database()",
    )
    assert found == ("UTF8", "C.UTF-8", "on", "on")


def test_the_application_may_make_databases_but_is_no_superuser(folder: Path) -> None:
    rights = "SELECT rolcreatedb, rolsuper FROM pg_roles WHERE rolname = current_user"
    assert ask(folder, rights) == (True, False)


def test_nobody_enters_without_the_password(folder: Path) -> None:
    server = launcher.server(folder)
    with pytest.raises(psycopg2.OperationalError, match="password"):
        psycopg2.connect(host="127.0.0.1", port=server.port, user="postgres", dbname="postgres")
    assert (folder / "password").stat().st_mode & 0o077 == 0


def test_two_that_come_at_once_share_one_server(use: Use) -> None:
    first, second = use(), use()
    assert first.port() == second.port()


def test_it_stops_after_the_last_user_was_killed_and_not_before(folder: Path, use: Use) -> None:
    first, second = use(), use()
    first.port(), second.port()
    first.kill()
    time.sleep(4 * keeper.POLL)
    assert keeper.running(folder / "cluster")
    second.kill()
    assert eventually(lambda: keeper.running(folder / "cluster") is None)


def test_what_was_committed_outlives_a_killed_server(folder: Path) -> None:
    ask(folder, "CREATE TABLE IF NOT EXISTS kept AS SELECT 7 AS number")
    server = keeper.running(folder / "cluster")
    assert server
    os.kill(server, signal.SIGKILL)
    assert eventually(lambda: keeper.running(folder / "cluster") not in {None, server})
    assert eventually((folder / "port").exists)
    assert ask(folder, "SELECT number FROM kept") == (7,)


def test_a_killed_keeper_takes_its_server_along_and_a_new_one_comes(folder: Path) -> None:
    ask(folder, "SELECT 1")
    server = keeper.running(folder / "cluster")
    assert server
    os.kill(_parent(server), signal.SIGKILL)
    assert eventually(lambda: not launcher._has_keeper(folder.resolve()))
    assert ask(folder, "SELECT 1") == (1,)
    assert keeper.running(folder / "cluster") != server


@pytest.mark.parametrize("owner", ["the first process", "this test", "nobody"])
def test_a_pid_file_of_another_process_is_not_believed(folder: Path, owner: str) -> None:
    """After a crash in a container the number belongs to anybody."""
    pid = {"the first process": 1, "this test": os.getpid(), "nobody": 99999999}[owner]
    (folder / "cluster" / "postmaster.pid").write_text(f"{pid}\n{folder}\n")
    assert ask(folder, "SELECT 1") == (1,)
    launcher.release(folder)


def test_a_half_made_cluster_is_made_again(open_folder: Path) -> None:
    folder = open_folder / "interrupted"
    (folder / "cluster.new" / "base").mkdir(parents=True)
    folder.chmod(0o711)
    assert ask(folder, "SELECT 1") == (1,)
    launcher.release(folder)


def test_a_cluster_of_another_version_is_refused_by_name(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    present = binaries.find()
    monkeypatch.setattr(binaries, "_candidates", lambda: iter([present._replace(major=99)]))
    with pytest.raises(keeper.CannotStartError, match=rf"made by PostgreSQL {present.major}.*99"):
        launcher.server(folder)


def test_it_is_announced_on_standard_error_only(
    folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    launcher.server(folder)
    said = capfd.readouterr()
    assert str(folder) in said.err
    assert not said.out


@pytest.mark.skipif(os.geteuid() != 0, reason="only root runs the server as somebody else")
def test_root_opens_no_private_folder_for_it(open_folder: Path) -> None:
    home = open_folder / "home"
    home.mkdir(mode=0o700)
    folder = home / "data" / "postgres"
    assert ask(folder, "SELECT 1") == (1,)
    launcher.release(folder)
    assert home.stat().st_mode & 0o777 == 0o700
    assert folder.is_symlink()
    shutil.rmtree(folder.resolve())


def _parent(pid: int) -> int:
    return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
