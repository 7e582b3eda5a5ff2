"""docs/law.md lists every article that the code relies on, and nothing that it does not."""

import re
from collections.abc import Iterable
from pathlib import Path

from tests.architecture.tree import APPS, ROOT, modules

ARTICLES = re.compile(r"\bArts? ([0-9]+(?:(?: to |, | and )[0-9]+)*)")
LAW = ROOT / "docs" / "law.md"


def cited(files: Iterable[Path]) -> set[int]:
    """Articles of the Regulation; "Arts 27 to 43" cites both ends."""
    texts = (file.read_text("utf-8") for file in files)
    return {
        int(n)
        for text in texts
        for found in ARTICLES.findall(text)
        for n in re.findall(r"\d+", found)
    }


def test_every_article_the_code_cites_is_in_the_table_of_law() -> None:
    assert cited(modules(*APPS, "portal")) - cited([LAW]) == set()


def test_the_table_of_law_lists_no_article_that_no_code_cites() -> None:
    assert cited([LAW]) - cited(modules(*APPS, "portal")) == set()


def test_every_file_the_table_of_law_names_exists() -> None:
    named = re.findall(r"`([\w/]+\.(?:py|html))`", LAW.read_text("utf-8"))

    assert named
    assert [name for name in named if not (ROOT / name).exists()] == []
