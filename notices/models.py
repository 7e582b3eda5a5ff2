"""The outbox: what somebody must be told, written in the transaction that is its cause."""

from uuid import uuid4

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from notices.querysets import NoticeQuerySet
from notices.rules.masking import masked
from notices.rules.messages import Channel, State


class NoticeChannel(models.TextChoices):
    EMAIL = Channel.EMAIL, _("e-mail")
    SMS = Channel.SMS, _("text message")
    INBOX = Channel.INBOX, _("inbox")


class NoticeState(models.TextChoices):
    WAITING = State.WAITING, pgettext_lazy("notice", "waiting")
    HANDED_OVER = State.HANDED_OVER, pgettext_lazy("notice", "handed over")
    SENT = State.SENT, pgettext_lazy("notice", "sent")
    DEAD = State.DEAD, pgettext_lazy("notice", "not delivered")
    IN_DOUBT = State.IN_DOUBT, pgettext_lazy("notice", "in doubt: it may have arrived")
    STOPPED = State.STOPPED, pgettext_lazy("notice", "stopped")


class Notice(models.Model):
    """One message to one recipient by one channel.

    Numbered at random: an inbox's address tells nobody how much is sent, and who wrote rows knows
    which of them were new.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    channel = models.CharField(_("channel"), max_length=8, choices=NoticeChannel.choices)
    # A pseudonym that outlives the person; empty for somebody without an account.
    recipient = models.CharField(_("recipient"), max_length=64, blank=True)
    # E-mail address or telephone number; empty for the inbox, and once it was erased.
    address = models.CharField(_("sent to"), max_length=254, blank=True)
    language = models.CharField(_("language"), max_length=16)
    message = models.CharField(_("message"), max_length=64)
    context = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    key = models.CharField(_("told once"), max_length=200)
    created_at = models.DateTimeField(_("written"))
    state = models.CharField(_("state"), max_length=16, choices=NoticeState.choices)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    next_attempt_at = models.DateTimeField(_("next attempt"), null=True)  # null: none will be
    # Whose hands it is in, and until when they may stay silent; null: nobody's.
    claim = models.UUIDField(null=True, editable=False)
    claimed_until = models.DateTimeField(null=True, editable=False)
    sent_at = models.DateTimeField(_("sent at"), null=True)  # null: not, as far as is known
    read_at = models.DateTimeField(_("read"), null=True)  # null: not yet, or not in an inbox
    last_error = models.TextField(_("last error"), blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("to somebody", "notice")
        verbose_name_plural = pgettext_lazy("to somebody", "notices")
        ordering = ["-created_at", "-id"]
        indexes = [
            models.Index(
                fields=["next_attempt_at", "id"],
                condition=Q(state="waiting"),
                name="notice_waiting",
            ),
            models.Index(
                fields=["claimed_until"], condition=Q(claim__isnull=False), name="notice_claimed"
            ),
            models.Index(
                fields=["recipient", "-created_at"],
                condition=Q(channel="inbox"),
                name="notice_inbox",
            ),
            models.Index(fields=["recipient"], name="notice_recipient"),
            models.Index(fields=["-created_at"], name="notice_newest"),
        ]
        constraints = [
            UniqueConstraint(fields=["key", "channel"], name="notice_told_once"),
            CheckConstraint(
                condition=Q(channel__in=[c.value for c in Channel])
                & Q(state__in=[s.value for s in State]),
                name="notice_known_words",
            ),
            CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False)
                | (~Q(state="sent") & Q(sent_at__isnull=True)),
                name="notice_sent_has_a_time",
            ),
            CheckConstraint(
                condition=Q(state="waiting", next_attempt_at__isnull=False)
                | (~Q(state="waiting") & Q(next_attempt_at__isnull=True)),
                name="notice_waiting_has_a_time",
            ),
            CheckConstraint(
                condition=~Q(state="waiting") | ~Q(address=""), name="notice_waiting_has_an_address"
            ),
            CheckConstraint(
                condition=Q(claim__isnull=True, claimed_until__isnull=True)
                | Q(claim__isnull=False, claimed_until__isnull=False),
                name="notice_claim_runs_out",
            ),
            CheckConstraint(
                condition=~Q(state="handed_over") | Q(claim__isnull=False),
                name="notice_handed_over_by_somebody",
            ),
            CheckConstraint(
                condition=~Q(channel="inbox") | (Q(state="sent") & ~Q(recipient="")),
                name="notice_inbox_needs_nobody_to_deliver",
            ),
            CheckConstraint(
                condition=Q(channel="inbox") | Q(read_at__isnull=True),
                name="notice_read_only_in_an_inbox",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.message} {self.recipient or self.masked_address}"

    def get_absolute_url(self) -> str:
        return reverse("notices:notice", args=[self.pk])

    @property
    def masked_address(self) -> str:
        return masked(self.address)
