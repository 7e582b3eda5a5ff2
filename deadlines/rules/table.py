"""Every term the clock knows, each number once, with the article it comes from."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from deadlines.rules.law import Article, Law


class Unit(StrEnum):
    WORKING_DAY = "working_day"
    DAY = "day"  # calendar days; the last one rolls off rest days
    MONTH = "month"  # to the corresponding day; rolls too
    HOUR = "hour"  # on the wall clock; never rolls
    DATE = "date"  # the same date each year; never rolls


class Trigger(StrEnum):
    """What the term runs from."""

    RECEIPT = "receipt"  # of an application, by the rules of its channel
    LETTER = "letter"  # receipt of the letter that asks for an opinion
    FEE_NOTICE = "fee_notice"
    FORMATION = "formation"  # or change, of the information
    ISSUE = "issue"  # of the policy
    DECISION = "decision"
    OCCURRENCE = "occurrence"
    DETECTION = "detection"
    KNOWLEDGE = "knowledge"  # of the act complained of
    REVIEW_DECISION = "review_decision"
    YEAR = "year"  # the end of the year reported on


class Party(StrEnum):
    """Who is consulted."""

    THIRD_PARTY = "third_party"
    CO_MAKER = "co_maker"
    OTHER_BODY = "other_body"


@dataclass(frozen=True, slots=True)
class Term:
    """One edition of a rule.

    `length` counts `unit`s; of Unit.DATE it is 0 and `month_day` says which. `since` and `until`
    are the days it is in force, both included, None: open. `extension` is the most it may be
    extended by, in its own unit. `excludes` names whose consultation stops it.
    """

    unit: Unit
    length: int
    article: Article
    since: date | None = None
    until: date | None = None
    month_day: tuple[int, int] | None = None
    extension: int = 0
    excludes: frozenset[Party] = frozenset()
    basis: str = ""  # of a site's own term: the local text that sets it

    def in_force(self, on: date) -> bool:
        return (self.since is None or self.since <= on) and (self.until is None or on <= self.until)


@dataclass(frozen=True, slots=True)
class Rule:
    """`editions` from the oldest.

    `local`: a site may set its own term, as local rules do. `waits`: it stands still from the day
    the applicant is asked for a correction or a fee to the day that comes.
    """

    name: str
    trigger: Trigger
    editions: tuple[Term, ...]
    local: bool = False
    waits: bool = False

    @property
    def newest(self) -> Term:
        return self.editions[-1]


# The regime is that of the day of receipt [inference]: docs/law.md.
_FIRST_OF_2007 = date(2008, 5, 1)
_LAST_OF_2007 = date(2019, 5, 14)
_SINCE_2019 = date(2019, 5, 15)
_EVERYBODY = frozenset(Party)
# How long a party may take before the pause for it ends by itself; others have no term in law.
OPINION_RULE: Mapping[Party, str] = MappingProxyType(
    {Party.THIRD_PARTY: "third_party", Party.CO_MAKER: "co_maker"}
)


def _article(number: int) -> Article:
    return Article(Law.REGULATION, number)


def _article_2007(number: int) -> Article:
    return Article(Law.REGULATION_2007, number)


def _working_days(length: int, article: Article, *, since: date | None = _SINCE_2019) -> Term:
    return Term(Unit.WORKING_DAY, length, article, since=since)


def _yearly(name: str, month: int, day: int) -> Rule:
    """Under the Regulation of 2007 every organ reported by 31 March (Decree 492, Art 31)."""
    old = Term(
        Unit.DATE,
        0,
        _article_2007(31),
        since=_FIRST_OF_2007,
        until=date(2019, 3, 31),
        month_day=(3, 31),
    )
    new = Term(Unit.DATE, 0, _article(49), since=date(2019, 4, 1), month_day=(month, day))
    return Rule(name, Trigger.YEAR, (old, new), local=True)


_RULES = (
    Rule(
        "reply",
        Trigger.RECEIPT,
        (
            Term(
                Unit.WORKING_DAY,
                15,
                _article_2007(24),
                since=_FIRST_OF_2007,
                until=_LAST_OF_2007,
                extension=15,
                excludes=frozenset({Party.THIRD_PARTY}),
            ),
            Term(
                Unit.WORKING_DAY,
                20,
                _article(33),
                since=_SINCE_2019,
                extension=20,
                excludes=_EVERYBODY,
            ),
        ),
        waits=True,
    ),
    Rule("correction", Trigger.RECEIPT, (_working_days(7, _article(30)),)),
    Rule("third_party", Trigger.LETTER, (_working_days(15, _article(32)),)),
    Rule("co_maker", Trigger.LETTER, (_working_days(15, _article(34)),)),
    Rule(
        "fee_payment",
        Trigger.FEE_NOTICE,
        (_working_days(20, Article(Law.FEE_MEASURES, 6), since=date(2021, 1, 1)),),
    ),
    Rule(
        "publication",
        Trigger.FORMATION,
        (
            Term(
                Unit.WORKING_DAY, 20, _article_2007(18), since=_FIRST_OF_2007, until=_LAST_OF_2007
            ),
            _working_days(20, _article(26)),
        ),
    ),
    # Local rules, in calendar days: a site sets its own.
    Rule(
        "interpretation",
        Trigger.ISSUE,
        (Term(Unit.DAY, 20, Article(Law.INTERPRETATION_RULE)),),
        local=True,
    ),
    Rule(
        "penalty_publication",
        Trigger.DECISION,
        (Term(Unit.DAY, 20, Article(Law.INTERPRETATION_RULE)),),
        local=True,
    ),
    Rule(
        "concern_emergency",
        Trigger.OCCURRENCE,
        (Term(Unit.HOUR, 24, Article(Law.RESPONSE_NOTICE)),),
        local=True,
    ),
    Rule(
        "concern_other",
        Trigger.DETECTION,
        (Term(Unit.HOUR, 48, Article(Law.RESPONSE_NOTICE)),),
        local=True,
    ),
    Rule("review", Trigger.KNOWLEDGE, (Term(Unit.DAY, 60, Article(Law.REVIEW_LAW, 20)),)),
    Rule("suit", Trigger.KNOWLEDGE, (Term(Unit.MONTH, 6, Article(Law.LITIGATION_LAW, 46)),)),
    Rule(
        "suit_after_review",
        Trigger.REVIEW_DECISION,
        (Term(Unit.DAY, 15, Article(Law.LITIGATION_LAW, 45)),),
    ),
    _yearly("annual_report_body", 1, 31),
    _yearly("annual_report_government", 3, 31),
)
RULES: Mapping[str, Rule] = MappingProxyType({rule.name: rule for rule in _RULES})
