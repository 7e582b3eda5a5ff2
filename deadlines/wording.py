"""The clock's terms in words: what a day, a rule, a refusal is called on a page or in an answer."""

from collections.abc import Mapping
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import (
    get_language,
    gettext_lazy,
    ngettext_lazy,
    pgettext,
    pgettext_lazy,
)
from django.utils.translation import gettext as _

from deadlines.rules import holidays
from deadlines.rules.calendar import DayStatus, Why
from deadlines.rules.clock import Reading, Remark, Waiting
from deadlines.rules.events import Channel, ClockError, Refusal
from deadlines.rules.law import Article, Law
from deadlines.rules.question import Fault
from deadlines.rules.table import Party, Term, Trigger, Unit

RULE_NAMES: Mapping[str, Promise] = MappingProxyType(
    {
        "reply": gettext_lazy("Reply to an application"),
        "correction": gettext_lazy("Telling what to correct in an application"),
        "third_party": gettext_lazy("Opinion of a third party"),
        "co_maker": gettext_lazy("Opinion of a body that made it jointly"),
        "fee_payment": gettext_lazy("Payment of the processing fee"),
        "publication": gettext_lazy("Publication of what was made or changed"),
        "interpretation": gettext_lazy("Interpretation of a policy"),
        "penalty_publication": gettext_lazy("Publication of a penalty decision"),
        "concern_emergency": gettext_lazy("Press conference on a serious emergency"),
        "concern_other": gettext_lazy("Response to other public concern"),
        "review": gettext_lazy("Application for administrative review"),
        "suit": gettext_lazy("Administrative lawsuit"),
        "suit_after_review": gettext_lazy("Lawsuit after a review"),
        "annual_report_body": gettext_lazy("Annual report of a body"),
        "annual_report_government": gettext_lazy("Annual report of a government"),
    }
)
TRIGGERS: Mapping[Trigger, Promise] = MappingProxyType(
    {
        Trigger.RECEIPT: gettext_lazy("Day the application was received"),
        Trigger.LETTER: gettext_lazy("Day the letter was received"),
        Trigger.FEE_NOTICE: gettext_lazy("Day the fee notice was received"),
        Trigger.FORMATION: gettext_lazy("Day it was made or changed"),
        Trigger.ISSUE: gettext_lazy("Day the policy was issued"),
        Trigger.DECISION: gettext_lazy("Day of the decision"),
        Trigger.OCCURRENCE: gettext_lazy("When it occurred"),
        Trigger.DETECTION: gettext_lazy("When it was noticed"),
        Trigger.KNOWLEDGE: gettext_lazy("Day you learned of the act"),
        Trigger.REVIEW_DECISION: gettext_lazy("Day you received the review decision"),
        Trigger.YEAR: gettext_lazy("Last day of the year reported on"),
    }
)
PARTIES: Mapping[Party, Promise] = MappingProxyType(
    {
        Party.THIRD_PARTY: gettext_lazy("third party"),
        Party.CO_MAKER: gettext_lazy("body that made it jointly"),
        Party.OTHER_BODY: gettext_lazy("other body"),
    }
)
CHANNELS: Mapping[Channel, Promise] = MappingProxyType(
    {
        Channel.IN_PERSON: gettext_lazy("in person"),
        Channel.REGISTERED_POST: gettext_lazy("post with a signature"),
        Channel.ORDINARY_POST: gettext_lazy("ordinary post"),
        Channel.ONLINE: gettext_lazy("online"),
        Channel.FAX: gettext_lazy("fax"),
    }
)
WAITING: Mapping[Waiting, Promise] = MappingProxyType(
    {
        Waiting.CONFIRMATION: gettext_lazy(
            "Counting begins on the day both sides confirm the receipt."
        ),
        Waiting.CORRECTION: gettext_lazy(
            "Counting begins anew when the corrected application arrives."
        ),
        Waiting.PAYMENT: gettext_lazy(
            "Counting begins anew the day after the fee is paid in full."
        ),
    }
)
REMARKS: Mapping[Remark, Promise] = MappingProxyType(
    {
        Remark.BEFORE_IN_FORCE: gettext_lazy(
            "This rule took effect later than the day it is counted from; then the law set no such"
            " term."
        ),
        Remark.PAUSE_AFTER_DUE: gettext_lazy(
            "A consultation that began after the due date does not move it."
        ),
        Remark.OPEN_ENDED: gettext_lazy(
            "The law sets no term for that opinion; the time is taken out once it has come."
        ),
        Remark.OPINION_LATE: gettext_lazy("An opinion came after its own term of 15 working days."),
        Remark.ASKED_LATE: gettext_lazy(
            "A correction or a fee asked for after the due date does not stop the clock."
        ),
        Remark.NOT_EXCLUDED: gettext_lazy("This term does not stop for that consultation."),
    }
)
REFUSALS: Mapping[Refusal, Promise] = MappingProxyType(
    {
        Refusal.NOT_RECEIVED: gettext_lazy("The day it is counted from is missing."),
        Refusal.RECEIVED_TWICE: gettext_lazy("It was received more than once."),
        Refusal.OUT_OF_RANGE: gettext_lazy("Only years from %(first)s to %(last)s can be counted."),
        Refusal.BEFORE_RECEIPT: gettext_lazy("It lies before the receipt on %(day)s."),
        Refusal.BEFORE_LETTER: gettext_lazy("The answer lies before the letter of %(day)s."),
        Refusal.NO_LETTER: gettext_lazy("There is an answer to a letter that did not go out."),
        Refusal.LETTER_TWICE: gettext_lazy("Two letters have the same reference."),
        Refusal.NOT_EXTENDABLE: gettext_lazy("The law knows no extension of this term."),
        Refusal.EXTENDED_TOO_LONG: gettext_lazy(
            "It can be extended by %(most)s working days at most."
        ),
        Refusal.EXTENDED_TWICE: gettext_lazy(
            "It was extended once; a second time is not possible."
        ),
        Refusal.EXTENDED_LATE: gettext_lazy(
            "The applicant must be told of an extension by the due date, %(day)s."
        ),
    }
)
FAULTS: Mapping[str, Promise] = MappingProxyType(
    {
        "missing": gettext_lazy("It is missing."),
        "unknown field": gettext_lazy("There is no such field."),
        "not an object": gettext_lazy("It is not an object."),
        "not a list": gettext_lazy("It is not a list of at most 100."),
        "not one of the choices": gettext_lazy("It is none of the choices."),
        "not a day": gettext_lazy("It is not a day of the calendar."),
        "not a moment": gettext_lazy("It is not a moment."),
        "not a number of days": gettext_lazy("It is not a number of days."),
        "not a division code": gettext_lazy("It is not a division code."),
        "another day than received_on": gettext_lazy("It lies on another day than the receipt."),
    }
)
_LAWS: Mapping[Law, Promise] = MappingProxyType(
    {
        Law.REGULATION: gettext_lazy("Regulation"),
        Law.REGULATION_2007: gettext_lazy("Regulation of 2007"),
        Law.FEE_MEASURES: gettext_lazy("Fee Measures"),
        Law.CIVIL_CODE: gettext_lazy("Civil Code"),
        Law.REVIEW_LAW: gettext_lazy("Administrative Review Law"),
        Law.LITIGATION_LAW: gettext_lazy("Administrative Litigation Law"),
        Law.HOLIDAY_MEASURES: gettext_lazy("Holiday Measures"),
    }
)
_HOLIDAYS: Mapping[str, Promise] = MappingProxyType(
    {
        holidays.NEW_YEAR: gettext_lazy("New Year’s Day"),
        holidays.SPRING_FESTIVAL: gettext_lazy("Spring Festival"),
        holidays.QINGMING: gettext_lazy("Qingming"),
        holidays.LABOUR_DAY: gettext_lazy("Labour Day"),
        holidays.DRAGON_BOAT: gettext_lazy("Dragon Boat Festival"),
        holidays.MID_AUTUMN: gettext_lazy("Mid-Autumn Festival"),
        holidays.NATIONAL_DAY: gettext_lazy("National Day"),
    }
)
# In a cell of a calendar.
_SHORT_HOLIDAYS: Mapping[str, Promise] = MappingProxyType(
    {
        holidays.NEW_YEAR: pgettext_lazy("in a calendar", "New Yr"),
        holidays.SPRING_FESTIVAL: pgettext_lazy("in a calendar", "Spring"),
        holidays.QINGMING: pgettext_lazy("in a calendar", "Qingm."),
        holidays.LABOUR_DAY: pgettext_lazy("in a calendar", "Labour"),
        holidays.DRAGON_BOAT: pgettext_lazy("in a calendar", "Dragon"),
        holidays.MID_AUTUMN: pgettext_lazy("in a calendar", "Autumn"),
        holidays.NATIONAL_DAY: pgettext_lazy("in a calendar", "Natl."),
    }
)
_UNITS = {
    Unit.WORKING_DAY: ngettext_lazy("%(count)s working day", "%(count)s working days", "count"),
    Unit.DAY: ngettext_lazy("%(count)s calendar day", "%(count)s calendar days", "count"),
    Unit.MONTH: ngettext_lazy("%(count)s month", "%(count)s months", "count"),
    Unit.HOUR: ngettext_lazy("%(count)s hour", "%(count)s hours", "count"),
}
_SUMS = {
    Unit.WORKING_DAY: ngettext_lazy("%(count)s day", "%(count)s days", "count"),
    Unit.DAY: ngettext_lazy("%(count)s day", "%(count)s days", "count"),
    Unit.MONTH: _UNITS[Unit.MONTH],
}
_DIGITS = "零一二三四五六七八九"


