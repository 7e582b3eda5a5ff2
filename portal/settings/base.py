"""What every way of running the portal shares. The environment's variables: docs/deploy.md."""

from django.utils.translation import gettext_lazy as _

from portal.settings import env
from portal.settings.parts.accounts import *
from portal.settings.parts.api import *
from portal.settings.parts.celery import *
from portal.settings.parts.notices import *
from portal.settings.parts.places import *
from portal.settings.parts.places import BASE_DIR, DATA_DIR
from portal.settings.parts.security import *
from portal.settings.parts.site import *

VERSION = "0.1.0"

INSTALLED_APPS = [
    "portal",
    "disclosure",
    "agencies",
    "accounts",
    "deadlines",
    "notices",
    "search",
    "audit",
    "accounts.apps.OfficialsAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "csp",
    "pgtrigger",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "portal.middleware.PermissionsPolicyMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "portal.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.middleware.PersonalPagesMiddleware",
    "accounts.middleware.OneMeaningOfSiteMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "portal.context.site",
            ],
        },
    }
]

# Stored in UTC, counted in Shanghai: statutory days begin and end there.
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Simplified Chinese")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]

# Files of drafts lie among those of what is public.
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"file_permissions_mode": 0o600, "directory_permissions_mode": 0o700},
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
# Called as f(agency_ids, at=…) when bodies change their place in the tree.
AFTER_BODIES_MOVED = ["disclosure.services.following.bodies_moved"]
# What deadlines, beneath them, asks of the bodies.
BODY_MODEL = "agencies.Agency"
# Called as f(user, *roles): the bodies in which the person serves.
BODIES_OF = "agencies.selectors.bodies_of"
# Called as f(body_ids): who is told of what a body owes, by the body's id.
PEOPLE_OF_BODIES = "agencies.selectors.people_of"
# Called as f(user): who serves nowhere any more does not enter the desk.
SERVES_SOMEWHERE = "agencies.selectors.serves_somewhere"
SEARCH_SOURCES = ["disclosure.indexing.documents"]

DATABASES = {
    "default": env.database("DATABASE_URL")
    or {"ENGINE": "portal.private_postgres", "NAME": "gongkai", "DATA_DIR": DATA_DIR / "postgres"}
}
DATABASES["default"]["CONN_MAX_AGE"] = env.number("CONN_MAX_AGE", 60, least=0, most=86400)
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True

CACHE_URL = env.address("CACHE_URL", ("redis", "rediss"))
CACHES = {
    "default": (
        {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": CACHE_URL}
        if CACHE_URL
        else {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}
    ),
    # Requests counted against the API's limits. Without Redis each process counts for itself:
    # counting in the database would cost a public read more than the read.
    "rates": (
        {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": CACHE_URL}
        if CACHE_URL
        else {
            "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
            "LOCATION": "rates",
            "OPTIONS": {"MAX_ENTRIES": 10_000},
        }
    ),
}

LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": env.choice("LOG_LEVEL", "INFO", LOG_LEVELS)},
}
