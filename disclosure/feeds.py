"""What is new, as Atom: of the site, of a body, of a topic."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from agencies.models import Agency
from agencies.selectors import by_code
from disclosure import selectors
from disclosure.models import Document, Topic
from disclosure.selectors import Filters

ENTRIES = 50


class NewestFeed(Feed[Document, object]):
    feed_type = Atom1Feed

    def title(self, _scope: object) -> str:
        return f"{settings.SITE['place']}{settings.SITE['name']}"

    def subtitle(self, _scope: object) -> str:
        return _("Newly disclosed")

    def link(self, _scope: object) -> str:
        return reverse("disclosure:catalogue")

    def filters(self, _scope: object) -> Filters:
        return Filters()

    def items(self, scope: object) -> Iterable[Document]:
        return selectors.catalogue(at=timezone.now(), filters=self.filters(scope))[:ENTRIES]

    def item_title(self, item: Document) -> str:
        return item.title

    def item_description(self, item: Document) -> str:
        return item.summary

    def item_author_name(self, item: Document) -> str:
        return item.agency.name

    def item_pubdate(self, item: Document) -> datetime | None:
        return item.published_at

    def item_updateddate(self, item: Document) -> datetime:
        return item.updated_at


class AgencyFeed(NewestFeed):
    def get_object(self, _request: HttpRequest, code: str) -> Agency:
        found = by_code(code)
        if found is None:
            raise Http404
        return found

    def title(self, scope: Agency) -> str:
        return scope.name

    def link(self, scope: Agency) -> str:
        return reverse("disclosure:agency", args=[scope.code])

    def filters(self, scope: Agency) -> Filters:
        return Filters(agency=scope)


class TopicFeed(NewestFeed):
    def get_object(self, _request: HttpRequest, code: str) -> Topic:
        try:
            return selectors.topic_by_code(code.replace("\x00", ""))
        except Topic.DoesNotExist as error:
            raise Http404 from error

    def title(self, scope: Topic) -> str:
        return str(scope)

    def link(self, scope: Topic) -> str:
        return scope.get_absolute_url()

    def filters(self, scope: Topic) -> Filters:
        return Filters(topic=scope)
