"""What rows name and the database knows: bodies, topics, documents met before."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _

from agencies.models import Agency
from agencies.rules.bodies import Level, may_sit_under
from agencies.services.bodies import register
from disclosure.models import Document, Topic
from disclosure.querysets import HEAVY
from disclosure.rules import document_numbers, places
from disclosure.services.rows import Incoming, RejectionError
from search.rules.folding import number_key


class Bodies:
    """Bodies by code and by full name, each asked for once in an import."""

    def __init__(self, *, create: bool, at: datetime, actor: str) -> None:
        self._create = create
        self._at = at
        self._actor = actor
        self._known: dict[str, Agency] = {}

    def learn(self, names: Iterable[str]) -> None:
        """One query for all the names not met before; creates what is missing, if it may."""
        unknown = {name for name in names if name and name not in self._known}
        if not unknown:
            return
        for agency in Agency.objects.filter(Q(code__in=unknown) | Q(name__in=unknown)):
            self._known[agency.code] = agency
            self._known[agency.name] = agency
        for name in sorted(unknown - self._known.keys()) if self._create else ():
            founded = self._found(name)
            if founded is not None:
                self._known[name] = founded

    def get(self, name: str) -> Agency:
        """Raises RejectionError."""
        if name not in self._known:
            raise RejectionError(_("There is no body of this code or full name: %s") % name)
        return self._known[name]

    def forget(self) -> None:
        """After a batch that was rolled back: bodies made in it are gone."""
        self._known.clear()

    def _found(self, name: str) -> Agency | None:
        """A new body under this name, where the name says enough; a code says nothing."""
        if not name or name.isascii():
            return None
        level = Level(places.level_of(name))
        parent = self._government_over(name)
        try:
            return register(
                code=places.derived_code(name),
                name=name,
                level=level,
                kind=places.kind_of(name),
                parent=parent if parent and may_sit_under(level, Level(parent.level)) else None,
                at=self._at,
                actor=self._actor,
            )
        except ValidationError:
            return None

    def _government_over(self, name: str) -> Agency | None:
        found = Agency.objects.filter(name__in=places.governments_over(name))
        return max(found, key=lambda agency: len(agency.name), default=None)


class Topics:
    """The classification, by code, by full name and by a name only one class has."""

    def __init__(self) -> None:
        topics = list(Topic.objects.select_related("parent"))
        self._by_code = {topic.code: topic for topic in topics}
        self._by_path = {self._folded(str(topic)): topic for topic in topics}
        self._by_name: dict[str, list[Topic]] = {}
        for topic in topics:
            self._by_name.setdefault(self._folded(topic.name), []).append(topic)

    def get(self, words: str) -> Topic | None:
        r"""`一级\二级`, a name, or a code. Raises RejectionError."""
        if not words:
            return None
        name = self._folded(words)
        found = self._by_code.get(words) or self._by_path.get(name)
        if found:
            return found
        named = self._by_name.get(name, [])
        classes = [topic for topic in named if not topic.parent_id] or named
        if len(classes) == 1:
            return classes[0]
        reason = _("Several topics have this name: %s") if named else _("No such topic: %s")
        raise RejectionError(reason % words[:60])

    @staticmethod
    def _folded(words: str) -> str:
        folded = words.replace("/", "\\").replace("＼", "\\").replace("(", "（").replace(")", "）")
        return "\\".join(part.strip() for part in folded.split("\\"))


class Held:
    """Documents the rows of a batch may already be, in two queries."""

    def __init__(self, wanted: Sequence[tuple[Incoming, Agency, str]]) -> None:
        numbers = {row.index_number for row, _agency, _key in wanted if row.index_number}
        keys = {key for _row, _agency, key in wanted}
        documents = Document.objects.defer(*HEAVY)
        known = list(documents.filter(Q(index_number__in=numbers) | Q(import_key__in=keys)))
        self._by_index = {document.index_number: document for document in known}
        self._by_key = {document.import_key: document for document in known}
        self._by_number: dict[tuple[int, str], list[Document]] = {}
        number_keys = {row.number_key for row, _agency, _key in wanted if row.number_key}
        agencies = {agency.pk for _row, agency, _key in wanted}
        for document in documents.filter(
            document_number_key__in=number_keys, agency_id__in=agencies
        ):
            place = (document.agency_id, document.document_number_key)
            self._by_number.setdefault(place, []).append(document)

    def match(self, row: Incoming, agency: Agency, key: str) -> Document | None:
        """Raises RejectionError."""
        if row.index_number:
            found = self._by_index.get(row.index_number)
            if found and found.agency_id != agency.pk:
                raise RejectionError(_("This index number belongs to a document of another body."))
            return found
        if key in self._by_key or not row.number_key:
            return self._by_key.get(key)
        numbered = self._by_number.get((agency.pk, row.number_key), [])
        if len(numbered) > 1:
            raise RejectionError(
                _("Several documents of the body have this number; the index number would tell.")
            )
        return numbered[0] if numbered else None


def referred_to(references: Iterable[tuple[str, int]]) -> dict[tuple[str, int], int]:
    """Ids of documents by (index or document number, body that refers to it); one query.

    A document number that several bodies have used means the one of the body itself.
    """
    wanted = set(references)
    words = {reference for reference, _agency in wanted}
    keys = {reference: _number_key(reference) for reference in words}
    found = Document.objects.filter(
        Q(index_number__in=words) | Q(document_number_key__in={key for key in keys.values() if key})
    ).values_list("pk", "index_number", "document_number_key", "agency_id")
    rows = list(found)
    resolved: dict[tuple[str, int], int] = {}
    for reference, agency in wanted:
        exact = [pk for pk, index_number, _key, _agency in rows if index_number == reference]
        numbered = [row for row in rows if keys[reference] and row[2] == keys[reference]]
        own = [row[0] for row in numbered if row[3] == agency]
        candidates = exact or (own if len(numbered) > 1 else [row[0] for row in numbered])
        if len(candidates) == 1:
            resolved[reference, agency] = candidates[0]
    return resolved


def _number_key(reference: str) -> str:
    number = document_numbers.normalise(reference)
    return number_key(number) if document_numbers.is_document_number(number) else ""
