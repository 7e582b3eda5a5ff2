"""Random questions for the clock, all valid, and leaning towards where clocks go wrong."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

FIRST, LAST = date(2008, 5, 1), date(2027, 12, 31)
LAW_OF_2019 = date(2019, 5, 15)
OTHER_RULES = [
    "correction",
    "third_party",
    "co_maker",
    "fee_payment",
    "publication",
    "interpretation",
    "penalty_publication",
    "concern_emergency",
    "concern_other",
    "review",
    "suit",
    "suit_after_review",
    "annual_report_body",
    "annual_report_government",
]
CHANNELS = ["in_person", "registered_post", "ordinary_post", "online", "fax"]
RECEIVED_WHEN_CONFIRMED = {"online", "fax", "ordinary_post"}
PARTIES = ["third_party", "third_party", "co_maker", "other_body"]
DEFAULTS: dict[str, Any] = {
    "channel": "in_person",
    "confirmed_on": None,
    "corrected_on": None,
    "fee_paid_on": None,
    "extended_days": 0,
    "consultations": [],
}


def questions(chance: random.Random) -> Iterator[dict[str, Any]]:
    while True:
        yield without_some_defaults(chance, question(chance))


def question(chance: random.Random) -> dict[str, Any]:
    rule = "reply" if chance.random() < 0.6 else chance.choice(OTHER_RULES)
    channel = chance.choice(CHANNELS)
    received = received_on(chance)
    by_confirmation = channel in RECEIVED_WHEN_CONFIRMED
    confirmed = maybe_later(chance, received, 0.9 if by_confirmation else 0.2, most=20)
    receipt = confirmed if by_confirmation else received
    return {
        "rule": rule,
        "channel": channel,
        "received_on": received.isoformat(),
        "confirmed_on": iso(confirmed),
        "corrected_on": iso(maybe_later(chance, received, 0.25, most=45)),
        "fee_paid_on": iso(maybe_later(chance, received, 0.15, most=60)),
        "extended_days": extension(chance, receipt) if rule == "reply" else 0,
        "consultations": consultations(chance, received),
    }


def received_on(chance: random.Random) -> date:
    """Any day; more of those about the new law, the turn of a year and the unpublished years."""
    kind = chance.random()
    if kind < 0.15:
        return LAW_OF_2019 + timedelta(days=chance.randint(-150, 30))
    if kind < 0.25:
        return LAW_OF_2019 + timedelta(days=chance.randint(-15, 3))
    if kind < 0.4:
        return date(chance.randint(2008, 2026), 12, 1) + timedelta(days=chance.randint(0, 75))
    if kind < 0.5:
        return between(chance, date(2026, 10, 1), LAST)
    return between(chance, FIRST, LAST)


def extension(chance: random.Random, receipt: date | None) -> int:
    if receipt is None or chance.random() < 0.6:
        return 0
    most = 15 if receipt < LAW_OF_2019 else 20
    return chance.choice([1, most, chance.randint(1, most)])


def consultations(chance: random.Random, received: date) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    sent = later(received, chance.randint(0, 30))
    for _ in range(chance.choice([0, 0, 1, 1, 2, 3, 4])):
        answered = answered_on(chance, sent)
        found.append(
            {
                "with": chance.choice(PARTIES),
                "sent_on": sent.isoformat(),
                "answered_on": iso(answered),
            }
        )
        sent = next_sent_on(chance, received, sent, answered or sent)
    chance.shuffle(found)
    return found


def answered_on(chance: random.Random, sent: date) -> date | None:
    most = chance.choice([0, 10, 25, 60])
    return maybe_later(chance, sent, 0.7, most=most)


def next_sent_on(chance: random.Random, received: date, sent: date, answered: date) -> date:
    """Overlapping, back to back, a day between, anywhere near, long after the clock has run out."""
    return chance.choice(
        [
            later(sent, chance.randint(0, 5)),
            answered,
            later(answered, chance.randint(1, 2)),
            later(received, chance.randint(0, 40)),
            later(received, chance.randint(60, 200)),
        ]
    )


def without_some_defaults(chance: random.Random, asked: dict[str, Any]) -> dict[str, Any]:
    """Only the rule and the day are required; what is left out means the same as its default."""
    return {
        name: value
        for name, value in asked.items()
        if name not in DEFAULTS or value != DEFAULTS[name] or chance.random() < 0.7
    }


def between(chance: random.Random, first: date, last: date) -> date:
    return first + timedelta(days=chance.randint(0, (last - first).days))


def later(day: date, days: int) -> date:
    return min(day + timedelta(days=days), LAST)


def maybe_later(chance: random.Random, day: date, likely: float, *, most: int) -> date | None:
    return later(day, chance.randint(0, most)) if chance.random() < likely else None


def iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
