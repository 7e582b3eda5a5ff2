from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, object]:
    """Whose portal this is, and whether the reader asked for large text."""
    return {"site": settings.SITE, "large_text": request.COOKIES.get("view") == "large"}
