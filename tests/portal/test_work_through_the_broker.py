"""A worker process does what was sent to it, through either broker, also after it was killed."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from tests.addresses import database_address

ROOT = Path(__file__).resolve().parents[2]
SEND = "from portal.tasks import clear_sessions; clear_sessions.delay()"

committed = pytest.mark.django_db(transaction=True, available_apps=["django.contrib.sessions"])


@pytest.fixture
def redis() -> Iterator[str]:
    """The one of BROKER_URL, or one of our own where Redis is installed."""
    if given := os.environ.get("BROKER_URL"):
        yield given
        return
    server = shutil.which("redis-server")
    if not server:
        pytest.skip("Redis is not installed, and BROKER_URL names none")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [server, "--port", str(port), "--bind", "127.0.0.1", "--save", ""],
        stdout=subprocess.DEVNULL,
    )
    yield f"redis://127.0.0.1:{port}/0"
    process.kill()
    process.wait()


@pytest.fixture(params=["filesystem", "redis"])
def environment(request: pytest.FixtureRequest, tmp_path: Path) -> dict[str, str]:
    found = {k: v for k, v in os.environ.items() if k not in {"BROKER_URL", "CACHE_URL"}}
    found |= {
        "DJANGO_SETTINGS_MODULE": "portal.settings.local",
        "DATA_DIR": str(tmp_path),
    }
    if request.param == "redis":
        found["BROKER_URL"] = request.getfixturevalue("redis")
    return found


@contextmanager
def worker(environment: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(
        [sys.executable, "-m", "celery", "-A", "portal", "-q", "worker", "--pool", "solo"],
        cwd=ROOT,
        env=environment,
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def send(environment: dict[str, str]) -> None:
    code = f"import django; django.setup(); {SEND}"
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, check=True)


def until(happened: Callable[[], bool], seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < deadline
        time.sleep(0.1)


def leave_an_old_session() -> None:
    Session.objects.create(
        session_key="old", session_data="", expire_date=timezone.now() - timedelta(days=1)
    )


def is_cleared() -> bool:
    return not Session.objects.filter(session_key="old").exists()


@committed
def test_a_worker_does_what_was_sent_before_and_after_it_was_killed(
    environment: dict[str, str],
) -> None:
    environment["DATABASE_URL"] = database_address()
    leave_an_old_session()
    send(environment)  # nobody is there yet: the message waits
    with worker(environment) as first:
        until(is_cleared)
        first.send_signal(signal.SIGKILL)
    leave_an_old_session()
    with worker(environment):
        send(environment)
        until(is_cleared)
