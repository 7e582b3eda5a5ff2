"""The legal clock a second time, from the text of the law and day by day, to check the first by."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any

Worked = Callable[[date], bool]
Published = Callable[[int], bool]

LAW_OF_2019 = date(2019, 5, 15)
LAST_REPORT_OF_2007 = date(2019, 3, 31)

WORKING_DAYS = {
    "reply": 20,
    "correction": 7,
    "third_party": 15,
    "co_maker": 15,
    "fee_payment": 20,
    "publication": 20,
}
CALENDAR_DAYS = {
    "interpretation": 20,
    "penalty_publication": 20,
    "review": 60,
    "suit_after_review": 15,
}
MONTHS = {"suit": 6}
HOURS = {"concern_emergency": 24, "concern_other": 48}
REPORTS = {"annual_report_body": (1, 31), "annual_report_government": (3, 31)}

RECEIVED_WHEN_CONFIRMED = {"online", "fax", "ordinary_post"}
RESTARTED = {"reply", "correction"}


def oracle(
    question: Mapping[str, Any], *, is_worked: Worked, is_published: Published
) -> dict[str, Any]:
    rule = question["rule"]
    start = start_of(question)
    if start is None:
        return answer(None, None)
    if rule in WORKING_DAYS:
        return in_working_days(question, start, is_worked, is_published)
    if rule in CALENDAR_DAYS or rule in MONTHS:
        return in_calendar_days(rule, start, is_worked, is_published)
    if rule in HOURS:
        midnight = datetime(start.year, start.month, start.day)  # noqa: DTZ001 (China keeps one time)
        return answer(start, (midnight + timedelta(hours=HOURS[rule])).date())
    return answer(start, report_day(rule, start))


def answer(
    start: date | None,
    due: date | None,
    *,
    excluded: int = 0,
    provisional: bool = False,
    counted: list[date] | None = None,
) -> dict[str, Any]:
    return {
        "due_on": due.isoformat() if due else None,
        "starts_on": start.isoformat() if start else None,
        "excluded_days": excluded,
        "provisional": provisional,
        "counted": [day.isoformat() for day in counted or []],
    }


def in_working_days(
    question: Mapping[str, Any], start: date, is_worked: Worked, is_published: Published
) -> dict[str, Any]:
    """民法典 201: the first day is not counted, and a day off is not a working day."""
    stopped = stopped_days(question, is_worked)
    running = (day for day in after(start) if is_worked(day) and day not in stopped)
    counted = list(islice(running, length_of(question)))
    due = counted[-1]
    walked = span(start, due)
    return answer(
        start,
        due,
        excluded=len({day for day in walked & stopped if is_worked(day)}),
        provisional=not all(is_published(day.year) for day in walked),
        counted=counted,
    )


def in_calendar_days(
    rule: str, start: date, is_worked: Worked, is_published: Published
) -> dict[str, Any]:
    """民法典 203: when the last day is a day off, the day after the holiday is the last."""
    if rule in MONTHS:
        last = corresponding_day(start, MONTHS[rule])
    else:
        last = max(islice(after(start), CALENDAR_DAYS[rule]))
    eve = last - timedelta(days=1)
    due = next(day for day in after(eve) if is_worked(day))
    return answer(
        start,
        due,
        provisional=not all(is_published(day.year) for day in span(eve, due)),
        counted=sorted(span(start, last)),
    )


def corresponding_day(start: date, months: int) -> date:
    """民法典 202: the corresponding day, and where the month has none, its last."""
    passed = start.year * 12 + start.month + months
    return max(
        day
        for day in islice(after(start), 31 * (months + 1))
        if day.year * 12 + day.month == passed and day.day <= start.day
    )


def report_day(rule: str, start: date) -> date:
    """Art 49; until the reports for 2018 every body had to 31 March (2007, Art 31)."""
    days = list(islice(after(start - timedelta(days=1)), 366))
    march = next(day for day in days if (day.month, day.day) == (3, 31))
    if march <= LAST_REPORT_OF_2007:
        return march
    return next(day for day in days if (day.month, day.day) == REPORTS[rule])


def receipt_of(question: Mapping[str, Any]) -> date | None:
    """Art 31: some channels need both sides to confirm before anything is received."""
    by_confirmation = question.get("channel", "in_person") in RECEIVED_WHEN_CONFIRMED
    if question["rule"] in RESTARTED and by_confirmation:
        return moment(question, "confirmed_on")
    return moment(question, "received_on")


def start_of(question: Mapping[str, Any]) -> date | None:
    receipt = receipt_of(question)
    if receipt is None or question["rule"] not in RESTARTED:
        return receipt
    restarts = {moment(question, "corrected_on"), moment(question, "fee_paid_on")}
    return max({receipt} | {day for day in restarts if day})


def under_2007(question: Mapping[str, Any]) -> bool:
    receipt = receipt_of(question)
    return receipt is not None and receipt < LAW_OF_2019


def length_of(question: Mapping[str, Any]) -> int:
    """Art 33; 15 and no other number in Art 24 of 2007."""
    if question["rule"] != "reply":
        return WORKING_DAYS[question["rule"]]
    first = 15 if under_2007(question) else WORKING_DAYS["reply"]
    extension: int = question.get("extended_days") or 0
    return first + extension


def stopped_days(question: Mapping[str, Any], is_worked: Worked) -> set[date]:
    """Every day on which a consultation stops the clock, whether or not the clock ran by then."""
    if question["rule"] != "reply":
        return set()
    parties = {"third_party"} if under_2007(question) else {"third_party", "co_maker", "other_body"}
    stopped: set[date] = set()
    for consultation in question.get("consultations") or []:
        if consultation.get("with", "third_party") in parties:
            stopped |= consultation_days(consultation, is_worked)
    return stopped


def consultation_days(consultation: Mapping[str, Any], is_worked: Worked) -> set[date]:
    """Arts 32 and 34 give those who are asked 15 working days; the law of 2007 gave no number."""
    sent = date.fromisoformat(consultation["sent_on"])
    answered = moment(consultation, "answered_on")
    if answered:
        return span(sent, answered)
    if consultation.get("with", "third_party") == "other_body" or sent < LAW_OF_2019:
        return set()
    window = islice((day for day in after(sent) if is_worked(day)), 15)
    return span(sent, max(window))


def moment(fields: Mapping[str, Any], name: str) -> date | None:
    written = fields.get(name)
    return date.fromisoformat(written) if written else None


def after(day: date) -> Iterator[date]:
    while True:
        day += timedelta(days=1)
        yield day


def span(start: date, end: date) -> set[date]:
    """The days after start, up to and including end."""
    return set(islice(after(start), max((end - start).days, 0)))
