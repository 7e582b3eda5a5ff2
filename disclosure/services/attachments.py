"""Files of documents: checked by content, kept under names nobody can guess."""

import hashlib
import secrets
from datetime import datetime
from functools import partial
from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

from disclosure.extraction import files
from disclosure.extraction.limits import ExtractionError
from disclosure.models import Attachment, Document
from disclosure.rules.text import one_line
from disclosure.services.trail import note
from search.services import mark_changed

PER_DOCUMENT = 50
_NAME_LENGTH = 200


def attach(document: Document, *, name: str, content: bytes, at: datetime, by: str) -> Attachment:
    """Keep a file with a document; the same file again is the same attachment.

    Raises ValidationError: of a type, size or number that is not accepted.
    """
    with transaction.atomic():
        attachment, new = put(document, name=name, content=content)
        if new:
            details: dict[str, object] = {"name": attachment.name, "sha256": attachment.sha256}
            note("attachment.added", document, by=by, at=at, details=details)
            mark_changed("document", [document.pk])
    return attachment


def detach(attachment: Attachment, *, at: datetime, by: str) -> None:
    """The file goes when the transaction does."""
    document = attachment.document
    details: dict[str, object] = {"name": attachment.name, "sha256": attachment.sha256}
    with transaction.atomic():
        remove(attachment)
        note("attachment.removed", document, by=by, at=at, details=details)
        mark_changed("document", [document.pk])


def put(document: Document, *, name: str, content: bytes) -> tuple[Attachment, bool]:
    """Attach without a word to the trail or the index: for imports, which say it once for all.

    Raises ValidationError.
    """
    shown = check_name(name)
    media_type = check(shown, content)
    digest = hashlib.sha256(content).hexdigest()
    held = document.attachments.filter(sha256=digest).first()
    if held:
        return held, False
    if document.attachments.count() >= PER_DOCUMENT:
        raise ValidationError(_("The document has as many attachments as is allowed."))
    attachment = Attachment(
        document=document,
        name=shown,
        size=len(content),
        sha256=digest,
        media_type=media_type,
        text=files.searchable_text(media_type, content),
    )
    stored = f"{secrets.token_urlsafe(24)}{PurePath(shown).suffix.lower()}"
    attachment.file.save(stored, ContentFile(content), save=False)
    try:
        attachment.save()
    except BaseException:
        _delete(attachment)
        raise
    return attachment, True


def remove(attachment: Attachment) -> None:
    attachment.delete()
    transaction.on_commit(partial(_delete, attachment))


def _delete(attachment: Attachment) -> None:
    if attachment.file.name:
        default_storage.delete(attachment.file.name)


def check(name: str, content: bytes) -> str:
    """The media type. Raises ValidationError."""
    try:
        return files.media_type(name, content)
    except ExtractionError as error:
        raise ValidationError(str(error)) from error


def check_name(name: str) -> str:
    """Without folders and without characters that hide what it is. Raises ValidationError."""
    shown = one_line(PurePath(name.replace("\\", "/")).name)
    if not shown or shown.startswith(".") or len(shown) > _NAME_LENGTH:
        raise ValidationError(_("The file has no usable name."))
    return shown
