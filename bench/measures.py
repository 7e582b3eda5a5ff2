"""What is measured: bringing documents in, building the index, and what readers ask."""

import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from urllib.parse import quote, urlencode

from django.conf import settings
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from agencies.models import Agency
from agencies.rules.bodies import Kind, Level
from agencies.services.bodies import register
from bench import corpus
from bench.stopwatch import Row, compare, once, row
from disclosure.models import Document
from search.engine.matching import Matcher
from search.engine.reader import reader
from search.follower import catch_up
from search.selectors import Order, Results, find, understand

SHOWN = 20
_addresses = count()


def bring_in(folder: Path, size: int) -> Iterator[Row]:
    """Both per document, over the whole: the import includes indexing."""
    file = folder / "corpus.jsonl"
    corpus.write(file, size)
    _found_bodies()
    rejects = folder / "rejected.csv"
    taken = once(lambda: call_command("import_records", str(file), rejects=rejects))
    if Document.objects.count() != size:
        raise RuntimeError(f"{Document.objects.count()} of {size} documents came in")
    shutil.rmtree(settings.SEARCH_INDEX_DIR)
    rebuilt = once(catch_up)
    beside = {"index rebuild": rebuilt / size}
    yield row("import with indexing, per document", size, [taken / size], beside)
    yield row("index rebuild, per document", size, [rebuilt / size])


def read(size: int, times: int) -> Iterator[Row]:
    client = Client(SERVER_NAME="localhost")
    number = Document.objects.order_by("pk")[size // 2].index_number
    pages = {
        "home page": "/",
        "catalogue page": "/catalogue/",
        "document page": f"/documents/{quote(number)}/",
        "API list": "/api/v1/records/",
        "API record": f"/api/v1/records/{quote(number)}/",
    }
    for name, path in pages.items():
        yield compare(name, size, _asker(client, path), times=times)
    for name, search in _searches(size).items():
        beside = {"engine": _engine(search.text)}
        asks = {
            "index": search.find,
            "page": _asker(client, f"/search/?{search.query}"),
            "API": _asker(client, f"/api/v1/records/?{search.query}"),
        }
        for kind, ask in asks.items():
            yield compare(f"search {kind}: {name}", size, ask, beside, times=times)


@dataclass(frozen=True, slots=True)
class Search:
    text: str
    filters: Mapping[str, str] = field(default_factory=dict)
    order: Order = Order.RELEVANCE

    @property
    def query(self) -> str:
        """As the page (sort) and as the API (order) are asked."""
        asked = {"q": self.text, "sort": self.order, "order": self.order, **self.filters}
        return urlencode(asked)

    def find(self) -> Results:
        filters = {name: [value] for name, value in self.filters.items()}
        return find(self.text, at=timezone.now(), filters=filters, order=self.order, limit=SHOWN)


def _searches(size: int) -> dict[str, Search]:
    middle = corpus.row(size // 2)
    body = Agency.objects.exclude(parent=None).order_by("pk")[0]
    return {
        "word in nearly all": Search("工作"),
        "selective": Search(corpus.place(size // 2)),
        "document number": Search(middle["document_number"]),
        "filtered by body": Search("工作", {"agency": body.code}),
        "filtered by year": Search("工作", {"year": "2021"}),
        "newest first": Search("工作", order=Order.DATE),
    }


def _engine(text: str) -> Callable[[], object]:
    """The engine's own search for the same text: no filters, no ranking of ours, no rows."""
    searcher, schema = reader(settings.SEARCH_INDEX_DIR).view()
    query = Matcher(schema).matching(understand(text), at=timezone.now())
    return lambda: searcher.search(query, SHOWN, count=True)


def _asker(client: Client, path: str) -> Callable[[], object]:
    def ask() -> None:
        # From another address each time, or the API's limit would be what is measured.
        turn = next(_addresses)
        address = f"10.{turn >> 16 & 255}.{turn >> 8 & 255}.{turn & 255}"
        response = client.get(path, REMOTE_ADDR=address)
        if response.status_code != 200:
            raise RuntimeError(f"{path}: {response.status_code}")

    return ask


def _found_bodies() -> None:
    at = timezone.now()
    parent = None
    for number, name in enumerate(corpus.BODIES):
        body = register(
            code=f"B{number:03d}",
            name=name,
            level=Level.PROVINCE if "省" in name else Level.CITY,
            kind=Kind.GOVERNMENT if name.endswith("人民政府") else Kind.DEPARTMENT,
            parent=parent,
            at=at,
            actor="bench",
        )
        parent = parent or body
