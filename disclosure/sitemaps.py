"""Every public address, for search engines and archives (https://www.sitemaps.org)."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.contrib.sitemaps import Sitemap
from django.db.models import Max, QuerySet
from django.urls import reverse
from django.utils import timezone

from agencies.models import Agency
from disclosure.models import Document, Topic

if TYPE_CHECKING:  # the stubs are generic, the classes are not
    Documents = Sitemap[Document]
    Agencies = Sitemap[Agency]
    Topics = Sitemap[Topic]
    Names = Sitemap[str]
else:
    Documents = Agencies = Topics = Names = Sitemap


class DocumentSitemap(Documents):
    limit = 10_000

    def items(self) -> QuerySet[Document]:
        documents = Document.objects.public(timezone.now())
        return documents.only("index_number", "updated_at").order_by("id")

    def lastmod(self, item: Document) -> datetime:
        return item.updated_at

    def get_latest_lastmod(self) -> datetime | None:
        """Asked of the database; Django would read every document for it."""
        newest: datetime | None = self.items().aggregate(newest=Max("updated_at"))["newest"]
        return newest


class AgencySitemap(Agencies):
    limit = 10_000

    def items(self) -> QuerySet[Agency]:
        return Agency.objects.only("code").order_by("id")

    def location(self, item: Agency) -> str:
        return reverse("disclosure:agency", args=[item.code])


class TopicSitemap(Topics):
    def items(self) -> QuerySet[Topic]:
        return Topic.objects.only("code").order_by("code")


class PageSitemap(Names):
    def items(self) -> list[str]:
        names = ("catalogue", "agencies", "topics", "guide", "apply")
        return ["home", *(f"disclosure:{name}" for name in names)]

    def location(self, item: str) -> str:
        return reverse(item)


SITEMAPS: dict[str, "type[Sitemap[Any]]"] = {
    "pages": PageSitemap,
    "documents": DocumentSitemap,
    "agencies": AgencySitemap,
    "topics": TopicSitemap,
}
