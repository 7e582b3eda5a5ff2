"""The fields of the index, and a document as the index takes it."""

from datetime import datetime
from importlib.metadata import version

import tantivy

from search.rules import tokens
from search.rules.folding import fold, number_key
from search.source import IndexedDocument

FACETS = ("agency", "topic", "genre", "year", "validity", "column", "item")
# Raise it when the fields change: every index is then rebuilt.
LAYOUT = 1
# The segmenter's dictionary and the engine's files change with their releases.
VERSION = "-".join(
    [f"{LAYOUT}.{tokens.VERSION}", *(version(name) for name in ("tantivy", "opencc", "rjieba"))]
)

CUT = "cut"  # text comes cut into tokens, one space between them
LONGEST_TEXT = 1_000_000  # characters
_SERIAL_BITS = 20
_LAST_MILLISECOND = (1 << (62 - _SERIAL_BITS)) - 1


def schema() -> tantivy.Schema:
    """`title` and `text`, which has the title too, are found by; their words are ranked by."""
    fields = tantivy.SchemaBuilder()
    fields.add_text_field("key", stored=True, tokenizer_name="raw", index_option="basic")
    fields.add_text_field("number", tokenizer_name="raw", index_option="basic")
    for name in ("title", "text"):
        fields.add_text_field(name, tokenizer_name=CUT, index_option="position")
    for name in ("title_words", "words"):
        fields.add_text_field(name, tokenizer_name=CUT, index_option="freq")
    for name in FACETS:
        fields.add_text_field(facet(name), fast=True, tokenizer_name="raw", index_option="basic")
    fields.add_integer_field("published", indexed=True, fast=True)
    return fields.build()


def prepare(index: tantivy.Index) -> tantivy.Index:
    """What an opened index does not remember."""
    whitespace = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
    index.register_tokenizer(CUT, whitespace)
    return index


def facet(name: str) -> str:
    if name not in FACETS:
        raise KeyError(name)
    return f"facet_{name}"


def key(source: str, object_id: int) -> str:
    return f"{source}:{object_id}"


def moment(at: datetime, serial: int = 0) -> int:
    """Milliseconds, and below them the row's number: no two are equal, so pages never overlap."""
    milliseconds = int(at.timestamp() * 1000)
    within = max(-_LAST_MILLISECOND, min(_LAST_MILLISECOND, milliseconds))
    return (within << _SERIAL_BITS) | (serial & ((1 << _SERIAL_BITS) - 1))


def after(at: datetime) -> int:
    """The first moment later than `at`, in the same measure."""
    return moment(at) + (1 << _SERIAL_BITS)


def document(source: str, thing: IndexedDocument) -> tantivy.Document:
    title, text = fold(thing.title), fold(thing.text[:LONGEST_TEXT])
    numbers = fold(" ".join(thing.numbers))
    title_tokens, title_words = tokens.tokens(title), tokens.words(title)
    made = tantivy.Document()
    made.add_text("key", key(source, thing.object_id))
    made.add_text("title", " ".join(title_tokens))
    made.add_text("title_words", " ".join(title_words))
    # Parts of a number are looked for like any words: 〔2013〕100号.
    made.add_text("text", " ".join(title_tokens + tokens.tokens(f"{numbers}\n{text}")))
    made.add_text("words", " ".join(title_words + tokens.words(text)))
    for number in {number_key(number) for number in thing.numbers} - {""}:
        made.add_text("number", number)
    for name in FACETS:
        for value in dict.fromkeys(thing.facets.get(name, ())):
            made.add_text(facet(name), value)
    # Numbers go in by their own methods: given to the constructor they end the writer.
    made.add_integer("published", moment(thing.published_at, thing.object_id))
    return made
