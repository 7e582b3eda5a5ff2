"""What every test may ask for: people whose rights differ, a fresh index, and no way out."""

import ipaddress
import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from urllib.parse import urlsplit

import hypothesis
import pytest
from django.apps import apps
from django.core.cache import caches
from django.test import override_settings
from pytest_django import DjangoDbBlocker, Settings
from pytest_django.plugin import blocking_manager_key
from redis import Redis

from accounts.models import User
from agencies.models import Agency
from agencies.rules.bodies import Role
from portal import translations
from portal.catalogue import catalogue_path, is_stale
from tests.addresses import database_address
from tests.factories.accounts import OfficialFactory, UserFactory
from tests.factories.agencies import AgencyFactory, MembershipFactory

FIRST_OF_TESTS = 8  # databases of a shared Redis

# How long an example takes depends on who else uses the machine.
hypothesis.settings.register_profile("portal", deadline=None)
hypothesis.settings.load_profile("portal")


def pytest_configure() -> None:
    """Compile the catalogue where that has not been done since it last changed."""
    if is_stale():
        translations.compile_catalogue(catalogue_path())


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """A run that was broken off may have left a kept database empty."""
    with django_db_blocker.unblock():
        bring_back_what_migrations_brought()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item) -> Iterator[None]:
    """A test that commits empties the tables at its end, those too that migrations filled."""
    yield
    mark = item.get_closest_marker("django_db")
    emptied = {"transactional_db", "live_server"} & set(getattr(item, "fixturenames", ()))
    if emptied or (mark and mark.kwargs.get("transaction")):
        with item.config.stash[blocking_manager_key].unblock():
            bring_back_what_migrations_brought()


def bring_back_what_migrations_brought() -> None:
    for migration in ("disclosure.migrations.0002_topics", "deadlines.migrations.0002_known_years"):
        import_module(migration).load(apps, None)


@pytest.fixture(scope="session", autouse=True)
def own_folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Uploads and the index of this test process, beside nobody else's."""
    folder = tmp_path_factory.mktemp("data")
    with override_settings(MEDIA_ROOT=folder / "media", SEARCH_INDEX_DIR=folder / "index"):
        yield


@pytest.fixture(scope="session", autouse=True)
def no_way_out() -> Iterator[None]:
    """A test that reaches for another machine fails, and says for which."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: object) -> None:
        if isinstance(address, tuple) and not _is_this_machine(str(address[0])):
            raise AssertionError(f"a test wanted to connect to {address}")
        connect(self, address)  # type: ignore[arg-type]  # whatever a socket takes

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded)
        yield


@pytest.fixture(autouse=True)
def empty_caches() -> Iterator[None]:
    """Rate limits and cached answers of one test are not another's."""
    yield
    for cache in caches.all(initialized_only=True):
        cache.clear()


@pytest.fixture
def index(settings: Settings, tmp_path: Path) -> Path:
    """Where this test's search index will be; search.follower.catch_up fills it."""
    settings.SEARCH_INDEX_DIR = tmp_path / "index"
    return tmp_path / "index"


@pytest.fixture
def province(db: None) -> Agency:
    return AgencyFactory(code="MC", name="明川省人民政府")


@pytest.fixture
def body(province: Agency) -> Agency:
    """A department of the province, in which the clerk, the reviewer and the approver work."""
    return AgencyFactory(
        parent=province, code="MC-FGW", name="明川省发展和改革委员会", kind="department"
    )


@pytest.fixture
def citizen(db: None) -> User:
    return UserFactory()


@pytest.fixture
def clerk(body: Agency) -> User:
    return MembershipFactory(agency=body, role=Role.CLERK).user


@pytest.fixture
def reviewer(body: Agency) -> User:
    return MembershipFactory(agency=body, role=Role.REVIEWER).user


@pytest.fixture
def approver(body: Agency) -> User:
    return MembershipFactory(agency=body, role=Role.APPROVER).user


@pytest.fixture
def supervisor(province: Agency) -> User:
    """Of the province and every body beneath it."""
    return MembershipFactory(agency=province, role=Role.SUPERVISOR).user


@pytest.fixture
def stranger(db: None) -> User:
    """An official without a role in any of these bodies."""
    return OfficialFactory()


@pytest.fixture
def redis() -> Iterator[str]:
    """The one of BROKER_URL, or one of our own where Redis is installed.

    Of a shared one each test process has a database of its own, or workers of one would take
    the messages of another.
    """
    if given := os.environ.get("BROKER_URL"):
        number = os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")
        address = urlsplit(given)._replace(path=f"/{FIRST_OF_TESTS + int(number)}").geturl()
        Redis.from_url(address).flushdb()
        yield address
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
def broker(request: pytest.FixtureRequest, tmp_path: Path) -> dict[str, str]:
    """The environment of processes that talk through that broker to the database under test."""
    found = {k: v for k, v in os.environ.items() if k not in {"BROKER_URL", "CACHE_URL"}}
    found |= {
        "DJANGO_SETTINGS_MODULE": "portal.settings.local",
        "DATA_DIR": str(tmp_path),
        "DATABASE_URL": database_address(),
    }
    if request.param == "redis":
        found["BROKER_URL"] = request.getfixturevalue("redis")
    return found


def _is_this_machine(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
