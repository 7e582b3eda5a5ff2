"""Runs one private PostgreSQL for as long as anybody uses it.

Started by `launcher` as a script, in a session of its own, with nothing but the standard
library, so that it costs little and owes nothing to the process that happened to come first.
Its standard output is a promise: empty at the end of file means the server answers.
"""

import ctypes
import fcntl
import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

ROLE = DATABASE = "gongkai"
POLL = 0.1
STOP_PATIENCE = 60.0
# How long a server may fail to start while the last one's memory is still being given back.
START_PATIENCE = 15.0
PR_SET_PDEATHSIG = 1
LIBC = ctypes.CDLL(None)  # loaded early: little is safe between fork and exec


class CannotStartError(Exception):
    """Its text is for whoever started the command."""


@dataclass(frozen=True)
class Cluster:
    """Where the server lives and as whom it runs; `uid` is None for the present user."""

    folder: Path
    binaries: Path
    uid: int | None
    gid: int | None

    @property
    def data(self) -> Path:
        return self.folder / "cluster"

    @property
    def port_file(self) -> Path:
        return self.folder / "port"

    @property
    def log(self) -> Path:
        return self.folder / "server.log"

    def command(self, name: str, *arguments: str, ends_by: int) -> dict[str, Any]:
        """What Popen needs to run one of PostgreSQL's programs; it ends when we do."""
        kept = {k: v for k, v in os.environ.items() if k in {"PATH", "LD_LIBRARY_PATH"}}
        drop: dict[str, Any] = {}
        if self.uid is not None:
            drop = {"user": self.uid, "group": self.gid, "extra_groups": []}
        return {
            "args": [str(self.binaries / name), *arguments],
            "env": {**kept, "LC_ALL": "C.UTF-8"},
            "cwd": "/",
            "preexec_fn": partial(end_with, os.getpid(), ends_by),
            **drop,
        }


def end_with(parent: int, number: int) -> None:
    """From now on this process gets the signal `number` when its parent dies."""
    if sys.platform == "linux":
        LIBC.prctl(PR_SET_PDEATHSIG, number)
    if os.getppid() != parent:  # it was faster
        os.kill(os.getpid(), number)


def lock_file(path: Path) -> int:
    """A descriptor to lock. Read-only: root may have made the file before its owner came."""
    return os.open(path, os.O_RDONLY | os.O_CREAT, 0o644)


def try_lock(descriptor: int, kind: int) -> bool:
    try:
        fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def running(data: Path) -> int | None:
    """The process that serves `data`, if it does.

    A pid file alone proves nothing: after a crash its number may belong to a zombie or, in
    a container, to anybody.
    """
    try:
        pid = int((data / "postmaster.pid").read_text().split("\n", 1)[0])
        os.kill(pid, 0)
    except (OSError, ValueError):
        return None
    if not Path("/proc/self/stat").exists():
        return pid
    try:
        name, _, rest = Path(f"/proc/{pid}/stat").read_text().rpartition(")")
        at_home = Path(f"/proc/{pid}/cwd").readlink() == data.resolve()
    except OSError:
        return None
    is_postgres = name.partition("(")[2] in {"postgres", "postmaster"}
    return pid if is_postgres and at_home and rest.split()[0] not in "ZX" else None


def stop(pid: int, data: Path) -> None:
    """Fast: open transactions are rolled back, committed ones are on disk."""
    deadline = time.monotonic() + STOP_PATIENCE
    with_signal = signal.SIGINT
    while running(data) == pid:
        with suppress(ProcessLookupError):
            os.kill(pid, with_signal)
        pause_until = time.monotonic() + 5
        while running(data) == pid and time.monotonic() < pause_until:
            with suppress(ChildProcessError):
                os.waitpid(pid, os.WNOHANG)
            time.sleep(0.02)
        if time.monotonic() > deadline:
            with_signal = signal.SIGQUIT


def create(cluster: Cluster) -> None:
    """Make the cluster aside and move it into place whole, so that a half of one is never seen."""
    aside, superuser = cluster.folder / "cluster.new", cluster.folder / "superuser.new"
    shutil.rmtree(aside, ignore_errors=True)
    aside.mkdir(mode=0o700)
    # Forgotten at once: whoever needs the superuser has `postgres --single`.
    _write_private(superuser, secrets.token_urlsafe(24))
    if cluster.uid is not None and cluster.gid is not None:
        os.chown(aside, cluster.uid, cluster.gid)
        os.chown(superuser, cluster.uid, cluster.gid)
    # Under the plain C locale trigrams of Chinese text are empty.
    language = ("--encoding=UTF8", "--locale=C.UTF-8")
    access = ("--username=postgres", f"--pwfile={superuser}", "--auth=scram-sha-256")
    try:
        _run(cluster, "initdb", "-D", str(aside), "--data-checksums", *language, *access)
    finally:
        superuser.unlink()
    password = secrets.token_urlsafe(24)
    statements = (
        f"CREATE ROLE {ROLE} LOGIN CREATEDB PASSWORD '{password}'",
        f"CREATE DATABASE {DATABASE} OWNER {ROLE}",
    )
    single = ("--single", "-j", "-D", str(aside), "postgres")
    _run(cluster, "postgres", *single, stdin="".join(f"{s};\n\n" for s in statements))
    _write_private(cluster.folder / "password", password)
    aside.rename(cluster.data)


