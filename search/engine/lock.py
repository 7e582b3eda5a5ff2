"""One follower to an index."""

import fcntl
import os
from pathlib import Path
from types import TracebackType
from typing import Self


class IndexLock:
    """Held by a process until it ends, however it ends."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "lock"
        self._descriptor: int | None = None

    def acquire(self) -> bool:
        self.release()
        self._file.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(self._file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            return False
        self._descriptor = descriptor
        return self.held()

    def held(self) -> bool:
        """Is it still the lock others would meet? Not if the folder was deleted meanwhile."""
        if self._descriptor is None:
            return False
        try:
            return os.path.samestat(os.fstat(self._descriptor), self._file.stat())
        except FileNotFoundError:
            return False

    def release(self) -> None:
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self.release()
