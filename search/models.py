"""The change log that every machine's index follows."""

from django.db import models
from django.db.models import Func
from django.utils.translation import gettext_lazy as _

from search.querysets import ChangeQuerySet


class Change(models.Model):
    """One row of a source was written, and its place in the index may be stale.

    Numbers are given when a row is written, not when it is committed, so a reader that
    remembers only the last number would miss a slow transaction. The writing transaction's
    own number lets a follower stop before any that is still open.
    """

    transaction = models.BigIntegerField(db_default=Func(function="txid_current"), editable=False)
    source = models.CharField(_("source"), max_length=32)
    object_id = models.BigIntegerField()
    at = models.DateTimeField(db_default=models.functions.Now())

    objects = ChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("index change")
        verbose_name_plural = _("index changes")
        ordering = ["transaction", "id"]
        indexes = [models.Index(fields=["transaction", "id"]), models.Index(fields=["at"])]

    def __str__(self) -> str:
        return f"{self.source}:{self.object_id}"


class LogStart(models.Model):
    """Changes up to and of this transaction may be gone from the log. One row, or none yet."""

    ONLY = 1

    transaction = models.BigIntegerField(editable=False)

    class Meta:
        verbose_name = _("start of the index's change log")
        verbose_name_plural = _("start of the index's change log")

    def __str__(self) -> str:
        return str(self.transaction)
