"""Somebody must act by a day: what for, since when, by when, and whether it was done."""

import pgtrigger
from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from deadlines.querysets import DutyQuerySet
from deadlines.rules.clock import Waiting
from deadlines.rules.duties import State
from deadlines.rules.events import EventKind


class DutyState(models.TextChoices):
    OPEN = State.OPEN, _("open")
    MET = State.MET, _("met")
    LAPSED = State.LAPSED, _("no longer owed")


class DutyWaiting(models.TextChoices):
    CONFIRMATION = Waiting.CONFIRMATION, _("confirmation of receipt")
    CORRECTION = Waiting.CORRECTION, _("the applicant's correction")
    PAYMENT = Waiting.PAYMENT, _("the applicant's payment")


class Duty(models.Model):
    """Opened, moved and met by services alone; its dates are a cache of what the clock reads."""

    rule = models.CharField(_("rule"), max_length=32)
    body = models.ForeignKey(
        settings.BODY_MODEL, models.PROTECT, related_name="duties", verbose_name=_("body")
    )
    # Whose calendar counts: the division code of the body, shortened as in Revision.region.
    region = models.CharField(max_length=12, blank=True, editable=False)
    title = models.CharField(_("what is owed"), max_length=300)
    content_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+")
    object_id = models.BigIntegerField()
    subject = GenericForeignKey("content_type", "object_id")
    # Which of several duties of one rule on one subject; "" where there is one.
    reference = models.CharField(max_length=64, blank=True)

    state = models.CharField(_("state"), max_length=8, choices=DutyState, default=State.OPEN)
    opened_at = models.DateTimeField(_("opened"))
    starts_on = models.DateField(_("counted from"), null=True)  # null: not received in law yet
    due_on = models.DateField(_("due"), null=True)  # null: it waits for somebody else
    due_at = models.DateTimeField(null=True)  # the first moment that is too late
    waiting_for = models.CharField(_("waits for"), max_length=16, choices=DutyWaiting, blank=True)
    provisional = models.BooleanField(_("provisional"), default=False)
    version = models.BigIntegerField(_("version of the calendar"))  # a Revision's key; 0: none

    closed_at = models.DateTimeField(_("met"), null=True)  # or lapsed; null: open
    evidence = models.CharField(_("evidence"), max_length=300, blank=True)
    evidence_type = models.ForeignKey(ContentType, models.PROTECT, null=True, related_name="+")
    evidence_id = models.BigIntegerField(null=True)
    evidence_object = GenericForeignKey("evidence_type", "evidence_id")

    # What the sweep has done: the smallest number of working days left that was reminded of, the
    # first day that was too late and when that was noted, the largest number escalated after.
    reminded_left = models.PositiveSmallIntegerField(null=True)
    overdue_since = models.DateField(_("overdue since"), null=True)
    overdue_noted_at = models.DateTimeField(_("first noted overdue"), null=True)
    escalated_after = models.PositiveSmallIntegerField(null=True)

    objects = DutyQuerySet.as_manager()

    class Meta:
        verbose_name = _("duty")
        verbose_name_plural = _("duties")
        ordering = ["due_at", "id"]
        indexes = [
            models.Index(fields=["due_at", "id"], condition=Q(state="open"), name="open_by_due"),
            models.Index(
                fields=["version", "id"], condition=Q(state="open"), name="open_by_version"
            ),
            models.Index(fields=["body", "state", "due_at"], name="duties_of_body"),
            models.Index(fields=["content_type", "object_id"], name="duties_of_subject"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["rule", "content_type", "object_id", "reference"],
                condition=Q(state="open"),
                name="a_duty_open_once",
            ),
            models.CheckConstraint(
                condition=Q(state="open", closed_at__isnull=True)
                | (~Q(state="open") & Q(closed_at__isnull=False)),
                name="open_or_closed",
            ),
            models.CheckConstraint(
                condition=Q(waiting_for="", due_on__isnull=False, due_at__isnull=False)
                | (~Q(waiting_for="") & Q(due_on__isnull=True, due_at__isnull=True)),
                name="due_or_waiting",
            ),
        ]

    def __str__(self) -> str:
        return self.title


def _facts(row: str) -> str:
    """All of an event but what is said when it is struck out, as SQL."""
    columns = "id duty_id kind on at channel party reference days recorded_at recorded_by"
    quoted = (f'{row}."{name}"' for name in columns.split())
    return f"ROW({', '.join(quoted)})"


class DutyEvent(models.Model):
    """A fact the clock of a duty reads. Never changed; one that was wrong is struck out."""

    class Kind(models.TextChoices):
        RECEIVED = EventKind.RECEIVED, _("received")
        CONFIRMED = EventKind.CONFIRMED, _("confirmed")
        CORRECTION_ASKED = EventKind.CORRECTION_ASKED, _("correction asked for")
        CORRECTED = EventKind.CORRECTED, _("corrected")
        CONSULTED = EventKind.CONSULTED, _("opinion asked for")
        DELIVERED = EventKind.DELIVERED, _("letter delivered")
        ANSWERED = EventKind.ANSWERED, _("opinion received")
        FEE_NOTICED = EventKind.FEE_NOTICED, _("fee notice")
        FEE_PAID = EventKind.FEE_PAID, _("fee paid")
        EXTENDED = EventKind.EXTENDED, _("extended")

    duty = models.ForeignKey(Duty, models.PROTECT, related_name="events")
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    on = models.DateField(_("day"))
    at = models.DateTimeField(null=True)  # where hours count
    channel = models.CharField(_("channel"), max_length=16, blank=True)  # of RECEIVED
    party = models.CharField(_("who is asked"), max_length=16, blank=True)  # of a consultation
    reference = models.CharField(max_length=64, blank=True)  # which letter
    days = models.PositiveSmallIntegerField(default=0)  # of EXTENDED
    recorded_at = models.DateTimeField(_("recorded"))
    recorded_by = models.CharField(_("recorded by"), max_length=200)
    struck_at = models.DateTimeField(null=True)  # null: it stands
    struck_because = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["on", "id"]
        triggers = [
            pgtrigger.Protect(name="event_never_deleted", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="event_only_struck_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.struck_at IS NOT NULL OR NEW.struck_at IS NULL"
                    f" OR {_facts('OLD')} IS DISTINCT FROM {_facts('NEW')}"
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.get_kind_display()}"


class FeedKey(models.Model):
    """The secret in the address of a body's calendar feed; only its hash is kept."""

    body = models.ForeignKey(
        settings.BODY_MODEL, models.CASCADE, related_name="+", verbose_name=_("body")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("made for")
    )
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(_("made"))
    used_at = models.DateTimeField(_("last used"), null=True)
    revoked_at = models.DateTimeField(_("revoked"), null=True)  # null: it opens the feed

    class Meta:
        verbose_name = _("key of a calendar feed")
        verbose_name_plural = _("keys of calendar feeds")
        ordering = ["-made_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["body", "user"],
                condition=Q(revoked_at__isnull=True),
                name="one_feed_key_each",
            )
        ]

    def __str__(self) -> str:
        return f"{self.body} {self.user}"
