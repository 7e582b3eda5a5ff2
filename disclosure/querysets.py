from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db import models

from agencies.models import Agency
from disclosure.rules.vocabulary import Publicity

if TYPE_CHECKING:
    pass


class DocumentQuerySet(models.QuerySet["Document"]):
    def public(self, at: datetime) -> Self:
        """What anybody may see at that moment: the only door of every public surface."""
        return self.filter(published_at__lte=at, publicity=Publicity.PROACTIVE)

    def of_subtree(self, agency: Agency) -> Self:
        return self.filter(agency__path__startswith=agency.path)

    def newest_first(self) -> Self:
        return self.order_by("-published_at", "-id")
