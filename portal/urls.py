from django.contrib import admin
from django.contrib.sitemaps import views as sitemaps
from django.urls import include, path

from disclosure.sitemaps import SITEMAPS
from portal import health, views

urlpatterns = [
    path("", views.home, name="home"),
    path("", include("deadlines.urls")),
    path("", include("disclosure.urls")),
    path("accounts/notices/", include("notices.urls")),
    path("accounts/", include("accounts.urls")),
    path("admin/", admin.site.urls),
    path("api/v1/", include("portal.api")),
    path("view/", views.view_mode, name="view_mode"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("robots.txt", views.robots),
    path(
        "sitemap.xml",
        sitemaps.index,
        {"sitemaps": SITEMAPS, "sitemap_url_name": "sitemap_section"},
        name="sitemap",
    ),
    path(
        "sitemap-<section>.xml",
        sitemaps.sitemap,
        {"sitemaps": SITEMAPS},
        name="sitemap_section",
    ),
]
