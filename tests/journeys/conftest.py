"""A whole portal of its own, as `manage.py up` runs it, and a browser that complains."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg2
import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from psycopg2.sql import SQL, Identifier

from tests.journeys.watch import WATCH, Watched

ROOT = Path(__file__).resolve().parents[2]
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WIDTHS = {"wide": 1280, "phone": 360}
START_PATIENCE = 180.0


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.journey)


@dataclass(frozen=True)
class Portal:
    address: str
    data: Path

    def ask(self, path: str) -> Any:
        with urllib.request.urlopen(f"{self.address}{path}", timeout=30) as answer:  # noqa: S310
            return json.load(answer)

    def last_mail(self, to: str) -> str:
        """The newest mail to an address, from the folder where mail is put."""
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            mails = sorted((self.data / "mail").glob("*"), key=lambda f: f.stat().st_mtime)
            for file in reversed(mails):
                if to in (text := file.read_text("utf-8")):
                    return text
            time.sleep(0.2)
        raise AssertionError(f"no mail to {to}")


@pytest.fixture(scope="session")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    data = tmp_path_factory.mktemp("portal")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with own_database() as database, (data / "log").open("w") as log:
        environment = {
            **os.environ,
            **database,
            "DJANGO_SETTINGS_MODULE": "portal.settings.local",
            "DATA_DIR": str(data),
            "DEMO": "1",
        }
        process = subprocess.Popen(
            [sys.executable, "manage.py", "up", "--port", str(port)],
            cwd=ROOT,
            env=environment,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            wait_until_ready(f"http://127.0.0.1:{port}", process, data / "log")
            yield Portal(f"http://127.0.0.1:{port}", data)
        finally:
            end(process)


@contextmanager
def own_database() -> Iterator[dict[str, str]]:
    """A database on the server of DATABASE_URL; without one the portal keeps its own server."""
    if not (given := os.environ.get("DATABASE_URL")):
        yield {}
        return
    name = f"journeys_{os.getpid()}"
    connection = psycopg2.connect(given)
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            cursor.execute(SQL("CREATE DATABASE {}").format(Identifier(name)))
            yield {"DATABASE_URL": urlunsplit(urlsplit(given)._replace(path=f"/{name}"))}
            cursor.execute(SQL("DROP DATABASE {} WITH (FORCE)").format(Identifier(name)))
    finally:
        connection.close()


def wait_until_ready(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{address}/readyz", timeout=10):  # noqa: S310
                return
        except OSError:
            time.sleep(0.3)
    raise AssertionError(f"the portal did not get ready:\n{log.read_text('utf-8')}")


def end(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGINT)
    try:
        process.wait(timeout=30)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """For one module: while its loop runs, Django's database refuses the thread."""
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if not chromium:
        if os.environ.get("CI") == "true":
            pytest.fail("Chromium is not installed")
        pytest.skip("Chromium is not installed; install it or name it in CHROMIUM")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield running
        running.close()


@pytest.fixture(params=WIDTHS)
def watched(request: pytest.FixtureRequest, browser: Browser, portal: Portal) -> Iterator[Watched]:
    """A fresh visitor at each width; whatever the browser complains of fails the test."""
    context = browser.new_context(
        base_url=portal.address,
        locale="zh-CN",
        viewport={"width": WIDTHS[request.param], "height": 800},
        is_mobile=request.param == "phone",
    )
    context.add_init_script(WATCH)
    context.set_default_timeout(15_000)
    visitor = Watched(context.new_page())
    yield visitor
    context.close()
    assert visitor.complaints == []


@pytest.fixture
def page(watched: Watched) -> Page:
    return watched.page


@pytest.fixture
def scriptless(browser: Browser, portal: Portal) -> Iterator[Page]:
    """A visitor whose browser runs no scripts."""
    context = browser.new_context(
        base_url=portal.address, locale="zh-CN", java_script_enabled=False
    )
    context.set_default_timeout(15_000)
    yield context.new_page()
    context.close()


@pytest.fixture
def fresh_address() -> str:
    """Nobody has registered with it: each run of each test has its own."""
    return f"visitor{time.time_ns()}@example.cn"
