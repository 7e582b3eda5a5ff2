"""The facets beside a list and the chips above it: every one a link to a narrower or wider list."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from agencies import selectors as bodies
from agencies.models import Agency
from deadlines.dates_in_words import long_date
from disclosure import selectors
from disclosure.forms import NarrowingForm
from disclosure.items import STATUTORY_ITEM_NAMES
from disclosure.models import DocumentColumn, DocumentGenre, DocumentValidity, Topic
from disclosure.selectors import Filters

FACETS = ("agency", "topic", "item", "validity", "year", "genre")
MOST_CHOICES = 12
AT_ONCE = 6  # the rest of a facet is folded

Counts = Mapping[str, Sequence[tuple[str, int]]]


@dataclass(frozen=True, slots=True)
class Choice:
    label: str
    url: str
    count: int | None = None
    current: bool = False
    beneath: bool = False


@dataclass(frozen=True, slots=True)
class Facet:
    label: str
    choices: Sequence[Choice]
    more_label: str = ""
    more_url: str = ""

    @property
    def first(self) -> list[Choice]:
        """What is shown at once: all, if only one would be folded away."""
        few = len(self.choices) <= AT_ONCE + 1
        return list(self.choices) if few else _fullest(self.choices, AT_ONCE)

    @property
    def rest(self) -> list[Choice]:
        first = self.first
        return [choice for choice in self.choices if choice not in first]


@dataclass(frozen=True, slots=True)
class Chip:
    label: str
    url: str


class Narrowing:
    """A list at `path` under `filters`, and the addresses around it.

    `kept` are the parts of the address that do not narrow (words, order); `counts` is None
    while this machine has no index.
    """

    def __init__(self, path: str, filters: Filters, kept: Mapping[str, str]) -> None:
        self.path = path
        self.filters = filters
        self.kept = kept
        self.counts: Counts | None = None

    @classmethod
    def read(cls, request: HttpRequest, form: NarrowingForm, *kept: str) -> "Narrowing":
        given = {name: str(form.cleaned_data[name]) for name in kept if form.cleaned_data.get(name)}
        return cls(request.path, form.filters(), given)

    def values(self) -> dict[str, str]:
        """The filters as an address and the index write them."""
        f = self.filters
        written = {
            "agency": f.agency.code if f.agency else "",
            "topic": f.topic.code if f.topic else "",
            "column": f.column,
            "item": str(f.item or ""),
            "genre": f.genre,
            "validity": f.validity,
            "year": str(f.year or ""),
            "since": f.since.isoformat() if f.since else "",
            "until": f.until.isoformat() if f.until else "",
        }
        return {name: value for name, value in written.items() if value}

    def for_index(self) -> dict[str, list[str]]:
        return {name: [v] for name, v in self.values().items() if name not in ("since", "until")}

    def url(self, **changes: str) -> str:
        """This list's address with some parts changed; an empty one is taken out."""
        parts = {**self.kept, **self.values(), **changes}
        query = urlencode({name: value for name, value in parts.items() if value})
        return f"{self.path}?{query}" if query else self.path

    def chips(self) -> list[Chip]:
        f = self.filters
        labels = {
            "agency": str(f.agency),
            "topic": f.topic.name if f.topic else "",
            "column": str(dict(DocumentColumn.choices).get(f.column, "")),
            "item": str(STATUTORY_ITEM_NAMES.get(f.item or 0, "")),
            "genre": str(dict(DocumentGenre.choices).get(f.genre, "")),
            "validity": str(dict(DocumentValidity.choices).get(f.validity, "")),
            "year": _("year %(year)s") % {"year": f.year},
            "since": _("from %(day)s") % {"day": long_date(f.since)},
            "until": _("until %(day)s") % {"day": long_date(f.until)},
        }
        return [Chip(labels[name], self.url(**{name: ""})) for name in self.values()]

    def facets(self, counts: Counts | None) -> list[Facet]:
        self.counts = counts
        found = [
            self._topics(),
            self._agencies(),
            self._closed("item", _("Item of Article 20"), _numbered(STATUTORY_ITEM_NAMES)),
            self._closed("validity", _("Validity"), dict(DocumentValidity.choices)),
            self._years(),
            self._closed("genre", _("Genre"), dict(DocumentGenre.choices)),
        ]
        return [facet for facet in found if facet.choices]

    def _held(self, name: str) -> dict[str, int]:
        return dict((self.counts or {}).get(name, ()))

    def _choice(self, name: str, value: str, label: object, *, beneath: bool = False) -> Choice:
        current = self.values().get(name) == value
        count = self._held(name).get(value) if self.counts is not None else None
        url = self.url(**{name: value})
        return Choice(str(label), url, count, current=current, beneath=beneath)

    def _shown(self, choices: Sequence[Choice]) -> list[Choice]:
        """Those that lead to something; where nothing is counted, all."""
        return [c for c in choices if c.current or c.count or self.counts is None]

    def _any(self, name: str, label: str) -> list[Choice]:
        """The way back from a chosen value."""
        return [Choice(label, self.url(**{name: ""}))] if name in self.values() else []

    def _closed(self, name: str, label: str, names: Mapping[str, object]) -> Facet:
        choices = [self._choice(name, value, text) for value, text in names.items()]
        return Facet(label, [*self._any(name, _("All")), *self._shown(choices)])

    def _years(self) -> Facet:
        years = sorted(self._held("year"), key=int, reverse=True)[:MOST_CHOICES]
        chosen = self.values().get("year")
        if chosen and chosen not in years:
            years.append(chosen)
        label = _("%(year)s")
        choices = [self._choice("year", year, label % {"year": year}) for year in years]
        return Facet(_("Year"), [*self._any("year", _("All")), *self._shown(choices)])

    def _topics(self) -> Facet:
        tree = selectors.topic_tree()
        chosen = self.filters.topic
        if chosen is None:
            choices = [self._topic(topic) for topic, _children in tree]
            return Facet(_("Topic"), _fullest(self._shown(choices)), _("All topics"), _topics_url())
        top = chosen.parent_id or chosen.pk
        branch = next(((topic, beneath) for topic, beneath in tree if topic.pk == top), None)
        choices = self._any("topic", _("All topics"))
        if branch:
            choices.append(self._topic(branch[0]))
            choices += self._shown([self._topic(topic, beneath=True) for topic in branch[1]])
        return Facet(_("Topic"), choices)

    def _topic(self, topic: Topic, *, beneath: bool = False) -> Choice:
        return self._choice("topic", topic.code, topic.name, beneath=beneath)

    def _agencies(self) -> Facet:
        chosen = self.filters.agency
        top = chosen or bodies.root()
        if top is None:
            return Facet(_("Body"), [])
        beneath = self._shown(
            [self._body(child, beneath=bool(chosen)) for child in bodies.children(top)]
        )
        over: list[Choice] = []
        if chosen:
            over = self._any("agency", _("All bodies"))
            over += [self._body(chosen.parent)] if chosen.parent else []
            over.append(self._body(chosen))
        return Facet(
            _("Body"),
            [*over, *_fullest(beneath)],
            _("Choose by region"),
            reverse("disclosure:agencies"),
        )

    def _body(self, agency: Agency, *, beneath: bool = False) -> Choice:
        return self._choice("agency", agency.code, agency.short_name or agency, beneath=beneath)


def _numbered(names: Mapping[int, object]) -> dict[str, object]:
    return {str(number): name for number, name in names.items()}


def _fullest(choices: Sequence[Choice], most: int = MOST_CHOICES) -> list[Choice]:
    """As many as fit, those that hold most, in their own order.

    What is chosen, and the way back from it, is always among them.
    """
    largest = sorted(choices, key=_weight)[:most]
    return [choice for choice in choices if choice in largest]


def _weight(choice: Choice) -> tuple[bool, bool, int]:
    return not choice.current, choice.count is not None, -(choice.count or 0)


def _topics_url() -> str:
    return reverse("disclosure:topics")