def rule_name(rule: str) -> str:
    return str(RULE_NAMES.get(rule, rule))


def span(term: Term, length: int | None = None) -> str:
    """20 working days; of a fixed date, 31 January."""
    if term.unit == Unit.DATE:
        month, day = term.month_day or (12, 31)
        return _("%(day)s of month %(month)s each year") % {"day": day, "month": month}
    return str(_UNITS[term.unit] % {"count": term.length if length is None else length})


def counted(unit: Unit, count: int) -> str:
    """Of days shorter than `span`, for sums: 6 days."""
    return str(_SUMS[unit] % {"count": count})


def holiday(name: str) -> str:
    """Names that no law has stay as their notice wrote them."""
    named = (str(_HOLIDAYS.get(part, part)) for part in name.split("、"))
    return pgettext("between names", ", ").join(named)


def short_holiday(name: str) -> str:
    """The first of several, as short as a calendar wants it."""
    first = name.split("、", maxsplit=1)[0]
    return str(_SHORT_HOLIDAYS.get(first, first)) or _("day off")


def cite(article: Article, basis: str = "") -> str:
    """条例第三十三条; Regulation, Article 33. A local text is named as it is."""
    law = basis or str(_LAWS.get(article.law, article.law.value))
    if not article.number or basis:
        return law
    if (get_language() or "").startswith("zh"):
        return f"{law}第{numeral(article.number)}条"
    return f"{law}, Article {article.number}"


def bases(reading: Reading) -> list[str]:
    """What the date rests on, the term's own article first."""
    own, *others = reading.articles
    return [cite(own, reading.term.basis), *map(cite, others)]


def refusal(error: ClockError) -> str:
    return str(REFUSALS[error.reason]) % error.values


def fault(found: Fault) -> str:
    said = str(FAULTS[found.reason])
    return f"{said} ({found.value})" if found.value else said


def status(day: DayStatus) -> str:
    """Why a day is worked or not, in a word or two."""
    if day.why == Why.HOLIDAY:
        return holiday(day.name) or _("day off")
    return {
        Why.WORKDAY: _("working day"),
        Why.MAKE_UP: _("worked to make up"),
        Why.WEEKEND: _("weekend"),
    }[day.why]


def numeral(number: int) -> str:
    """As the law prints the number of an article, up to 999: 二百零一."""
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    said = f"{_DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        said += ("" if tens == 1 and not hundreds else _DIGITS[tens]) + "十"
    elif hundreds and ones:
        said += "零"
    return said + (_DIGITS[ones] if ones else "")
