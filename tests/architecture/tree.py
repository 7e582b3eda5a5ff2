"""What the checks read: the project's own files, without what machines put beside them."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
APPS = ("disclosure", "agencies", "accounts", "deadlines", "notices", "search", "audit")
PACKAGES = ("portal", *APPS, "rest")
# The ways in: they may ask what time it is, and show what is public.
EDGES = {
    "adapters",
    "admin",
    "api",
    "feeds",
    "health",
    "management",
    "sitemaps",
    "tasks",
    "templatetags",
    "views",
}


@cache
def modules(*roots: str) -> list[Path]:
    """Python files of `roots` (folders, or one file), migrations apart."""
    found = [file for root in roots for file in sorted((ROOT / root).rglob("*.py"))]
    return [file for file in found if "migrations" not in file.parts]


@cache
def parsed(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"))


def layer_names(file: Path) -> set[str]:
    """The names a module answers to inside its app: {"services", "intake"}, {"views"}."""
    return set(file.relative_to(ROOT).with_suffix("").parts[1:])


def named(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


def shown(file: Path, line: int) -> str:
    return f"{named(file)}:{line}"


def imports(module: ast.Module) -> Iterator[tuple[str, int]]:
    """Every imported name in full, `django.db.transaction`, with its line."""
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((f"{node.module}.{alias.name}", node.lineno) for alias in node.names)


def templates() -> list[Path]:
    folders = [ROOT / "templates", *(ROOT / package / "templates" for package in PACKAGES)]
    found = [file for folder in folders for file in sorted(folder.rglob("*.*"))]
    return [file for file in found if file.suffix in {".html", ".txt", ".xml"}]
