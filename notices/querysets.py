from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from notices.rules.messages import UNSENT_FOR_GOOD, Channel, State

if TYPE_CHECKING:
    from notices.models import Notice


class NoticeQuerySet(models.QuerySet["Notice"]):
    def due(self, at: datetime, channels: Iterable[Channel]) -> Self:
        """To be sent now, and in nobody's hands: the longest due first."""
        free = Q(claimed_until__isnull=True) | Q(claimed_until__lte=at)
        waiting = self.filter(state=State.WAITING, next_attempt_at__lte=at)
        return waiting.filter(free, channel__in=list(channels)).order_by("next_attempt_at", "id")

    def held_by(self, notice: "Notice") -> Self:
        """The row, as long as nobody has claimed it since `notice` was."""
        return self.filter(pk=notice.pk, claim=notice.claim)

    def abandoned(self, at: datetime) -> Self:
        """Claimed by somebody who had time enough to say what became of it."""
        return self.filter(claimed_until__lte=at)

    def undecided(self) -> Self:
        """Dead or in doubt, and with somewhere to go."""
        return self.filter(state__in=UNSENT_FOR_GOOD).exclude(address="")

    def inbox_of(self, key: str) -> Self:
        return self.filter(channel=Channel.INBOX, recipient=key)

    def unread(self) -> Self:
        return self.filter(read_at__isnull=True)

    def newest_first(self) -> Self:
        return self.order_by("-created_at", "-id")
