"""The shape of an official document: to whom, headings, the text, signature and date."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

_NUMERAL = "[一二三四五六七八九十百零〇0-9０-９]"
_CHAPTER = re.compile(rf"第{_NUMERAL}{{1,4}}[编章节](?:\s|\u3000|$)")
_SECTION = re.compile(r"[一二三四五六七八九十]{1,3}\s*、")
_SUBSECTION = re.compile(r"[（(][一二三四五六七八九十]{1,3}[)）]")
_TERMINAL = re.compile("[。；;！!？?，,：:、…]$")
_STOPS = re.compile("[。；;！!？?，,：:]")
_ANNEX = re.compile(rf"附\s*件\s*{_NUMERAL}{{0,3}}\s*[:：]?$")
_ASIDE = re.compile(r"[（(](?:此件|联系人|本文有删减).*[)）]$")
_CLOSING = re.compile(r"(?:抄\s*送|附\s*件|附\s*[:：]|主送|报送|印发)|[（(]此件|[（(]联系人")
_DATE = re.compile(
    r"(?:\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日"
    r"|[一二三四五六七八九〇○Ｏ零]{4}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日)$"
)
_HEADING_LENGTH = 40
_SALUTATION_LENGTH = 160
_SALUTATION_WITHIN = 3  # lines from the top
_SIGNERS = 6  # lines of organs over the date
_SIGNER_LENGTH = 32


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, list or table. `html` is its inside, `text` what is read aloud."""

    tag: str
    text: str
    html: str
    css: str = ""


def is_salutation(line: str) -> bool:
    """`各市、县人民政府，省政府各部门：` names whom it is addressed to."""
    return (
        line.endswith((":", "："))
        and len(line) <= _SALUTATION_LENGTH
        and not re.search("[。；;！？]", line)
        and not _SECTION.match(line)
        and not _SUBSECTION.match(line)
        and not _CLOSING.match(line)
    )


def is_date_line(line: str) -> bool:
    return bool(_DATE.match(line))


def starts_something(line: str) -> bool:
    """A line that begins with a number of its own cannot be the rest of the line before."""
    return bool(
        _CHAPTER.match(line)
        or _SECTION.match(line)
        or _SUBSECTION.match(line)
        or re.match(rf"第{_NUMERAL}{{1,4}}条|\d{{1,2}}[.．、]|[-•●]|附\s*件", line)
        or is_date_line(line)
    )


def heading_tag(line: str) -> str:
    """h2 for 第一章, h3 for 一、, h4 for （一）; empty for a line that runs on as text."""
    if len(line) > _HEADING_LENGTH or _TERMINAL.search(line):
        return ""
    if _CHAPTER.match(line):
        return "h2"
    if _SECTION.match(line) and "。" not in line:
        return "h3"
    return "h4" if _SUBSECTION.match(line) and not _STOPS.search(line) else ""


def arrange(blocks: Sequence[Block]) -> list[Block]:
    """Give plain paragraphs their place: salutation, headings, signature with its date."""
    signed = _gather_signatures(blocks)
    arranged: list[Block] = []
    for place, block in enumerate(signed):
        before = signed[place - 1] if place else None
        arranged.append(_placed(block, place=place, before=before))
    return _numbered(arranged)


def _placed(block: Block, *, place: int, before: Block | None) -> Block:
    if block.tag != "p" or block.css:
        return block
    line = block.text
    if place < _SALUTATION_WITHIN and is_salutation(line):
        return replace(block, css="to")
    if _ANNEX.match(line):
        return replace(block, css="flush")
    if before and _opens_an_annex(line, before):
        return replace(block, tag="h2")
    return replace(block, tag=heading_tag(line) or "p")


def _opens_an_annex(line: str, before: Block) -> bool:
    """What a notice passes on follows its date, under a title of its own."""
    follows = before.css == "sign" or _ANNEX.match(before.text) or _ASIDE.match(before.text)
    fits = len(line) <= _HEADING_LENGTH and not _STOPS.search(line)
    return bool(follows and fits and not _CLOSING.match(line) and not starts_something(line))


def _gather_signatures(blocks: Sequence[Block]) -> list[Block]:
    """A date alone on its line, with the organs alone on the lines over it, is one signature."""
    gathered: list[Block] = []
    for block in blocks:
        if block.tag != "p" or not is_date_line(block.text):
            gathered.append(block)
            continue
        signers: list[Block] = []
        while gathered and len(signers) < _SIGNERS and _may_sign(gathered[-1]):
            signers.insert(0, gathered.pop())
        lines = [*signers, block]
        gathered.append(
            Block(
                tag="p",
                text="\n".join(line.text for line in lines),
                html="<br>".join(line.html for line in lines),
                css="sign",
            )
        )
    return gathered


def _may_sign(block: Block) -> bool:
    return (
        block.tag == "p"
        and not block.css
        and 2 <= len(block.text) <= _SIGNER_LENGTH
        and not re.search(r"[。；;！!？?，,：:、（）()《》0-9]", block.text)
        and not starts_something(block.text)
    )


def _numbered(blocks: Sequence[Block]) -> list[Block]:
    """Headings the table of contents can point to: s1, s2, …"""
    number = 0
    done: list[Block] = []
    for block in blocks:
        if block.tag in ("h2", "h3") and block.text:
            number += 1
            done.append(replace(block, tag=f'{block.tag} id="s{number}"'))
        else:
            done.append(block)
    return done


def render(blocks: Sequence[Block]) -> str:
    return "\n".join(_element(block) for block in blocks)


def _element(block: Block) -> str:
    css = f' class="{block.css}"' if block.css else ""
    return f"<{block.tag}{css}>{block.html}</{block.tag.split()[0]}>"


_OUTLINE = re.compile(r'<(h[23]) id="(s\d+)">(.*?)</\1>', re.DOTALL)
_TAG = re.compile(r"<[^>]*>")


def outline(body_html: str) -> list[tuple[str, str, int]]:
    """(id, words as HTML without tags, level) of each heading: a document's table of contents."""
    return [
        (found[2], _TAG.sub("", found[3]), int(found[1][1]))
        for found in _OUTLINE.finditer(body_html)
    ]
