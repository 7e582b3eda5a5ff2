from django.apps import AppConfig
from django.core.checks import Tags, register
from django.utils.translation import gettext_lazy as _

from portal import checks


class PortalConfig(AppConfig):
    name = "portal"
    verbose_name = _("Portal")

    def ready(self) -> None:
        register(checks.index_numbers)
        register(checks.database, Tags.database)
        register(checks.templates, Tags.templates, deploy=True)
