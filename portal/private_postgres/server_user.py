"""For root, whom PostgreSQL refuses to serve: as whom it runs, and what that user can reach.

Folders above are never opened up for it. What it cannot reach is put where it can.
"""

import os
import pwd
import secrets
import shutil
import subprocess
from pathlib import Path

from portal.private_postgres.binaries import Binaries
from portal.private_postgres.keeper import CannotStartError

SHARED = Path("/var/lib/gongkai")


def choose(cluster: Path) -> pwd.struct_passwd | None:
    """The owner of a cluster that stands, else `postgres` or `nobody`; None if we are not root."""
    if os.geteuid() != 0:
        return None
    if cluster.exists() and (owner := cluster.stat().st_uid):
        return pwd.getpwuid(owner)
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise CannotStartError("PostgreSQL does not run as root, and there is no user `nobody`.")


def reachable_folder(folder: Path, user: pwd.struct_passwd) -> Path:
    """`folder`, made; as a link to a place under /var/lib where `user` cannot come to it."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    if not folder.exists():
        if _runs_as(user, "/bin/sh", "-c", 'cd "$1"', "sh", str(folder.parent)):
            folder.mkdir(mode=0o711, exist_ok=True)
        else:
            _link_elsewhere(folder)
    folder = folder.resolve()
    if not _runs_as(user, "/bin/sh", "-c", 'cd "$1"', "sh", str(folder)):
        raise CannotStartError(f"{folder} cannot be reached by {user.pw_name}; move DATA_DIR.")
    return folder


def _link_elsewhere(folder: Path) -> None:
    _make_shared()
    place = SHARED / secrets.token_hex(6)
    place.mkdir(mode=0o711)
    place.chmod(0o711)
    try:
        folder.symlink_to(place)
    except FileExistsError:  # another process was first
        place.rmdir()


def reachable_binaries(found: Binaries, user: pwd.struct_passwd) -> Path:
    """The programs where `user` can run them: a copy, made once, if they lie in a private home."""
    if _runs_as(user, str(found.folder / "postgres"), "--version"):
        return found.folder
    if not found.from_wheel:
        raise CannotStartError(f"{user.pw_name} cannot run the programs in {found.folder}.")
    package = found.folder.parent.parent
    version = subprocess.check_output(  # noqa: S603  PostgreSQL itself
        [found.folder / "postgres", "--version"], text=True
    ).split()[-1]
    copy = SHARED / f"postgresql-{version}"
    if not copy.exists():
        _copy(package, copy)
    return copy / package.name / "pginstall" / "bin"


def _copy(package: Path, copy: Path) -> None:
    """The programs and the libraries they look for beside the package, in the same layout."""
    _make_shared()
    new = copy.with_name(f"{copy.name}.{secrets.token_hex(4)}")
    skip = shutil.ignore_patterns("include", "*.py", "__pycache__")
    shutil.copytree(package / "pginstall", new / package.name / "pginstall", ignore=skip)
    libraries = package.with_name(f"{package.name}.libs")
    if libraries.exists():
        shutil.copytree(libraries, new / libraries.name)
    for path in (new, *new.rglob("*")):
        runs = path.is_dir() or path.stat().st_mode & 0o100
        path.chmod(0o755 if runs else 0o644)
    try:
        new.rename(copy)
    except OSError:  # another process was first
        shutil.rmtree(new)


def _make_shared() -> None:
    SHARED.mkdir(mode=0o755, parents=True, exist_ok=True)
    SHARED.chmod(0o755)


def _runs_as(user: pwd.struct_passwd, *command: str) -> bool:
    """Asked of the system itself, which knows about access lists and mounts."""
    try:
        done = subprocess.run(  # noqa: S603  fixed programs
            command,
            user=user.pw_uid,
            group=user.pw_gid,
            extra_groups=[],
            cwd="/",
            capture_output=True,
            check=False,
        )
    except OSError:
        return False
    return done.returncode == 0
