"""Drafting, publishing and revising one document; imports have their own way (intake)."""

from datetime import date, datetime
from typing import TypedDict, Unpack

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from agencies.models import Agency
from deadlines.rules.dates import day_of
from disclosure.extraction import html, plain
from disclosure.models import Document, Topic
from disclosure.rules import document_numbers
from disclosure.rules.cleaning import summarise
from disclosure.rules.vocabulary import Publicity
from disclosure.services.numbering import take
from disclosure.services.terms import follow_publication
from disclosure.services.trail import note
from search.rules.folding import number_key
from search.services import mark_changed


class Content(TypedDict, total=False):
    """What an official may write of a document."""

    title: str
    topic: Topic | None
    column: str
    statutory_item: int | None
    genre: str
    summary: str
    keywords: str
    source: str
    document_number: str
    issued_on: date | None
    effective_on: date | None
    expires_on: date | None
    validity: str
    publicity: str
    publicity_reason: str
    body_html: str
    interprets: Document | None


@transaction.atomic
def draft(*, agency: Agency, at: datetime, by: str, **content: Unpack[Content]) -> Document:
    """A document nobody but its body sees. Raises ValidationError by field."""
    document = Document(agency=agency)
    _write(document, content)
    [document.index_number] = take(agency, on=document.issued_on or day_of(at))
    _save(document)
    follow_publication(document, at=at, by=by)
    note("document.drafted", document, at=at, by=by, details={"title": document.title})
    return document


@transaction.atomic
def revise(document: Document, *, at: datetime, by: str, **content: Unpack[Content]) -> Document:
    """Raises ValidationError by field."""
    current = Document.objects.select_for_update().get(pk=document.pk)
    before = {name: getattr(current, name) for name in content}
    _write(current, content)
    changed = [name for name, value in before.items() if getattr(current, name) != value]
    if not changed:
        return current
    if current.publicity != Publicity.PROACTIVE:
        current.published_at = None
    _save(current)
    mark_changed("document", [current.pk])
    follow_publication(current, at=at, by=by)
    note("document.revised", current, at=at, by=by, details={"fields": changed})
    return current


@transaction.atomic
def publish(document: Document, *, at: datetime, by: str) -> Document:
    """Public from `at` on; published before, it keeps its date. Raises ValidationError."""
    current = Document.objects.select_for_update().get(pk=document.pk)
    if current.published_at:
        return current
    if current.publicity != Publicity.PROACTIVE:
        raise ValidationError(
            _("Only what is disclosed proactively can be published: %(title)s"),
            params={"title": current.title},
        )
    current.published_at = at
    _save(current)
    mark_changed("document", [current.pk])
    follow_publication(current, at=at, by=by)
    note("document.published", current, at=at, by=by, details={"title": current.title})
    return current


def _write(document: Document, content: Content) -> None:
    for name, value in content.items():
        setattr(document, name, value)
    document.document_number = document_numbers.normalise(document.document_number)
    document.document_number_key = number_key(document.document_number)
    if "body_html" in content:
        document.body_html = html.sanitise(content["body_html"])
        blocks = html.blocks(document.body_html)
        document.body_text = plain.as_text(blocks)
        document.summary = document.summary or summarise(blocks)


def _save(document: Document) -> None:
    """Raises ValidationError by field."""
    starts, ends = document.effective_on, document.expires_on
    if starts and ends and ends < starts:
        raise ValidationError({"expires_on": _("It would expire before it is in force.")})
    document.full_clean()
    document.save()
