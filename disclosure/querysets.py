from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from agencies.models import Agency
from deadlines.rules.dates import start_of_year
from disclosure.rules.vocabulary import Publicity

if TYPE_CHECKING:
    from disclosure.models import Document, Topic  # noqa: F401  the base class names it in a string

# What a list never shows; a page of fifty documents would otherwise carry fifty bodies.
HEAVY = ("body_html", "body_text", "original")


class DocumentQuerySet(models.QuerySet["Document"]):
    def public(self, at: datetime) -> Self:
        """What anybody may see at that moment: the only door of every public surface."""
        return self.filter(published_at__lte=at, publicity=Publicity.PROACTIVE)

    def publishable(self) -> Self:
        """Published, now or at a moment still to come: what the search index holds."""
        return self.filter(published_at__isnull=False, publicity=Publicity.PROACTIVE)

    def drafts(self) -> Self:
        return self.filter(published_at__isnull=True)

    def of_subtree(self, agency: Agency) -> Self:
        return self.filter(agency__path__startswith=agency.path)

    def of_topic(self, topic: "Topic") -> Self:
        """Of the class or one of its children."""
        if topic.parent_id:
            return self.filter(topic=topic)
        return self.filter(Q(topic=topic) | Q(topic__parent=topic))

    def of_year(self, year: int) -> Self:
        """Issued in that year; where the source gives no date, published in it."""
        undated = Q(
            issued_on__isnull=True,
            published_at__gte=start_of_year(year),
            published_at__lt=start_of_year(year + 1),
        )
        return self.filter(Q(issued_on__year=year) | undated)

    def newest_first(self) -> Self:
        return self.order_by("-published_at", "-id")

    def listed(self) -> Self:
        """With what a line of a list shows, and without the texts."""
        return self.select_related("agency", "topic__parent").defer(*HEAVY)
