"""docs/law.md lists every article that the code relies on, and nothing that it does not."""

import re
from collections.abc import Iterable
from pathlib import Path

from deadlines.rules.law import Law
from deadlines.rules.table import RULES
from tests.architecture.terms import rows
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


def cited_by_code() -> set[int]:
    """In words, and as data by the table of terms."""
    terms = (term for rule in RULES.values() for term in rule.editions)
    as_data = {t.article.number for t in terms if t.article.law == Law.REGULATION}
    return cited(modules(*APPS, "portal")) | as_data


def test_every_article_the_code_cites_is_in_the_table_of_law() -> None:
    assert cited_by_code() - cited([LAW]) == set()


def test_the_table_of_law_lists_no_article_that_no_code_cites() -> None:
    assert cited([LAW]) - cited_by_code() == set()


def test_every_file_the_table_of_law_names_exists() -> None:
    named = re.findall(r"`([\w/]+\.(?:py|html))`", LAW.read_text("utf-8"))

    assert named
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_the_table_of_terms_is_that_of_the_clock() -> None:
    printed = [cells[:-1] for cells in _terms()]

    assert printed == [list(row) for row in rows()]


def test_every_term_is_held_by_a_test_that_names_it() -> None:
    for rule, *_columns, test in _terms():
        file = ROOT / test.strip("`")

        assert file.exists(), test
        assert f'"{rule.strip("`")}"' in file.read_text("utf-8"), (rule, test)


def _terms() -> list[list[str]]:
    """The rows of the section on terms, a list of cells each."""
    section = LAW.read_text("utf-8").split("## Terms of the clock")[1].split("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("| `")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
