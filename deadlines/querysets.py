from datetime import datetime
from typing import Any, Self

from django.db import models
from django.db.models import Q

from deadlines.rules.duties import State


class VersionedQuerySet(models.QuerySet[Any]):
    def standing(self) -> Self:
        """What holds now."""
        return self.filter(until=None)

    def as_of(self, version: int) -> Self:
        """What held when that revision was the newest."""
        return self.filter(Q(until=None) | Q(until__gt=version), since__lte=version)


class DutyQuerySet(models.QuerySet[Any]):
    def open(self) -> Self:
        return self.filter(state=State.OPEN)

    def running(self) -> Self:
        """Open, and due on some day: not waiting for somebody else."""
        return self.open().filter(due_at__isnull=False)

    def overdue(self, at: datetime) -> Self:
        """The whole of the last day is in time."""
        return self.open().filter(due_at__lte=at)

    def in_time(self, at: datetime) -> Self:
        return self.open().filter(due_at__gt=at)

    def behind(self, version: int) -> Self:
        """Open, and read by an older calendar."""
        return self.open().filter(version__lt=version)
