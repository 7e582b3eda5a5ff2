from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

NOTHING = "camera=(), geolocation=(), microphone=(), payment=(), usb=(), interest-cohort=()"


class PermissionsPolicyMiddleware:
    """Pages of this portal never ask for a device; say so, whatever is injected."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response["Permissions-Policy"] = NOTHING
        return response
