"""`manage.py up` on an empty data folder: it serves, it mends, and it leaves nothing running."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from portal.runner.supervisor import MOST_FAILURES, KeepsDyingError, Process, Supervisor

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def portal(open_folder: Path) -> Iterator["Portal"]:
    portal = Portal(open_folder)
    yield portal
    portal.end(signal.SIGKILL)


class Portal:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = _free_port()
        self.process: subprocess.Popen[str] | None = None

    @property
    def environment(self) -> dict[str, str]:
        unset = {"DATABASE_URL", "BROKER_URL", "CACHE_URL", "MEDIA", "SEARCH_INDEX_DIR"}
        kept = {k: v for k, v in os.environ.items() if k not in unset}
        return kept | {
            "DJANGO_SETTINGS_MODULE": "portal.settings.local",
            "DATA_DIR": str(self.folder),
            "DEMO": "0",
            "PORT": str(self.port),
        }

    def start(self, **changes: str) -> None:
        with (self.folder / "said").open("w") as said:
            self.process = subprocess.Popen(
                [sys.executable, "manage.py", "up"],
                cwd=ROOT,
                env=self.environment | changes,
                stdout=said,
                stderr=said,
                start_new_session=True,
                text=True,
            )

    def get(self, path: str) -> bytes:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=5) as answer:
            return bytes(answer.read())

    def wait(self, path: str = "/healthz") -> bytes:
        deadline = time.monotonic() + 60
        while True:
            try:
                return self.get(path)
            except OSError:
                assert self.process
                assert self.process.poll() is None, (self.folder / "said").read_text()
                assert time.monotonic() < deadline, (self.folder / "said").read_text()
                time.sleep(0.1)

    def processes(self) -> dict[int, str]:
        """All that belong to this portal, its database server among them."""
        assert self.process
        found = {}
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                words = (folder / "cmdline").read_bytes().decode().replace("\0", " ")
                state, _parent, group = (folder / "stat").read_text().rpartition(")")[2].split()[:3]
            except OSError:
                continue
            ours = int(group) == self.process.pid or str(self.folder) in words
            if ours and state != "Z":
                found[int(folder.name)] = words
        return found

    def pid_of(self, word: str) -> int:
        return next(pid for pid, words in self.processes().items() if word in words)

    def end(self, number: signal.Signals) -> int:
        assert self.process
        if self.process.poll() is None:
            os.killpg(self.process.pid, number)
        return self.process.wait(30)

    def is_gone(self) -> bool:
        deadline = time.monotonic() + 15
        while self.processes() and time.monotonic() < deadline:
            time.sleep(0.1)
        return not self.processes()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_it_serves_mends_and_ends(portal: Portal) -> None:
    portal.start()
    assert portal.wait() == b"ok\n"
    _all_four_run(portal)

    os.kill(portal.pid_of("follow_index"), signal.SIGKILL)
    time.sleep(0.5)
    _all_four_run(portal)

    assert portal.end(signal.SIGINT) == 0, (portal.folder / "said").read_text()
    assert not portal.processes()
    said = (portal.folder / "said").read_text()
    assert f"http://127.0.0.1:{portal.port}/" in said
    assert "follower ended unexpectedly" in said
    assert "Traceback" not in said


def test_it_starts_again_after_everything_was_killed(portal: Portal) -> None:
    portal.start()
    portal.wait()
    portal.end(signal.SIGKILL)
    portal.start()
    database = json.loads(portal.wait("/readyz"))["database"]
    assert database == {"ok": True}

    # And if it alone is killed, its children do not outlive it.
    assert portal.process
    os.kill(portal.process.pid, signal.SIGKILL)
    portal.process.wait()
    assert portal.is_gone(), portal.processes()


def test_where_bodies_are_already_it_serves_them_without_the_demonstration(
    portal: Portal, tmp_path: Path
) -> None:
    roll = tmp_path / "roll.csv"
    roll.write_text("code,name,level,parent,kind\nJS,甲省人民政府,province,,government\n")
    command = [sys.executable, "manage.py", "import_agencies", str(roll)]
    subprocess.run(command, cwd=ROOT, env=portal.environment, check=True, capture_output=True)

    portal.start(DEMO="1")

    assert "甲省人民政府" in portal.wait("/agencies/").decode()
    portal.end(signal.SIGINT)
    said = (portal.folder / "said").read_text()
    assert "The demonstration was not loaded" in said
    assert "Sign in as" not in said


def test_a_port_in_use_is_named(portal: Portal) -> None:
    with socket.socket() as taken:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        taken.bind(("127.0.0.1", portal.port))
        taken.listen()
        portal.start()
        assert portal.process
        assert portal.process.wait(30) == 1
    assert f"Cannot listen on 127.0.0.1:{portal.port}" in (portal.folder / "said").read_text()


def test_what_keeps_dying_ends_the_rest_and_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("portal.runner.supervisor.FIRST_DELAY", 0.01)
    said: list[str] = []
    supervisor = Supervisor(ROOT, said.append)
    supervisor.add(
        Process("steady", [sys.executable, "-c", "import time; time.sleep(60)"]),
        Process("broken", [sys.executable, "-c", "raise SystemExit(3)"]),
    )
    with pytest.raises(KeepsDyingError, match="broken keeps ending, the last time with status 3"):
        supervisor.run()
    supervisor.stop()
    assert len(said) == MOST_FAILURES - 1
    assert not any(process.is_running for process in supervisor.processes)


def test_what_does_not_end_when_asked_is_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("portal.runner.supervisor.GRACE", 0.3)
    deaf = "import signal, time; signal.signal(15, signal.SIG_IGN); print(1); time.sleep(60)"
    supervisor = Supervisor(ROOT, print)
    supervisor.add(Process("deaf", [sys.executable, "-c", deaf]))
    time.sleep(0.3)
    supervisor.stop()
    assert not supervisor.processes[0].is_running


def _all_four_run(portal: Portal) -> None:
    wanted = ("granian", "celery -A portal -q worker", "celery -A portal -q beat", "follow_index")
    deadline = time.monotonic() + 20
    while True:
        running = " ".join(portal.processes().values())
        missing = [word for word in wanted if word not in running]
        if not missing:
            return
        assert time.monotonic() < deadline, (missing, (portal.folder / "said").read_text())
        time.sleep(0.1)