def _write_private(path: Path, text: str) -> None:
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)


def _run(cluster: Cluster, name: str, *arguments: str, stdin: str = "") -> None:
    done = subprocess.run(
        **cluster.command(name, *arguments, ends_by=signal.SIGKILL),
        input=stdin,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode or "ERROR:" in done.stderr or "FATAL:" in done.stderr:
        raise CannotStartError(f"{name} failed:\n{done.stderr.strip()}")


def start(cluster: Cluster) -> subprocess.Popen[bytes]:
    """Start the server and wait until it answers; recovery after a crash takes what it takes."""
    if pid := running(cluster.data):
        # Left by a keeper that was killed: it is going down, or nobody would ever stop it.
        stop(pid, cluster.data)
    deadline = time.monotonic() + START_PATIENCE
    while True:
        (cluster.data / "postmaster.pid").unlink(missing_ok=True)
        port = _free_port()
        server = _spawn(cluster, port)
        while server.poll() is None:
            if _is_ready(cluster.data):
                _publish(cluster, port)
                return server
            time.sleep(0.02)
        if time.monotonic() > deadline:
            last_words = cluster.log.read_text(errors="replace").splitlines()[-8:]
            raise CannotStartError("\n".join(["PostgreSQL does not start:", *last_words]))
        time.sleep(0.3)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _spawn(cluster: Cluster, port: int) -> subprocess.Popen[bytes]:
    settings = {
        "listen_addresses": "127.0.0.1",
        "port": str(port),
        "unix_socket_directories": "",
        "log_min_messages": "warning",
        "timezone": "UTC",
    }
    options = [part for key, value in settings.items() for part in ("-c", f"{key}={value}")]
    with cluster.log.open("ab") as log:
        return subprocess.Popen(
            **cluster.command("postgres", "-D", str(cluster.data), *options, ends_by=signal.SIGINT),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )


def _is_ready(data: Path) -> bool:
    """The eighth line of the pid file is the server's own word on its state."""
    try:
        lines = (data / "postmaster.pid").read_text().splitlines()
    except OSError:
        return False
    return len(lines) > 7 and lines[7].strip() == "ready"


def _publish(cluster: Cluster, port: int) -> None:
    new = cluster.port_file.with_suffix(".new")
    new.write_text(str(port))
    new.replace(cluster.port_file)


def keep(cluster: Cluster, ready: Callable[[str], None]) -> None:
    place = lock_file(cluster.folder / "keeper.lock")
    # Those who look whether there is a keeper touch the lock for an instant.
    deadline = time.monotonic() + 0.5
    while not try_lock(place, fcntl.LOCK_EX):
        if time.monotonic() > deadline:
            return
        time.sleep(0.02)
    cluster.port_file.unlink(missing_ok=True)
    cluster.log.unlink(missing_ok=True)
    cluster.log.touch(mode=0o600)
    if not cluster.data.exists():
        create(cluster)
    users = lock_file(cluster.folder / "users")
    server = start(cluster)
    ready("")
    try:
        # Holding it while the server stops makes newcomers wait rather than meet it half down.
        while not try_lock(users, fcntl.LOCK_EX):
            time.sleep(POLL)
            if server.poll() is not None:
                cluster.port_file.unlink(missing_ok=True)
                server = start(cluster)
    finally:
        cluster.port_file.unlink(missing_ok=True)
        stop(server.pid, cluster.data)


def main() -> None:
    given = json.loads(sys.argv[1])
    cluster = Cluster(
        Path(given["folder"]), Path(given["binaries"]), given.get("uid"), given.get("gid")
    )
    if os.fork():
        os._exit(0)
    os.setsid()
    os.chdir("/")
    told = os.fdopen(os.dup(1), "w")
    for descriptor in range(3):
        os.dup2(os.open(os.devnull, os.O_RDWR), descriptor)
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, lambda *_: sys.exit())

    def ready(text: str) -> None:
        if not told.closed:
            told.write(text)
            told.close()

    try:
        keep(cluster, ready)
        ready("")
    except (CannotStartError, OSError) as error:
        ready(str(error))
        sys.exit(1)


if __name__ == "__main__":
    main()
