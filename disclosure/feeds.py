"""What is new, as Atom: of the site, of a body, of a topic."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from agencies.selectors import by_code
from disclosure import selectors
from disclosure.models import Document, Topic
from disclosure.selectors import Filters

ENTRIES = 50
# XML cannot carry these at all; a title brought in long ago may.
FORBIDDEN = {code: None for code in range(0x20) if chr(code) not in "\t\n\r"}

if TYPE_CHECKING:  # the stub is generic, the class is not
    Entries = Feed[Document, "Scope"]
else:
    Entries = Feed


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose news it is, and the page that shows the same."""

    title: str
    link: str
    filters: Filters


class NewestFeed(Entries):
    feed_type = Atom1Feed

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Scope:  # noqa: ARG002  as Django calls it
        name = f"{settings.SITE['place']}{settings.SITE['name']}"
        return Scope(name, reverse("disclosure:catalogue"), Filters())

    def title(self, scope: Scope) -> str:
        return scope.title

    def subtitle(self, _scope: Scope) -> str:
        return _("Newly disclosed")

    def link(self, scope: Scope) -> str:
        return scope.link

    def items(self, scope: Scope) -> Iterable[Document]:
        return selectors.catalogue(at=timezone.now(), filters=scope.filters)[:ENTRIES]

    def item_title(self, item: Document) -> str:
        return item.title.translate(FORBIDDEN)

    def item_description(self, item: Document) -> str:
        return item.summary.translate(FORBIDDEN)

    def item_author_name(self, item: Document) -> str:
        return item.agency.name

    def item_pubdate(self, item: Document) -> datetime | None:
        return item.published_at

    def item_updateddate(self, item: Document) -> datetime:
        return item.updated_at


class AgencyFeed(NewestFeed):
    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Scope:  # noqa: ARG002  as Django calls it
        body = by_code(kwargs["code"])
        if body is None:
            raise Http404
        page = reverse("disclosure:agency", args=[body.code])
        return Scope(body.name, page, Filters(agency=body))


class TopicFeed(NewestFeed):
    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Scope:  # noqa: ARG002  as Django calls it
        try:
            topic = selectors.topic_by_code(kwargs["code"].replace("\x00", ""))
        except Topic.DoesNotExist as error:
            raise Http404 from error
        return Scope(str(topic), topic.get_absolute_url(), Filters(topic=topic))
