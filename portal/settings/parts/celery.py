"""The broker. Without BROKER_URL messages travel through a folder of DATA_DIR.

The folder broker loses what a killed worker held, so no message may matter: every
periodic task finds its work by state, and what is sent to people is a row first.
"""

from pathlib import Path

from portal.settings import env

__all__ = [
    "CELERY_BROKER_TRANSPORT_OPTIONS",
    "CELERY_BROKER_URL",
    "CELERY_TASK_ACKS_LATE",
    "CELERY_TASK_IGNORE_RESULT",
    "CELERY_TASK_TIME_LIMIT",
    "CELERY_TIMEZONE",
    "CELERY_WORKER_PREFETCH_MULTIPLIER",
]

_ROOT = Path(__file__).resolve().parents[3]
_FOLDER = env.folder("DATA_DIR", _ROOT / "data") / "broker"

CELERY_BROKER_URL = env.address("BROKER_URL", ("redis", "rediss"), default="filesystem://")
CELERY_BROKER_TRANSPORT_OPTIONS = (
    {
        "data_folder_in": str(_FOLDER / "messages"),
        "data_folder_out": str(_FOLDER / "messages"),
        "control_folder": str(_FOLDER / "control"),
        "store_processed": False,
    }
    if CELERY_BROKER_URL == "filesystem://"
    # kombu waits interval x throttle before it gives back what a dead worker held.
    else {"visibility_timeout": 3600, "unacked_restore_throttle": 1}
)
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_TIME_LIMIT = 30 * 60
CELERY_TIMEZONE = "Asia/Shanghai"
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
