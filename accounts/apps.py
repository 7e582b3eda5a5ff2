from django.apps import AppConfig
from django.contrib.admin import apps as admin
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("Accounts")


class OfficialsAdminConfig(admin.AdminConfig):
    """Django's admin with the house's own sign-in; named in INSTALLED_APPS in its place."""

    default = False
    default_site = "accounts.admin_site.OfficialsSite"
