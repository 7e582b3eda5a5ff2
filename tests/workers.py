"""Worker processes of our own, through a broker of our own, to be killed."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


@contextmanager
def worker(
    environment: Mapping[str, str], log: Path | None = None
) -> Iterator["subprocess.Popen[bytes]"]:
    """Killed at the end, if the test has not done it. What it says goes to `log`."""
    with (log or Path("/dev/null")).open("ab") as said:
        process = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "celery",
                "-A",
                "portal",
                "-q",
                "worker",
                "--pool",
                "solo",
                "-l",
                "INFO",
            ],
            cwd=ROOT,
            env=dict(environment),
            stderr=said if log else None,
        )
        try:
            yield process
        finally:
            process.kill()
            process.wait()


def send(environment: Mapping[str, str], task: str) -> None:
    """Put a message for `package.tasks.name` into the broker, from a process of its own."""
    module, name = task.rsplit(".", 1)
    code = f"import django; django.setup(); from {module} import {name}; {name}.delay()"
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=dict(environment), check=True)


def until(happened: Callable[[], bool], seconds: float = 60, every: float = 0.1) -> None:
    deadline = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < deadline
        time.sleep(every)
