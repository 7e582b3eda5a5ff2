"""Keeps child processes running until it is told to stop, and never outlives or orphans them."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from types import FrameType

from portal.private_postgres.keeper import end_with

POLL = 0.1
FIRST_DELAY = 0.5
# A process that lived this long was well; its failures before that are forgotten.
WELL_AFTER = 60.0
MOST_FAILURES = 5
GRACE = 10.0


class KeepsDyingError(Exception):
    """Its text names the process and how it ended."""


@dataclass
class Process:
    name: str
    command: Sequence[str]
    failures: int = 0
    started_at: float = 0.0
    start_at: float = 0.0
    child: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    def start(self, folder: Path) -> None:
        self.started_at = time.monotonic()
        self.child = subprocess.Popen(  # noqa: S603  our own commands
            self.command,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            # They share our process group, for one kill to reach all, and end when we are killed.
            preexec_fn=partial(_before_exec, os.getpid()),  # noqa: PLW1509  we have no threads
        )

    @property
    def is_running(self) -> bool:
        return self.child is not None and self.child.poll() is None

    def note_death(self) -> float:
        """Seconds to wait before the next start.

        Raises KeepsDyingError.
        """
        lived = time.monotonic() - self.started_at
        self.failures = 1 if lived > WELL_AFTER else self.failures + 1
        code = self.child.returncode if self.child else None
        if self.failures >= MOST_FAILURES:
            raise KeepsDyingError(f"{self.name} keeps ending, the last time with status {code}")
        return FIRST_DELAY * float(2 ** (self.failures - 1))


def _before_exec(parent: int) -> None:
    # Ctrl-C reaches the whole group; it is for us to act on it, and we say SIGTERM.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    end_with(parent, signal.SIGTERM)


class Supervisor:
    def __init__(self, folder: Path, tell: Callable[[str], object]) -> None:
        self.folder = folder
        self.tell = tell
        self.processes: list[Process] = []
        self.stopping = False

    def listen(self) -> None:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._stop)

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        self.stopping = True

    def add(self, *processes: Process) -> None:
        for process in processes:
            self.processes.append(process)
            process.start(self.folder)

    def run(self, until: Callable[[], bool] = lambda: False) -> None:
        """Mend what dies, until told to stop or `until` holds.

        Raises KeepsDyingError.
        """
        while not self.stopping and not until():
            for process in self.processes:
                if not process.is_running:
                    self._mend(process)
            time.sleep(POLL)

    def _mend(self, process: Process) -> None:
        if process.child is not None:
            delay = process.note_death()
            self.tell(f"{process.name} ended unexpectedly; starting it again in {delay:g} s")
            process.child = None
            process.start_at = time.monotonic() + delay
        elif time.monotonic() >= process.start_at:
            process.start(self.folder)

    def stop(self) -> None:
        """Ask all to end, wait, and kill whoever has not."""
        alive = [p.child for p in self.processes if p.child is not None and p.is_running]
        for child in alive:
            child.terminate()
        deadline = time.monotonic() + GRACE
        for child in alive:
            try:
                child.wait(max(0.0, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()
