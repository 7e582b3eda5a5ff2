"""The broker. Without BROKER_URL messages travel through a folder of DATA_DIR.

The folder broker loses what a killed worker held, so no message may matter: every
periodic task finds its work by state, and what is sent to people is a row first.
"""

from portal.schedule import CELERY_BEAT_SCHEDULE
from portal.settings import env
from portal.settings.parts.places import DATA_DIR

__all__ = [
    "CELERY_BEAT_SCHEDULE",
    "CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP",
    "CELERY_BROKER_TRANSPORT_OPTIONS",
    "CELERY_BROKER_URL",
    "CELERY_TASK_ACKS_LATE",
    "CELERY_TASK_IGNORE_RESULT",
    "CELERY_TASK_TIME_LIMIT",
    "CELERY_TIMEZONE",
    "CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS",
    "CELERY_WORKER_CONCURRENCY",
    "CELERY_WORKER_HIJACK_ROOT_LOGGER",
    "CELERY_WORKER_PREFETCH_MULTIPLIER",
]

_FOLDER = DATA_DIR / "broker"

FOLDER_BROKER = "filesystem://localhost"
CELERY_BROKER_URL = env.address("BROKER_URL", ("redis", "rediss"), default=FOLDER_BROKER)
CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, object] = (
    {
        "data_folder_in": str(_FOLDER / "messages"),
        "data_folder_out": str(_FOLDER / "messages"),
        "control_folder": str(_FOLDER / "control"),
        "store_processed": False,
    }
    if CELERY_BROKER_URL == FOLDER_BROKER
    # kombu waits interval x throttle before it gives back what a dead worker held.
    else {
        "visibility_timeout": 3600,
        "unacked_restore_throttle": 1,
        "socket_connect_timeout": 3,
        "socket_keepalive": True,
    }
)
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_TIME_LIMIT = 30 * 60
CELERY_TIMEZONE = "Asia/Shanghai"
# What was not acknowledged comes back, so a task that outlived its connection would run twice.
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = True
CELERY_WORKER_CONCURRENCY = env.number("WORKER_PROCESSES", 1, least=1, most=64)
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
