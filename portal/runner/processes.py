"""The four processes of a portal. In production each is a service of its own (docs/deploy.md)."""

import sys
from pathlib import Path

from portal.runner.supervisor import Process

# The longest granian allows. A worker's thread takes its database connection with it.
THREAD_IDLE_SECONDS = "600"


def web(host: str, port: int, *, workers: int) -> Process:
    return Process(
        "web",
        [
            *(sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws"),
            *("--host", host, "--port", str(port), "--workers", str(workers)),
            *("--blocking-threads", "1", "--blocking-threads-idle-timeout", THREAD_IDLE_SECONDS),
            *("--workers-kill-timeout", "2", "--log-level", "warning"),
            "portal.runner.web:application",
        ],
    )


def background(data_dir: Path) -> list[Process]:
    # Whoever runs the portal as root has decided so.
    quiet = ("-W", "ignore:You're running the worker with superuser privileges")
    celery = [sys.executable, *quiet, "-m", "celery", "-A", "portal", "-q"]
    # Nobody asks this worker about itself or its neighbours.
    alone = ["--without-gossip", "--without-mingle", "--without-heartbeat"]
    memory = data_dir / "beat"
    return [
        Process("worker", [*celery, "worker", "--loglevel", "WARNING", *alone]),
        Process(
            "scheduler",
            [*celery, "beat", "--loglevel", "WARNING", "--pidfile=", "--schedule", str(memory)],
        ),
        Process("follower", [sys.executable, "manage.py", "follow_index"]),
    ]
