"""The floors of docs/architecture.md hold, and the contract that says so has teeth."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.tree import PACKAGES, ROOT

LINT_IMPORTS = Path(sys.executable).with_name("lint-imports")


def lint_imports(tree: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [LINT_IMPORTS, "--no-cache", "--no-logo"],
        cwd=tree,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    for package in PACKAGES:
        shutil.copytree(
            ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__")
        )
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_every_app_imports_only_the_floors_beneath_it() -> None:
    answer = lint_imports(ROOT)

    assert answer.returncode == 0, answer.stdout


@pytest.mark.parametrize(
    ("module", "planted", "named"),
    [
        ("disclosure/selectors.py", "import portal.views", "disclosure.selectors -> portal.views"),
        ("search/services.py", "import agencies.models", "search.services -> agencies.models"),
        ("audit/selectors.py", "import search.models", "audit.selectors -> search.models"),
        (
            "deadlines/rules/dates.py",
            "from django.conf import settings",
            "deadlines.rules.dates -> django",
        ),
        (
            "disclosure/views/topics.py",
            "import disclosure.feeds",
            "disclosure.views.topics -> disclosure.feeds",
        ),
        (
            "disclosure/api/views.py",
            "import disclosure.views.topics",
            "disclosure.api.views -> disclosure.views.topics",
        ),
        (
            "agencies/models.py",
            "import agencies.services.bodies",
            "agencies.models -> agencies.services.bodies",
        ),
        ("disclosure/services/numbering.py", "import disclosure.forms", "-> disclosure.forms"),
    ],
)
def test_a_planted_upward_import_is_caught(
    copy: Path, module: str, planted: str, named: str
) -> None:
    file = copy / module
    file.write_text(f"{planted}\n{file.read_text(encoding='utf-8')}", encoding="utf-8")

    answer = lint_imports(copy)

    assert answer.returncode == 1
    assert named in answer.stdout
