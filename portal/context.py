"""What every page of the site needs, whichever app renders it."""

from functools import partial
from typing import NamedTuple

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class Door(NamedTuple):
    """A column of the disclosure platform under its legal name (国办公开办函〔2019〕61号)."""

    key: str
    name: object
    hint: object
    url: str


def doors() -> list[Door]:
    catalogue = reverse("disclosure:catalogue")
    return [
        Door(
            "guide",
            _("Disclosure guide"),
            _("How to look, whom to ask, where to read"),
            reverse("disclosure:guide"),
        ),
        Door(
            "institutional",
            _("Disclosure rules and procedures"),
            _("Laws, regulations and rules on disclosure"),
            f"{catalogue}?column=institutional",
        ),
        Door(
            "statutory",
            _("Statutory proactive disclosure"),
            _("All that must be disclosed unasked"),
            f"{catalogue}?column=statutory",
        ),
        Door(
            "annual_report",
            _("Annual disclosure reports"),
            _("What each body reported, year by year"),
            f"{catalogue}?column=annual_report",
        ),
        Door(
            "apply",
            _("Disclosure on application"),
            _("Ask for what is not public"),
            reverse("disclosure:apply"),
        ),
    ]


def site(request: HttpRequest) -> dict[str, object]:
    """Whose portal this is, where the reader is, and whether they asked for large text."""
    return {
        "portal": settings.SITE,  # not "site": sign-in views give that name to something else
        "doors": doors(),
        "here": request.get_full_path(),
        # Asked for only by pages that show it: the page that refuses a host cannot name it.
        # A path that begins with two slashes would be read as another host.
        "canonical": partial(request.build_absolute_uri, "/" + request.path.lstrip("/")),
        "large_text": request.COOKIES.get("view") == "large",
        "masthead_search": True,
    }
