"""How the demonstration's documents are kept: a header of `name: value` lines, `---`, the text.

In the text each line is a paragraph; lines that begin with `|` are the rows of a table, the
first of them its header, and a line `表：…` before them is its caption.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby
from pathlib import Path

_CAPTION = "表："


@dataclass(frozen=True)
class Text:
    slug: str
    fields: dict[str, str]
    variables: dict[str, str]  # of a series: name -> how its value is found
    body: str


def read_folder(folder: Path) -> list[Text]:
    return [_read(path) for path in sorted(folder.glob("*.txt"))]


def _read(path: Path) -> Text:
    head, body = path.read_text(encoding="utf-8").split("\n---\n", 1)
    fields: dict[str, str] = {}
    variables: dict[str, str] = {}
    for line in head.splitlines():
        name, value = line.split(": ", 1)
        if name.startswith("vary "):
            variables[name.removeprefix("vary ")] = value
        else:
            fields[name] = value
    return Text(path.stem, fields, variables, body.strip())


def as_html(body: str) -> str:
    """Paragraphs and tables; the importer finds headings and signatures as in any other text."""
    parts: list[str] = []
    caption = ""
    for in_table, group in groupby(body.splitlines(), key=lambda line: line.startswith("|")):
        lines = list(group)
        if in_table:
            parts.append(_table(lines, caption))
            continue
        caption = lines.pop().removeprefix(_CAPTION) if lines[-1].startswith(_CAPTION) else ""
        parts += [f"<p>{escape(line)}</p>" for line in lines]
    return "".join(parts)


def rows_of(lines: Sequence[str]) -> Iterator[list[str]]:
    for line in lines:
        yield [cell.strip() for cell in line.strip("\n")[1:-1].split("|")]


def _table(lines: Sequence[str], caption: str) -> str:
    header, *rest = rows_of(lines)
    head = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in header)
    body = "".join(
        "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rest
    )
    named = f"<caption>{escape(caption)}</caption>" if caption else ""
    return f"<table>{named}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
