"""A variable that makes no sense stops the start, with a hint."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "portal.settings.production",
    "SECRET_KEY": "QG3FYGZ5lHshbbZ1RjHJ9WsbIuzp5zcyQ8qJ2kV4ZT0aA7mXnE1dLr",
    "DATABASE_URL": "postgres://portal:secret@db.example/portal",
    "BROKER_URL": "redis://broker.example/0",
    "CACHE_URL": "redis://broker.example/1",
    "ALLOWED_HOSTS": "gongkai.example",
}
LOAD = "from django.conf import settings; settings.DEBUG"


def run(*command: str, **changes: str | None) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": os.environ["PATH"], **PRODUCTION}
    for name, value in changes.items():
        if value is None:
            del environment[name]
        else:
            environment[name] = value
    return subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("name", "value", "hint"),
    [
        ("DATABASE_URL", "sqlite:///portal.db", "postgres://user:password@host:5432/name"),
        ("DATABASE_URL", "postgres://db.example", "the database's name is missing"),
        ("DATABASE_URL", None, "production needs it"),
        ("BROKER_URL", "amqp://broker.example", "redis://"),
        ("BROKER_URL", None, "production needs it"),
        ("CACHE_URL", "memcached://cache.example", "redis://"),
        ("SECRET_KEY", None, "secrets.token_urlsafe"),
        ("SECRET_KEY", "secret", "50 characters"),
        ("ALLOWED_HOSTS", None, "production needs it"),
        ("ALLOWED_HOSTS", "*", "name the hosts"),
        ("DATA_DIR", "manage.py", "name a folder"),
        ("CONN_MAX_AGE", "soon", "a whole number from 0 to 86400"),
        ("WORKER_PROCESSES", "0", "from 1 to 64"),
        ("LOG_LEVEL", "loud", "DEBUG, INFO"),
        ("SECURE_SSL_REDIRECT", "perhaps", "1 or 0"),
    ],
)
def test_nonsense_is_refused_with_a_hint(name: str, value: str | None, hint: str) -> None:
    done = run("-c", LOAD, **{name: value})
    assert done.returncode == 1
    assert name in done.stderr
    assert hint in done.stderr
    assert "secret@" not in done.stderr


@pytest.mark.parametrize("name", ["DATABASE_URL", "BROKER_URL", "CACHE_URL"])
@pytest.mark.parametrize("address", ["mysql://portal:{}@db.example/portal", "portal:{}@db.example"])
@pytest.mark.parametrize("password", ["rosebud", "rose:bud", "rose@bud", "//rosebud"])
def test_a_refusal_keeps_the_password_to_itself(name: str, address: str, password: str) -> None:
    done = run("-c", LOAD, **{name: address.format(password)})
    assert done.returncode == 1
    assert f"{name}=" in done.stderr
    assert "bud" not in done.stderr


def test_a_secret_may_come_from_a_file(tmp_path: Path) -> None:
    file = tmp_path / "key"
    file.write_text(PRODUCTION["SECRET_KEY"] + "\n")
    done = run(
        "-c",
        "from django.conf import settings; print(settings.SECRET_KEY)",
        SECRET_KEY=None,
        SECRET_KEY_FILE=str(file),
    )
    assert done.stdout.strip() == PRODUCTION["SECRET_KEY"]


def test_production_passes_the_deployment_checks() -> None:
    done = run("manage.py", "check", "--deploy", "--fail-level", "WARNING")
    assert done.returncode == 0, done.stderr


def test_a_pattern_of_index_numbers_that_gives_one_number_twice_is_refused() -> None:
    done = run("manage.py", "check", INDEX_NUMBER_PATTERN="{organ}/{year}")

    assert done.returncode == 1
    assert "it lacks {serial}" in done.stderr


def test_mail_and_key_of_a_bare_start_are_for_its_owner(tmp_path: Path) -> None:
    done = run(
        "-c",
        "from django.conf import settings; print(len(settings.SECRET_KEY))",
        DJANGO_SETTINGS_MODULE="portal.settings.local",
        SECRET_KEY=None,
        DATA_DIR=str(tmp_path / "data"),
    )
    assert done.stdout.strip() == "67", done.stderr
    found = {path.name: path.stat().st_mode & 0o777 for path in (tmp_path / "data").iterdir()}
    assert found == {"secret_key": 0o600, "mail": 0o700}
