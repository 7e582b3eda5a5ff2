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
    # Officials read in the morning what is due and what is late; later runs find only what the
    # first one missed, or what a kill left over.
    "sweep what is due": {
        "task": "deadlines.tasks.sweep",
        "schedule": crontab(hour="7-19", minute=30),
    },
    # Hours run at night too.
    "sweep what is due by the hour": {
        "task": "deadlines.tasks.sweep_hours",
        "schedule": timedelta(minutes=10),
        "options": {"expires": 600},
    },
    # A change of the calendar starts this itself; this is for the run that was lost.
    "read duties by a changed calendar": {
        "task": "deadlines.tasks.recompute",
        "schedule": timedelta(minutes=15),
        "options": {"expires": 900},
    },
    # Daily, since a missed Monday must not cost the week; nobody is told twice in one.
    "weekly digest": {
        "task": "deadlines.tasks.digest",
        "schedule": crontab(hour=7, minute=45),
    },
    # Without next year's notice every date that reaches into it is a guess, and says so.
    "look for the holiday notice": {
        "task": "deadlines.tasks.look_for_notice",
        "schedule": crontab(hour=7, minute=0),
    },
    # What somebody must be told waits as a row; found by state, so a missed run only delays.
    "deliver notices": {
        "task": "notices.tasks.deliver",
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
