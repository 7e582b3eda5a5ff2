from typing import TYPE_CHECKING, Self

from django.db import models

if TYPE_CHECKING:
    from agencies.models import Agency


class AgencyQuerySet(models.QuerySet["Agency"]):
    def subtree(self, root: "Agency") -> Self:
        """The body and all beneath it, in one query however deep the tree."""
        return self.filter(path__startswith=root.path)

    def above(self, agency: "Agency") -> Self:
        """The bodies over this one, the highest first."""
        return self.filter(path__in=agency.ancestor_paths()).order_by("path")

    def governments(self) -> Self:
        return self.filter(kind="government")
