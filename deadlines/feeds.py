"""What a body owes, for calendar programs. Whoever has the address reads it, so it is a secret."""

from datetime import timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from icalendar import Calendar, Event

from deadlines import wording
from deadlines.bodies import bodies_of
from deadlines.models import Duty
from deadlines.selectors.desk import feed_key, of_bodies
from deadlines.services.feed_keys import digest_of, note_use

MOST = 1000


@never_cache
@require_safe
def duties(request: HttpRequest, secret: str) -> HttpResponse:
    """Empty again is a feed whose owner no longer serves there: it answers 404."""
    at = timezone.now()
    key = feed_key(digest_of(secret))
    if key is None or not bodies_of(key.user).filter(pk=key.body_id).exists():
        raise Http404
    note_use(key, at=at)
    feed = Calendar()
    feed.add("prodid", "-//gongkai//duties//ZH")
    feed.add("version", "2.0")
    feed.add("x-wr-calname", _("%(body)s: what is due") % {"body": key.body})
    feed.add("refresh-interval;value=duration", "PT1H")
    for duty in of_bodies([key.body_id]).running().order_by("due_at", "pk")[:MOST]:
        feed.add_component(_event(request, duty))
    return HttpResponse(feed.to_ical(), content_type="text/calendar; charset=utf-8")


def _event(request: HttpRequest, duty: Duty) -> Event:
    event = Event()
    event.add("uid", f"duty-{duty.pk}@{settings.SITE['domain']}")
    event.add("dtstamp", duty.opened_at)
    if duty.due_on:  # which all have that run
        event.add("dtstart", duty.due_on)
        event.add("dtend", duty.due_on + timedelta(days=1))
    # Every change of the calendar is a new version of the date.
    event.add("sequence", duty.version)
    name = wording.rule_name(duty.rule)
    event.add("summary", f"{name} · {duty.title}")
    event.add("status", "TENTATIVE" if duty.provisional else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    address = reverse("admin:deadlines_duty_change", args=[duty.pk])
    event.add("url", request.build_absolute_uri(address))
    return event
