"""The REST API under /api/v1/. Closed by default; public reading opens itself in rest/views.py."""

import re

from portal.settings import env

__all__ = ["REST_FRAMEWORK", "SPECTACULAR_SETTINGS"]


def _rate(name: str, default: str) -> str:
    value = env.text(name, default)
    if not re.fullmatch(r"[1-9]\d{0,6}/(sec|min|hour|day)", value, re.ASCII):
        env.refuse(name, value, "write a number and a span, such as 300/min")
    return value


REST_FRAMEWORK = {
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAdminUser"],
    "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.SessionAuthentication"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_THROTTLE_CLASSES": [
        "rest_framework.throttling.AnonRateThrottle",
        "rest_framework.throttling.UserRateThrottle",
    ],
    "DEFAULT_THROTTLE_RATES": {
        "anon": _rate("API_ANON_RATE", "300/min"),
        "user": _rate("API_USER_RATE", "1200/min"),
    },
    # How many proxies of our own add to X-Forwarded-For. With 0 the header, which anybody can
    # write, is not read at all.
    "NUM_PROXIES": env.number("TRUSTED_PROXIES", 0, least=0, most=10),
    "EXCEPTION_HANDLER": "portal.problems.answer",
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
}

SPECTACULAR_SETTINGS = {
    "TITLE": "Gongkai API",
    "DESCRIPTION": "What a government has made public, for programs. Reading needs no key.",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PUBLIC": True,
    "SERVE_AUTHENTICATION": [],
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],
    "ENUM_NAME_OVERRIDES": {
        "AgencyKind": "agencies.models.AgencyKind",
        "AgencyLevel": "agencies.models.AgencyLevel",
        "ReadingPlaceKind": "agencies.models.ReadingPlace.Kind",
        "Column": "disclosure.models.DocumentColumn",
        "Genre": "disclosure.models.DocumentGenre",
        "Publicity": "disclosure.models.DocumentPublicity",
        "Validity": "disclosure.models.DocumentValidity",
    },
    "PREPROCESSING_HOOKS": ["rest.routes.documented"],
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "TAGS": [
        {"name": "records", "description": "The catalogue: documents that are public."},
        {"name": "agencies", "description": "Bodies with a duty to disclose."},
        {"name": "topics", "description": "The State Council's topic classification."},
        {"name": "deadlines", "description": "The legal clock: due dates, explained day by day."},
    ],
}
