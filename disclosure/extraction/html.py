"""Blocks from a web page or a fragment of one, and the gate all HTML passes on the way out."""

import re
from collections.abc import Iterator

import nh3
from selectolax.lexbor import LexborHTMLParser, LexborNode

from disclosure.extraction.plain import paragraph
from disclosure.rules.layout import Block
from disclosure.rules.text import spaced

_TAGS = {
    *("p", "h2", "h3", "h4", "ul", "ol", "li", "strong", "em", "a", "br", "sup", "sub"),
    *("table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td"),
}
_SPANS = {"colspan", "rowspan"}
_ATTRIBUTES = {"a": {"href"}, "td": _SPANS, "th": {*_SPANS, "scope"}, "h2": {"id"}, "h3": {"id"}}
_CLASSES = {"p": {"to", "sign", "flush"}, "table": {"table"}}
_WIDEST_SPAN = 1000  # as HTML itself caps it
_SPAN = re.compile(r"[0-9]{1,4}")

# Parts of a page that are never the text of the document.
_APART = (
    "script, style, noscript, template, iframe, object, embed, form, select, button, input,"
    " textarea, nav, header, footer, aside, svg, math, canvas, video, audio, head, title, base"
)
# Where Chinese site systems put the text (hanweb, TRS, gov.cn), and what HTML means for it.
_HOMES = "#zoom, #UCAP-CONTENT, .TRS_Editor, .trs_editor_view, .article-content, article, main"
_LEAVES = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "blockquote", "dt", "dd", "address"}
_WHOLES = {"table", "ul", "ol"}
_HEADINGS = {"h1": "h2", "h2": "h2", "h3": "h3", "h4": "h4", "h5": "h4", "h6": "h4"}
_INLINE = {"a", "strong", "b", "em", "i", "span", "font", "u", "sup", "sub", "br", "-text"}


def sanitise(html: str) -> str:
    """Only the elements, attributes and classes that document pages know."""
    return nh3.clean(
        html,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        attribute_filter=_filter,
        allowed_classes=_CLASSES,
        url_schemes={"http", "https"},
        link_rel="noopener noreferrer",
    )


def _filter(_tag: str, name: str, value: str) -> str | None:
    if name in _SPANS:
        return value if _SPAN.fullmatch(value) and int(value) <= _WIDEST_SPAN else None
    if name == "scope":
        return value if value in ("row", "col") else None
    if name == "id":
        return value if value[:1] == "s" and value[1:].isdigit() else None
    if name == "href":
        # One that begins with // leaves the site without saying so.
        return None if value.strip().startswith(("//", "\\", "/\\")) else value
    return value


def blocks(html: str) -> list[Block]:
    page = LexborHTMLParser(html)
    for node in page.css(_APART):
        node.decompose(recursive=True)
    home = page.css_first(_HOMES) or page.body
    return list(_blocks_of(home)) if home else []


def _blocks_of(root: LexborNode) -> Iterator[Block]:
    """Depth first with a stack of our own: a page may be nested deeper than Python recurses."""
    loose: list[str] = []
    stack: list[LexborNode] = list(_children(root))[::-1]
    while stack:
        node = stack.pop()
        tag = node.tag or ""
        if tag in _INLINE:
            if tag == "br":
                yield from _flush(loose)
            else:
                loose.append(node.text(deep=True) or "")
            continue
        yield from _flush(loose)
        if tag in _WHOLES:
            yield from _whole(node)
        elif tag in _LEAVES and not node.css_first(", ".join(_WHOLES)):
            yield from _leaf(node)
        else:
            stack.extend(list(_children(node))[::-1])
    yield from _flush(loose)


def _children(node: LexborNode) -> Iterator[LexborNode]:
    return node.iter(include_text=True)


def _flush(loose: list[str]) -> Iterator[Block]:
    """Text that stands between the blocks is paragraphs too."""
    words = " ".join("".join(loose).split())
    loose.clear()
    if words:
        yield paragraph(words)


def _leaf(node: LexborNode) -> Iterator[Block]:
    tag = _HEADINGS.get(node.tag or "", "p")
    inside = _inner(node)
    for piece in inside.replace("<br/>", "<br>").split("<br>") if tag == "p" else [inside]:
        words = _words(piece)
        if words:
            yield Block(tag=tag, text=words, html=_without_indent(piece))


def _whole(node: LexborNode) -> Iterator[Block]:
    tag = node.tag or "table"
    words = "\n".join(_rows(node))
    if words:
        css = "table" if tag == "table" else ""
        # Within its own element: rows and cells outside a table are no HTML and would go.
        whole = sanitise(f"<{tag}>{_modern(node)}</{tag}>")
        inside = whole.removeprefix(f"<{tag}>").removesuffix(f"</{tag}>")
        yield Block(tag=tag, text=words, html=inside, css=css)


def _rows(node: LexborNode) -> Iterator[str]:
    """What is read aloud: a row of a table or an item of a list on each line."""
    for row in node.css("tr, li"):
        cells = row.css("td, th") or [row]
        line = " ".join(
            words for words in (" ".join((cell.text() or "").split()) for cell in cells) if words
        )
        if line:
            yield line


def _inner(node: LexborNode) -> str:
    """The inside of an element, sanitised."""
    return sanitise(_modern(node)).strip()


def _modern(node: LexborNode) -> str:
    """The inside of an element, the bold and italics of old pages as today's elements."""
    html = (node.inner_html or "").replace("<b>", "<strong>").replace("</b>", "</strong>")
    return html.replace("<i>", "<em>").replace("</i>", "</em>")


def _words(html: str) -> str:
    body = LexborHTMLParser(html).body
    return spaced(" ".join((body.text() if body else "").split()))


def _without_indent(html: str) -> str:
    return html.replace("&nbsp;", " ").strip(" \u3000\u00a0\n")
