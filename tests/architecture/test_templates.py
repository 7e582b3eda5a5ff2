"""Every template compiles, and none asks for what the content security policy refuses."""

import re
from functools import cache
from pathlib import Path
from typing import TypeVar

import pytest
from django.template import Template, TemplateSyntaxError, engines
from django.template.backends.django import DjangoTemplates
from django.template.base import Node
from django.template.defaulttags import URLNode
from django.template.loader import get_template
from django.template.loader_tags import ExtendsNode, IncludeNode
from django.urls import URLResolver, get_resolver

from tests.architecture.tree import ROOT, named, templates

N = TypeVar("N", bound=Node)
INLINE_STYLE = re.compile(r"\sstyle\s*=", re.IGNORECASE)
INLINE_SCRIPT = re.compile(r"<script(?![^>]*\ssrc=)[^>]*>", re.IGNORECASE)
# A block of data is not a script.
DATA_SCRIPT = re.compile(r'type="application/(?:ld\+)?json"')
HANDLER = re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE)
LOADED_FROM_AFAR = re.compile(
    r"""(?:src|srcset|action|data)\s*=\s*["']?\s*(?:https?:)?//|<link[^>]*href\s*=\s*["']?(?:https?:)?//|url\(\s*["']?(?:https?:)?//""",
    re.IGNORECASE,
)
COMMENT = re.compile(r"{#.*?#}|{% comment.*?endcomment %}|<!--.*?-->", re.DOTALL)

ALL = templates()
MARKUP = [file for file in ALL if file.suffix == ".html"]


def test_every_template_compiles() -> None:
    for file in ALL:
        try:
            compiled(file)
        except TemplateSyntaxError as error:
            pytest.fail(f"{named(file)}: {error}")


def test_every_address_a_template_names_exists() -> None:
    known = _url_names(get_resolver())
    asked = [
        (named(file), node.view_name.var)
        for file in ALL
        for node in _nodes(file, URLNode)
        if isinstance(node.view_name.var, str)
    ]

    assert asked
    assert [found for found in asked if found[1] not in known] == []


def test_every_template_a_template_names_exists() -> None:
    asked = {
        *(
            getattr(node.template, "var", None)
            for file in ALL
            for node in _nodes(file, IncludeNode)
        ),
        *(
            getattr(node.parent_name, "var", None)
            for file in ALL
            for node in _nodes(file, ExtendsNode)
        ),
    }

    for found in asked:
        if isinstance(found, str):
            get_template(found)


def test_no_template_asks_for_what_the_content_security_policy_refuses() -> None:
    found = [
        (named(file), match)
        for file in MARKUP
        for pattern in (INLINE_STYLE, HANDLER, INLINE_SCRIPT)
        for match in pattern.findall(markup(file))
        if not DATA_SCRIPT.search(match)
    ]

    assert found == []


def test_no_template_loads_anything_from_another_host() -> None:
    assert [named(file) for file in MARKUP if LOADED_FROM_AFAR.search(markup(file))] == []


def test_style_sheets_load_nothing_from_another_host() -> None:
    sheets = sorted((ROOT / "static").rglob("*.css"))

    assert sheets
    assert [f for f in sheets if re.search(r"@import|https?://", f.read_text("utf-8"))] == []


def markup(file: Path) -> str:
    return COMMENT.sub("", file.read_text(encoding="utf-8"))


@cache
def compiled(file: Path) -> Template:
    engine = engines["django"]
    assert isinstance(engine, DjangoTemplates)
    return engine.engine.from_string(file.read_text(encoding="utf-8"))


def _nodes(file: Path, kind: type[N]) -> list[N]:
    return [n for n in compiled(file).nodelist.get_nodes_by_type(kind) if isinstance(n, kind)]


def _url_names(resolver: URLResolver, prefix: str = "") -> set[str]:
    """`name` and `namespace:name` of every address the portal answers."""
    found = {f"{prefix}{key}" for key in resolver.reverse_dict if isinstance(key, str)}
    for namespace, (_pattern, inner) in resolver.namespace_dict.items():
        found |= _url_names(inner, f"{prefix}{namespace}:")
    return found
