from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.template.response import SimpleTemplateResponse
from django.urls import reverse
from django.utils.cache import add_never_cache_headers


class PersonalPagesMiddleware:
    """No cache or Back button shows the next reader at a library an account or a draft."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path.startswith((reverse("account_overview"), reverse("admin:index"))):
            add_never_cache_headers(response)
        return response


class OneMeaningOfSiteMiddleware:
    """Allauth hands its pages a host name as `site`; here `site` is whose portal it is."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_template_response(
        self, request: HttpRequest, response: SimpleTemplateResponse
    ) -> SimpleTemplateResponse:
        if request.path.startswith(reverse("account_overview")) and response.context_data:
            response.context_data.pop("site", None)
        return response
