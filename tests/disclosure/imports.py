"""A row that is in order, and a way to bring rows in."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from disclosure.services.intake import import_rows
from disclosure.services.tally import Tally

AT = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
ROW: dict[str, object] = {
    "title": "关于做好冬季供暖工作的通知",
    "document_number": "明政办发[2026]１２号",
    "agency": "明川省人民政府",
    "issued_on": "2026年11月2日",
    "body": "各市人民政府：\n认真做好供暖工作。\n2026年11月2日",
}


def bring(*rows: Mapping[str, object], at: datetime = AT, **options: Any) -> Tally:
    numbered: Iterable[tuple[int, Mapping[str, object]]] = enumerate(rows, start=1)
    return import_rows(numbered, at=at, actor="test", **options)
