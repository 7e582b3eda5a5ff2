"""For whoever watches the portal: is the process there, and can it do its work?

Answers name the part that fails and no more; the reason is in the log, not in public.
"""

import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from portal.celery import app
from portal.tasks import HEARTBEAT
from search import selectors

log = logging.getLogger(__name__)

BROKER_SECONDS = 3
# Three heartbeats missed.
WORKER_SILENT_AFTER = timedelta(minutes=3)

Part = dict[str, Any]


@require_safe
def healthz(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok\n", content_type="text/plain")


@never_cache
@require_safe
def readyz(_request: HttpRequest) -> JsonResponse:
    """503 if a request could not be served. A silent worker only delays, so it is only told."""
    needed = {
        "database": _told("database", _database),
        "broker": _told("broker", _broker),
        "index": _told("index", _index),
    }
    ready = all(part["ok"] for part in needed.values())
    parts = {**needed, "worker": _told("worker", _worker)}
    return JsonResponse({"ready": ready, **parts}, status=200 if ready else 503)


def _told(name: str, look: Callable[[], Part]) -> Part:
    try:
        return look()
    except Exception:
        log.exception("Not ready: %s", name)
        return {"ok": False}


def _database() -> Part:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return {"ok": True}


def _broker() -> Part:
    with app.connection_for_write() as broker:
        broker.ensure_connection(max_retries=1, timeout=BROKER_SECONDS)
    return {"ok": True}


def _index() -> Part:
    found = selectors.freshness()
    return {
        "ok": found.available,
        "pending": found.pending,
        "oldest_pending_at": found.oldest_pending_at,
    }


def _worker() -> Part:
    last = cache.get(HEARTBEAT)
    recent = last is not None and timezone.now() - last < WORKER_SILENT_AFTER
    return {"ok": recent, "last_heartbeat_at": last}
