"""What the clock takes and gives, for the schema.

Questions are read by rules.question, which names all faults at once; answers come ready from
selectors.answers.
"""

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import PolymorphicProxySerializer, inline_serializer
from rest_framework import serializers

from deadlines import wording
from deadlines.rules.clock import Waiting
from deadlines.rules.events import Channel
from deadlines.rules.question import MOST_CONSULTATIONS
from deadlines.rules.table import Party, Unit
from rest.shapes import Named, ProblemError

RULE = list(wording.RULE_NAMES.items())
CHANNEL = [(channel.value, name) for channel, name in wording.CHANNELS.items()]
PARTY = [(party.value, name) for party, name in wording.PARTIES.items()]
UNIT = [(unit.value, unit.value) for unit in Unit]
TRIGGER = [(trigger.value, name) for trigger, name in wording.TRIGGERS.items()]
WAITING = [(waiting.value, waiting.value) for waiting in Waiting]


def _day(help_text: Any) -> serializers.DateField:
    return serializers.DateField(required=False, allow_null=True, help_text=help_text)


class Happened(serializers.Serializer[Any]):
    """What was recorded. Days are days in Shanghai."""

    rule = serializers.ChoiceField(RULE, help_text=_("Which term."))
    received_on = serializers.DateField(
        required=False,
        help_text=_(
            "The day of receipt, or of whatever the term runs from. Required unless received_at is"
            " given."
        ),
    )
    received_at = serializers.DateTimeField(
        required=False,
        allow_null=True,
        help_text=_("The moment, for terms in hours. Without an offset it is the time in China."),
    )
    channel = serializers.ChoiceField(
        CHANNEL,
        default=Channel.IN_PERSON.value,
        help_text=_(
            "How the application came. By ordinary post, online or fax it counts as received once"
            " both sides have confirmed it (Article 31)."
        ),
    )
    confirmed_on = _day(_("The day both sides confirmed the receipt."))
    correction_asked_on = _day(_("The day a correction was asked for."))
    corrected_on = _day(_("The day the corrected application arrived; counting begins anew."))
    fee_noticed_on = _day(_("The day the fee notice was given."))
    fee_paid_on = _day(_("The day the fee was paid in full; counting begins anew."))
    extended_days = serializers.IntegerField(
        required=False,
        default=0,
        min_value=0,
        help_text=_("By how many working days it was extended: 20 at most, once (Article 33)."),
    )
    extended_on = _day(_("The day the applicant was told of the extension, by the due date."))
    region = serializers.CharField(
        required=False,
        max_length=12,
        help_text=_("Division code, for the holidays and terms of a region."),
    )
    as_of = _day(_("The day for which used, remaining and overdue are told."))


class QuestionParameters(Happened):
    """All are optional: without any, the endpoint lists the rules."""

    rule = serializers.ChoiceField(RULE, required=False, help_text=_("Which term."))
    consultation = serializers.ListField(
        child=serializers.CharField(),
        required=False,
        max_length=MOST_CONSULTATIONS,
        help_text=_(
            "A consultation as with,sent,answered,delivered: third_party,2025-09-22,2025-10-13."
            " Who is consulted may be left out, and so may the last two. May be given more than"
            " once."
        ),
    )


# `with` is a word of Python's own and cannot be an attribute.
Consultation = inline_serializer(
    "Consultation",
    {
        "with": serializers.ChoiceField(
            PARTY, default=Party.THIRD_PARTY.value, help_text=_("Who was consulted.")
        ),
        "sent_on": serializers.DateField(help_text=_("The day the letter went out.")),
        "delivered_on": _day(_("The day it arrived; its 15 working days run from there.")),
        "answered_on": _day(_("The day the opinion arrived; empty: it never did.")),
    },
    many=True,
    required=False,
    max_length=MOST_CONSULTATIONS,
)


class Question(Happened):
    consultations = Consultation


class CountedDay(serializers.Serializer[Any]):
    date = serializers.DateField()
    counted = serializers.BooleanField()
    n = serializers.IntegerField(allow_null=True, help_text=_("Which day of the term it is."))
    reason = serializers.CharField(
        help_text=_(
            "Always in English: working day, make-up working day, weekend, public holiday, or"
            " consultation with whom."
        )
    )
    name = serializers.CharField(required=False, help_text=_("The holiday it belongs to."))


