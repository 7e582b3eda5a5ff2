"""The lock files are complete and point nowhere; what is asked for is used."""

import re
from importlib import metadata
from pathlib import Path

import pytest

from tests.architecture.tree import PACKAGES, ROOT, imports, modules, parsed

LOCKS = sorted((ROOT / "requirements").glob("*.txt"))
ASKED = re.compile(r"^([A-Za-z0-9][\w.-]*)(?:\[[\w,-]+\])?", re.MULTILINE)
# Used without being imported by name.
BY_SETTING = {
    "granian": "started by `manage.py up` and the container",
    "psycopg2-binary": "Django's PostgreSQL back end",
    "redis": "broker and cache, chosen by an address",
    "whitenoise": "middleware and storage, named in settings",
}


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_every_pin_is_exact_and_carries_hashes(lock: Path) -> None:
    lines = lock.read_text("utf-8").replace("\\\n", " ").splitlines()
    pins = [line for line in lines if line.strip() and not line.lstrip().startswith("#")]

    assert pins
    assert [pin for pin in pins if not re.match(r"^[\w.\[\],-]+==\S+ .*--hash=sha256:", pin)] == []


def test_no_index_is_named() -> None:
    files = sorted((ROOT / "requirements").iterdir())

    assert [
        f.name for f in files if re.search(r"https?://|--\w*-?index", f.read_text("utf-8"))
    ] == []


def test_every_requirement_is_used() -> None:
    asked = {
        name.lower()
        for name in ASKED.findall((ROOT / "requirements" / "base.in").read_text("utf-8"))
    }
    imported = {
        name.split(".")[0] for file in modules(*PACKAGES) for name, _line in imports(parsed(file))
    }
    settings = "".join(
        file.read_text("utf-8") for file in modules("portal/settings") if file.is_file()
    )
    distributions = metadata.packages_distributions()
    used = {
        distribution.lower().replace("_", "-")
        for package, names in distributions.items()
        if package in imported or f'"{package}' in settings
        for distribution in names
    }

    assert asked - used - BY_SETTING.keys() == set()
