import logging

from celery import shared_task
from django.utils import timezone

from deadlines.rules.notice_season import missing_notice
from deadlines.rules.table import RULES, Unit
from deadlines.selectors.calendars import published_years
from deadlines.services import digests, recomputing, sweeping

log = logging.getLogger(__name__)

BY_THE_HOUR = tuple(name for name, rule in RULES.items() if rule.newest.unit == Unit.HOUR)


@shared_task
def sweep() -> None:
    """By the calendar of this morning, whatever became of the run after its last change."""
    recomputing.recompute(at=timezone.now())
    log.info("swept: %s", sweeping.sweep(at=timezone.now()))


@shared_task
def sweep_hours() -> None:
    sweeping.sweep(at=timezone.now(), rules=BY_THE_HOUR)


@shared_task
def recompute() -> None:
    log.info("read anew: %s", recomputing.recompute(at=timezone.now()))


@shared_task
def digest() -> None:
    digests.post_weekly(at=timezone.now())


@shared_task
def look_for_notice() -> None:
    if year := missing_notice(timezone.localdate(), published_years()):
        log.warning("The holiday notice of %s is missing: dates in it are provisional", year)