class CalendarUsed(serializers.Serializer[Any]):
    version = serializers.IntegerField(help_text=_("Grows with every notice that is entered."))
    provisional_years = serializers.ListField(
        child=serializers.IntegerField(),
        help_text=_("Years whose holiday notice the due date waits for."),
    )


class Answer(serializers.Serializer[Any]):
    """What the clock shows. While it waits for the applicant, there is no due date."""

    due_on = serializers.DateField(allow_null=True, help_text=_("The last day in time."))
    provisional = serializers.BooleanField(
        help_text=_("The holiday notice of a year it depends on is not published yet.")
    )
    starts_on = serializers.DateField(
        allow_null=True, help_text=_("The day it runs from, itself not counted.")
    )
    working_days = serializers.IntegerField(
        allow_null=True, help_text=_("Length of a term in working days, with its extension.")
    )
    excluded_days = serializers.IntegerField(
        help_text=_("Working days taken out for consultations.")
    )
    days = CountedDay(many=True, help_text=_("Every day from the first after starts_on to due_on."))
    basis = serializers.ListField(
        child=serializers.CharField(), help_text=_("The articles the date rests on.")
    )
    rule = serializers.ChoiceField(RULE)
    rule_name = serializers.CharField()
    unit = serializers.ChoiceField(UNIT)
    length = serializers.IntegerField(help_text=_("In the unit, with the extension."))
    due_at = serializers.DateTimeField(
        allow_null=True, help_text=_("The first moment that is too late.")
    )
    extension_days = serializers.IntegerField()
    unextended_on = serializers.DateField(
        allow_null=True,
        help_text=_("The due date without the extension: the last day to tell of one."),
    )
    waiting_for = serializers.ChoiceField(
        WAITING, allow_null=True, help_text=_("What the applicant has to do before it runs.")
    )
    waiting = serializers.CharField(help_text=_("The same in words; empty when it runs."))
    remarks = serializers.ListField(child=serializers.CharField())
    article = serializers.CharField(help_text=_("The article that sets the term."))
    calendar = CalendarUsed()
    used_days = serializers.IntegerField(
        required=False, allow_null=True, help_text=_("Counted days up to as_of.")
    )
    remaining_days = serializers.IntegerField(
        required=False, allow_null=True, help_text=_("Counted days after as_of.")
    )
    overdue = serializers.BooleanField(required=False, help_text=_("Was it due before as_of?"))


class RuleLine(serializers.Serializer[Any]):
    rule = serializers.ChoiceField(RULE)
    name = serializers.CharField()
    unit = serializers.ChoiceField(UNIT)
    length = serializers.IntegerField(help_text=_("0 where month_day says the date."))
    month_day = serializers.CharField(allow_null=True, help_text=_("Such as 01-31."))
    trigger = serializers.ChoiceField(TRIGGER, help_text=_("What it runs from."))
    trigger_name = serializers.CharField()
    article = serializers.CharField()
    extension = serializers.IntegerField(help_text=_("The most it can be extended by."))
    in_force_since = serializers.DateField(allow_null=True)


class CalendarKnown(serializers.Serializer[Any]):
    version = serializers.IntegerField()
    published_years = serializers.ListField(child=serializers.IntegerField())


# As above.
RuleTable = inline_serializer(
    "RuleTable",
    {
        "rules": RuleLine(many=True),
        "calendar": CalendarKnown(),
        "channels": Named(many=True),
        "with": Named(many=True),
    },
)


class Complaints(serializers.Serializer[Any]):
    errors = ProblemError(many=True)  # type: ignore[assignment]  # as in a problem


class Unanswered(serializers.Serializer[Any]):
    """In the place of an answer."""

    error = Complaints()


def _either(name: str, *shapes: Any, many: bool = False) -> PolymorphicProxySerializer:
    return PolymorphicProxySerializer(name, list(shapes), resource_type_field_name=None, many=many)


AnswerOrTable = _either("AnswerOrTable", Answer, RuleTable)
OneOrMore = _either("OneOrMore", Question, Question(many=True))
OneOrMoreAnswers = _either(
    "OneOrMoreAnswers", Answer, _either("AnswerOrError", Answer, Unanswered, many=True)
)
