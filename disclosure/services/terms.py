"""What a document's body owes: publication within the term of Art 26."""

from datetime import datetime

from django.contrib.contenttypes.models import ContentType

from deadlines.models import Duty
from deadlines.rules.events import Event, EventKind
from deadlines.services.duties import Actor, lapse, meet, open_duty
from disclosure.models import Document
from disclosure.rules.vocabulary import Publicity

PUBLICATION = "publication"


def follow_publication(document: Document, *, at: datetime, by: str) -> None:
    """Open, move, meet or drop the duty, by what the document now says. Inside its transaction.

    It runs from the day the document was made: one that has no date yet owes nothing yet.
    """
    actor = Actor(by, at)
    duty = _open_duty(document)
    if document.published_at:
        if duty:
            meet(duty, evidence=document.index_number, by=actor, with_object=document)
        return
    owed = document.publicity == Publicity.PROACTIVE and document.issued_on is not None
    if duty and (not owed or duty.starts_on != document.issued_on):
        lapse(duty, because="no longer to be published from that day", by=actor)
        duty = None
    if owed and duty is None and document.issued_on:
        open_duty(
            rule=PUBLICATION,
            body=document.agency,
            subject=document,
            title=document.title[:300],
            events=[Event(EventKind.RECEIVED, document.issued_on)],
            by=actor,
        )


def _open_duty(document: Document) -> Duty | None:
    kind = ContentType.objects.get_for_model(Document)
    duties = Duty.objects.open().filter(rule=PUBLICATION, content_type=kind, object_id=document.pk)
    found: Duty | None = duties.first()
    return found
