"""Rules of the house that no general linter knows: docs/architecture.md says why."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.tree import (
    APPS,
    EDGES,
    PACKAGES,
    imports,
    layer_names,
    modules,
    named,
    parsed,
    shown,
)

TRANSACTIONS_ELSEWHERE = {
    # allauth saves by itself; its adapter adds the audit entry to the same transaction.
    "accounts/adapters.py",
    # The demonstration is there whole or not at all.
    "portal/demo/loading.py",
}
CLOCKS = {"now", "localdate", "localtime"}
WRITES = {"bulk_create", "bulk_update", "get_or_create", "update_or_create", "save", "delete"}
# Ways in of officials, who see more.
DESK = {"admin", "management", "templatetags"}
PUBLIC_DOORS = {"public", "publishable"}
# A search's conditions, to be narrowed with what is public.
CONDITIONS_ALONE = {"disclosure/api/parameters.py"}


def test_transactions_begin_only_in_services() -> None:
    found = [
        shown(file, line)
        for file in modules(*PACKAGES)
        if not layer_names(file) & {"services", "management", "follower", "private_postgres"}
        for name, line in imports(parsed(file))
        if name == "django.db.transaction" and named(file) not in TRANSACTIONS_ELSEWHERE
    ]

    assert found == []


def test_ways_in_ask_services_to_write() -> None:
    found = [
        shown(file, call.lineno)
        for file in modules(*APPS, "rest")
        if layer_names(file) & (EDGES - {"adapters"} | {"selectors", "policies", "querysets"})
        for call in _calls(file)
        if isinstance(call.func, ast.Attribute)
        and (call.func.attr in WRITES or _said(call).endswith("objects.create"))
        and "commit=False" not in ast.unparse(call)
    ]

    assert found == []


def test_only_ways_in_ask_what_time_it_is() -> None:
    found = [
        shown(file, call.lineno)
        for file in modules(*PACKAGES)
        if not layer_names(file) & EDGES
        for call in _calls(file)
        # With an argument, localdate converts and asks nothing.
        if not call.args and _clock(call.func) in CLOCKS
    ]

    assert found == []


def test_nothing_hangs_on_a_signal_of_django() -> None:
    found = []
    for file in modules(*PACKAGES):
        signals = {name for name, _ in imports(parsed(file)) if _is_signal(name)}
        heard = {f"{name.rpartition('.')[2]}.connect" for name in signals}
        found += [shown(file, call.lineno) for call in _calls(file) if _said(call) in heard]
        found += [shown(file, 1) for name in signals if name.startswith("django.dispatch")]

    assert found == []


def test_what_the_public_sees_comes_through_the_public_door() -> None:
    found = [
        shown(file, node.lineno)
        for file in modules("portal", "disclosure")
        if layer_names(file) & (EDGES - DESK | {"selectors", "indexing"})
        for node in ast.walk(parsed(file))
        if isinstance(node, ast.Attribute)
        and ast.unparse(node.value) == "Document.objects"
        and node.attr not in PUBLIC_DOORS
        and named(file) not in CONDITIONS_ALONE
    ]

    assert found == []


def test_no_file_is_longer_than_300_lines() -> None:
    files = modules(*PACKAGES, "tests", "bench")

    assert [
        shown(file, count)
        for file in files
        if (count := file.read_text(encoding="utf-8").count("\n")) > 300
    ] == []


def test_no_function_is_longer_than_45_lines() -> None:
    found = [
        f"{shown(file, node.lineno)} {node.name}"
        for file in modules(*PACKAGES, "tests", "bench")
        for node in ast.walk(parsed(file))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno >= 45
    ]

    assert found == []


def test_no_module_is_a_drawer_for_everything() -> None:
    drawers = {"utils.py", "util.py", "helpers.py", "common.py", "misc.py"}

    assert [file for file in modules(*PACKAGES, "tests") if file.name in drawers] == []


def _calls(file: Path) -> Iterator[ast.Call]:
    return (node for node in ast.walk(parsed(file)) if isinstance(node, ast.Call))


def _said(call: ast.Call) -> str:
    return ast.unparse(call.func)


def _is_signal(name: str) -> bool:
    return name.startswith("django.") and ("django.dispatch" in name or ".signals." in name)


def _clock(function: ast.expr) -> str:
    """`timezone.now` and an imported `now` alike; not another object's method of that name."""
    if isinstance(function, ast.Name):
        return function.id
    if isinstance(function, ast.Attribute) and ast.unparse(function.value) in {
        "timezone",
        "datetime",
    }:
        return function.attr
    return ""
