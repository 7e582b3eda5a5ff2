"""Documents written one by one."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from portal.demo.record import Record
from portal.demo.texts import Text, as_html, read_folder

FOLDER = Path(__file__).parent / "documents"
_RENAMED = {"published": "published_on", "effective": "effective_on", "expires": "expires_on"}
_APART = ("issued", "number")


def records() -> Iterator[Record]:
    for text in read_folder(FOLDER):
        yield _record(text)


def _record(text: Text) -> Record:
    row = {
        _RENAMED.get(name, name): value for name, value in text.fields.items() if name not in _APART
    }
    row["html"] = as_html(text.body)
    issued = date.fromisoformat(text.fields["issued"])
    return Record(row, issued, number=text.fields.get("number", ""))
