"""The table of terms as docs/law.md prints it."""

from collections.abc import Iterator

from deadlines.rules.table import RULES, Rule, Term, Unit

SPANS = {
    Unit.WORKING_DAY: "{} working days",
    Unit.DAY: "{} days",
    Unit.MONTH: "{} months",
    Unit.HOUR: "{} hours",
}


def rows() -> Iterator[tuple[str, str, str, str, str]]:
    """Rule, term, article, in force, local."""
    for rule in RULES.values():
        for term in rule.editions:
            yield (
                f"`{rule.name}`",
                _span(term),
                _article(term),
                _in_force(term),
                _local(rule),
            )


def _span(term: Term) -> str:
    if term.month_day:
        month, day = term.month_day
        return f"{day} {['January', 'February', 'March'][month - 1]}"
    said = SPANS[term.unit].format(term.length)
    return f"{said}, extended by {term.extension} at most" if term.extension else said


def _article(term: Term) -> str:
    number = f" {term.article.number}" if term.article.number else ""
    return f"{term.article.law.value}{number}"


def _in_force(term: Term) -> str:
    if not (term.since or term.until):
        return "–"
    return f"{term.since or ''} – {term.until or ''}".strip()


def _local(rule: Rule) -> str:
    return "local" if rule.local else ""
