"""The append-only, hash-chained trail.

Each entry carries the hash of the one before it. Details are bound into the chain by a
salted digest, so they can be erased when the law asks for it and the chain still holds.
"""

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _


class Entry(models.Model):
    """Somebody did something to something. The actor is text: it must outlive the person."""

    at = models.DateTimeField(_("time"))
    action = models.CharField(_("action"), max_length=64, db_index=True)
    actor = models.CharField(_("actor"), max_length=200)
    subject_type = models.CharField(_("subject type"), max_length=64)
    subject_id = models.CharField(_("subject"), max_length=64)
    details = models.JSONField(_("details"), null=True)  # null: erased
    salt = models.CharField(max_length=32, null=True)  # noqa: DJ001  null: erased with the details
    details_digest = models.CharField(max_length=64)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(_("hash"), max_length=64, unique=True)

    class Meta:
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit entries")
        ordering = ["-id"]
        indexes = [models.Index(fields=["subject_type", "subject_id"])]
        triggers = [
            pgtrigger.Protect(name="entry_never_deleted", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="entry_never_changed",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "ROW(OLD.id, OLD.at, OLD.action, OLD.actor, OLD.subject_type, OLD.subject_id,"
                    " OLD.details_digest, OLD.previous_hash, OLD.hash) IS DISTINCT FROM"
                    " ROW(NEW.id, NEW.at, NEW.action, NEW.actor, NEW.subject_type, NEW.subject_id,"
                    " NEW.details_digest, NEW.previous_hash, NEW.hash)"
                    " OR NEW.details IS NOT NULL OR NEW.salt IS NOT NULL"
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.action} {self.subject_type} {self.subject_id}"


class Head(models.Model):
    """The one row that names the newest entry: the lock for writers, the anchor for readers.

    Without it, entries cut off the end of the trail would not be missed.
    """

    entry_count = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="only_one_head")]

    def __str__(self) -> str:
        return f"{self.entry_count} {self.hash}"
