"""What may not stand in the tree: machines' paths, dead links, models ahead of migrations."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from tests.architecture.tree import PACKAGES, ROOT

TEXT = {
    ".py",
    ".pyi",
    ".md",
    ".toml",
    ".yml",
    ".yaml",
    ".html",
    ".txt",
    ".css",
    ".in",
    ".po",
    ".csv",
}
FOLDERS = (
    *PACKAGES,
    "templates",
    "static",
    "tests",
    "docs",
    "requirements",
    ".ci",
    "typings",
    "locale",
)
# Homes on somebody's machine.
MACHINE_PATH = re.compile(r"(?<![\w.])/(?:home|Users|root)/\w")
LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#\s]+)")


def texts() -> list[Path]:
    inner = [f for folder in FOLDERS for f in sorted((ROOT / folder).rglob("*"))]
    files = [f for f in (*sorted(ROOT.iterdir()), *inner) if f.is_file()]
    return [f for f in files if f.suffix in TEXT or f.parent.name == ".ci" or f.name == "Makefile"]


def test_no_file_names_a_folder_of_one_machine() -> None:
    found = [
        f"{file.relative_to(ROOT)}:{number}"
        for file in texts()
        for number, line in enumerate(file.read_text("utf-8").splitlines(), 1)
        if MACHINE_PATH.search(line)
    ]

    assert found == []


@pytest.mark.parametrize(
    "page", sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]), ids=lambda p: p.name
)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    links = LINK.findall(page.read_text("utf-8"))

    assert [link for link in links if not (page.parent / link).exists()] == []


def test_the_version_is_the_newest_of_the_list_of_changes() -> None:
    newest = re.search(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)

    assert newest
    assert newest[1] == settings.VERSION


@pytest.mark.django_db
def test_migrations_are_in_step_with_the_models() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
