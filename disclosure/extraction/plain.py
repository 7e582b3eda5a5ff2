from collections.abc import Iterable
from html import escape

from disclosure.rules.layout import Block
from disclosure.rules.text import spaced


def paragraphs(text: str) -> list[Block]:
    """A line is a paragraph. Empty lines stay, so that notes can name the line."""
    return [paragraph(line) for line in text.split("\n")]


def paragraph(line: str) -> Block:
    words = spaced(line)
    return Block(tag="p", text=words, html=escape(words, quote=False))


def as_text(blocks: Iterable[Block]) -> str:
    return "\n".join(block.text for block in blocks if block.text)
