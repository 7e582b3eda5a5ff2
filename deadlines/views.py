"""When is my answer due? The answer is the same page with an address; nothing is kept."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from deadlines import wording
from deadlines.explaining.explanation import explain
from deadlines.explaining.ical import calendar_file
from deadlines.forms import QuestionForm, address_of, knows
from deadlines.rules.clock import Reading
from deadlines.rules.events import CONFIRMED_CHANNELS, ClockError
from deadlines.rules.question import Question
from deadlines.rules.table import RULES
from deadlines.selectors import calendars
from deadlines.selectors.answers import ask

# The rules as people look for them; all of them, each once.
GROUPS: tuple[tuple[Promise, tuple[str, ...]], ...] = (
    (
        gettext_lazy("Disclosure on application"),
        ("reply", "correction", "third_party", "co_maker", "fee_payment"),
    ),
    (
        gettext_lazy("Proactive disclosure"),
        ("publication", "interpretation", "penalty_publication"),
    ),
    (gettext_lazy("Response to public concern"), ("concern_emergency", "concern_other")),
    (gettext_lazy("Annual reports"), ("annual_report_body", "annual_report_government")),
    (gettext_lazy("Remedies"), ("review", "suit", "suit_after_review")),
)


@dataclass(frozen=True, slots=True)
class Option:
    """A rule to choose, with what its fields go by."""

    name: str
    said: str
    knows: str
    trigger: str


@dataclass(frozen=True, slots=True)
class Example:
    said: str
    url: str


@require_safe
def deadline(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    version = calendars.version()
    form = QuestionForm(request.GET)
    question, reading = _answer(form, version) if form.asked else (None, None)
    context: dict[str, object] = {
        "section": "apply",
        "crumbs": [{"name": _("Disclosure on application"), "url": reverse("disclosure:apply")}],
        "form": form,
        "problems": form.all_problems(),
        "groups": _groups(version),
        "older": RULES["reply"].editions[0],
        "triggers": wording.TRIGGERS.items(),
        "channels": wording.CHANNELS.items(),
        "confirmed_channels": CONFIRMED_CHANNELS,
        "parties": wording.PARTIES.items(),
        "today": today,
    }
    if reading and question:
        context |= _shared(request, question, reading)
        calendar = calendars.work_calendar(at_version=version)
        context["clock"] = explain(reading, today=today, calendar=calendar)
    else:
        context["examples"] = _examples(today)
    return render(request, "deadlines/deadline.html", context)


@require_safe
def calendar_entry(request: HttpRequest) -> HttpResponse:
    """The due date as a file; where there is none, there is no such file."""
    form = QuestionForm(request.GET)
    question, reading = _answer(form, calendars.version())
    if question is None or reading is None or reading.due_on is None:
        raise Http404
    query = address_of(question)
    address = request.build_absolute_uri(f"{reverse('deadlines:deadline')}?{query}")
    file = calendar_file(
        reading,
        query=query,
        address=address,
        domain=str(settings.SITE["domain"]),
        at=timezone.now(),
    )
    name = f"{reading.due_on.isoformat()}.ics"
    return HttpResponse(
        file,
        content_type="text/calendar; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "X-Robots-Tag": "noindex",
        },
    )


def _answer(form: QuestionForm, version: int) -> tuple[Question | None, Reading | None]:
    """None, None with the reasons beside the form's fields."""
    question = form.question()
    if question is None:
        return None, None
    try:
        return question, ask(question, version=version)
    except ClockError as error:
        form.refuse(error)
        return None, None


def _groups(version: int) -> list[tuple[Promise, list[Option]]]:
    return [(label, [_option(name, version) for name in names]) for label, names in GROUPS]


def _option(name: str, version: int) -> Option:
    rule = calendars.rule_for(name, at_version=version)
    said = _("%(rule)s: %(span)s (%(article)s)") % {
        "rule": wording.rule_name(name),
        "span": wording.span(rule.newest),
        "article": wording.cite(rule.newest.article, rule.newest.basis),
    }
    return Option(name, said, " ".join(knows(rule)), rule.trigger)


def _shared(request: HttpRequest, question: Question, reading: Reading) -> dict[str, object]:
    query = address_of(question)
    page = reverse("deadlines:deadline")
    file = f"{reverse('deadlines:calendar')}?{query}"
    return {
        "link": request.build_absolute_uri(f"{page}?{query}"),
        "calendar_url": file if reading.due_on else "",
        "json_url": f"{reverse('deadlines-api:deadlines')}?{query}",
    }


def _examples(today: date) -> Iterable[Example]:
    page = reverse("deadlines:deadline")
    month_ago = today - timedelta(days=30)
    asked, came = month_ago + timedelta(days=7), month_ago + timedelta(days=15)
    told = (
        (_("Handed in today"), f"rule=reply&received_on={today}"),
        (
            _("Handed in online today and not confirmed yet"),
            f"rule=reply&received_on={today}&channel=online",
        ),
        (
            _("A month ago, with an opinion asked for and an extension"),
            f"rule=reply&received_on={month_ago}&consultation=third_party,{asked},{came}&extended_days=5",
        ),
    )
    return [Example(said, f"{page}?{query}") for said, query in told]
