from importlib import import_module

from celery import shared_task
from django.conf import settings
from django.core.cache import cache
from django.utils import timezone

HEARTBEAT = "worker-heartbeat"
KEPT_SECONDS = 24 * 3600


@shared_task
def beat_heart() -> None:
    cache.set(HEARTBEAT, timezone.now(), KEPT_SECONDS)


@shared_task
def clear_sessions() -> None:
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
