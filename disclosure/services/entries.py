"""Rows on their way in, and what surrounds them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from agencies.models import Agency
from disclosure.models import Document, Topic
from disclosure.services.folders import Folder
from disclosure.services.lookups import Bodies, Topics
from disclosure.services.rows import Incoming, Unreadable
from disclosure.services.seen import Seen

# The line in the source, and the fields by our names or the Chinese ones.
Row = tuple[int, Mapping[str, object] | Unreadable]


@dataclass(slots=True)
class Entry:
    """A row on its way in, with what it was found to belong to."""

    line: int
    row: Mapping[str, object]
    incoming: Incoming
    agency: Agency
    topic: Topic | None
    digest: str
    key: str
    document: Document | None = None
    new: bool = False

    def files(self) -> list[str]:
        """A Word or PDF file is kept beside the text read from it: it is the original."""
        row = self.incoming
        original = [row.file] if row.file.lower().endswith((".docx", ".pdf")) else []
        return [*original, *row.attachments]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What stays the same from batch to batch."""

    at: datetime
    bodies: Bodies
    topics: Topics
    folder: Folder
    seen: Seen
