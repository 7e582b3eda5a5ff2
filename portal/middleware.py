from collections.abc import Callable
from contextlib import suppress

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation.trans_real import parse_accept_lang_header

NOTHING = "camera=(), geolocation=(), microphone=(), payment=(), usb=(), interest-cohort=()"
API = "/api/"

Handler = Callable[[HttpRequest], HttpResponse]


class PermissionsPolicyMiddleware:
    """Pages of this portal never ask for a device; say so, whatever is injected."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response["Permissions-Policy"] = NOTHING
        return response


class LanguageMiddleware:
    """Pages are in the site's language until the reader chooses; programs say theirs each time.

    Django's own middleware would show a government's pages in English to whoever bought the
    telephone abroad.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language, decided_by = _language(request)
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        patch_vary_headers(response, [decided_by])
        return response


def _language(request: HttpRequest) -> tuple[str, str]:
    """The language, and the header it was read from."""
    if request.path.startswith(API):
        return _accepted(request.headers.get("Accept-Language", "")), "Accept-Language"
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
    known = {code for code, _name in settings.LANGUAGES}
    return (chosen if chosen in known else settings.LANGUAGE_CODE), "Cookie"


def _accepted(header: str) -> str:
    for code, _quality in parse_accept_lang_header(header):
        with suppress(LookupError):
            return translation.get_supported_language_variant(code)
    return settings.LANGUAGE_CODE
