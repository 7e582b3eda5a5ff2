"""What a file may cost us, and how one that costs more, or is broken, is refused."""

FILE_BYTES = 50 * 1024 * 1024
UNPACKED_BYTES = 300 * 1024 * 1024
UNPACKED_ENTRIES = 5_000
MARKUP_BYTES = 30 * 1024 * 1024  # of one part of a Word file; in memory it takes thirty times that
PARAGRAPHS = 50_000
TEXT_CHARACTERS = 3_000_000
PAGES = 1_000
TABLE_CELLS = 20_000


class ExtractionError(Exception):
    """The file cannot be read; `str()` is the reason, for people."""
