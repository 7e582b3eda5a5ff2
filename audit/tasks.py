import logging

from celery import shared_task

from audit import selectors

log = logging.getLogger(__name__)


@shared_task
def verify() -> None:
    found = selectors.verify()
    if found.fault:
        log.critical("Audit trail broken at entry %s: %s", found.entry_id, found.fault)
