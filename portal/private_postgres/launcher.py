"""What a process that wants the database does: say so, and see to it that there is a keeper."""

import fcntl
import json
import os
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import NamedTuple

from portal.private_postgres import binaries, keeper, server_user
from portal.private_postgres.keeper import CannotStartError

# Crash recovery may take minutes; an answer that takes longer is not coming.
PATIENCE = 600.0

_held: dict[Path, int] = {}
_one_at_a_time = threading.Lock()


class Server(NamedTuple):
    port: int
    password: str


def server(folder: Path) -> Server:
    """The server of `folder`, started if need be. It stays until this process ends.

    Raises CannotStartError.
    """
    with _one_at_a_time:
        real = _prepare(folder)
        _hold(real)
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            if not _has_keeper(real):
                _launch(folder, real)
            elif port := _port(real):
                return Server(port, (real / "password").read_text())
            time.sleep(0.02)
        raise CannotStartError(f"The private PostgreSQL in {folder} does not answer.")


def release(folder: Path, patience: float = 10.0) -> None:
    """Let go before the process ends, and wait for the server to stop unless others use it."""
    real = folder.resolve()
    with _one_at_a_time:
        if (descriptor := _held.pop(real, None)) is None:
            return
        os.close(descriptor)
    deadline = time.monotonic() + patience
    noticed_by = time.monotonic() + 5 * keeper.POLL
    while _has_keeper(real) and time.monotonic() < deadline:
        if time.monotonic() > noticed_by and _port(real):
            return
        time.sleep(0.02)


def _prepare(folder: Path) -> Path:
    if folder.exists():
        return folder.resolve()
    if user := server_user.choose(folder / "cluster"):
        return server_user.reachable_folder(folder, user)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder.resolve()


def _hold(folder: Path) -> None:
    """Forked children share the lock and never give it back, so it lasts until all are gone."""
    if folder in _held:
        return
    descriptor = keeper.lock_file(folder / "users")
    fcntl.flock(descriptor, fcntl.LOCK_SH)
    _held[folder] = descriptor


def _has_keeper(folder: Path) -> bool:
    descriptor = keeper.lock_file(folder / "keeper.lock")
    try:
        return not keeper.try_lock(descriptor, fcntl.LOCK_SH)
    finally:
        os.close(descriptor)


def _port(folder: Path) -> int | None:
    try:
        return int((folder / "port").read_text())
    except (FileNotFoundError, ValueError):
        return None


def _launch(folder: Path, real: Path) -> None:
    hint = "(DATABASE_URL would name another)"
    print(f"Starting the private PostgreSQL in {folder} {hint}", file=sys.stderr)  # noqa: T201
    told = subprocess.run(  # noqa: S603  our own script
        [sys.executable, "-I", "-S", keeper.__file__, json.dumps(_order(real))],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    if told.returncode or told.stdout:
        raise CannotStartError(told.stdout or "The private PostgreSQL's keeper does not start.")


def _order(real: Path) -> dict[str, object]:
    made_by = real / "cluster" / "PG_VERSION"
    try:
        major = int(made_by.read_text()) if made_by.exists() else None
        found = binaries.find(major)
        user = server_user.choose(real / "cluster")
    except PermissionError as error:
        raise CannotStartError(
            f"{real} belongs to another user; set DATA_DIR to a folder of your own."
        ) from error
    if user is None:
        return {"folder": str(real), "binaries": str(found.folder)}
    server_user.reachable_folder(real, user)
    return {
        "folder": str(real),
        "binaries": str(server_user.reachable_binaries(found, user)),
        "uid": user.pw_uid,
        "gid": user.pw_gid,
    }
