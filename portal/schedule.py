"""What happens by itself, and why.

Each task finds its work by state, so that a run missed, doubled or killed changes nothing.
"""

from datetime import timedelta

from celery.schedules import crontab

__all__ = ["CELERY_BEAT_SCHEDULE"]

CELERY_BEAT_SCHEDULE = {
    # /readyz can tell that tasks are executed, not only that a broker is there.
    "heartbeat": {
        "task": "portal.tasks.beat_heart",
        "schedule": timedelta(minutes=1),
        "options": {"expires": 60},
    },
    # Every index has followed these rows long ago; one that has not is rebuilt.
    "prune the change log": {
        "task": "search.tasks.prune",
        "schedule": crontab(hour=3, minute=10),
    },
    # Django keeps sessions that have run out until somebody clears them.
    "clear expired sessions": {
        "task": "portal.tasks.clear_sessions",
        "schedule": crontab(hour=3, minute=20),
    },
    # Tampering is noticed the next morning, not at the next dispute.
    "verify the audit trail": {
        "task": "audit.tasks.verify",
        "schedule": crontab(hour=3, minute=30),
    },
}
