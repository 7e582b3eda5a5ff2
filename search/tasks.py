from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from search import services

# A machine that was away for longer builds its index anew.
KEPT = timedelta(days=30)


@shared_task
def prune() -> None:
    services.prune(before=timezone.now() - KEPT)
