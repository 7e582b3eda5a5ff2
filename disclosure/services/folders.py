"""Files of a folder import: only from inside the folder, and never all in memory at once."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.utils.translation import gettext as _

from disclosure.extraction.limits import FILE_BYTES
from disclosure.services.rows import RejectionError


class Folder:
    def __init__(self, path: Path | None) -> None:
        self._path = path.resolve() if path else None

    def find(self, name: str) -> Path:
        """Raises RejectionError: outside the folder, not there, too large, or not to be read."""
        if not self._path:
            raise RejectionError(_("Files can only come with a folder: %(name)s") % {"name": name})
        path = self._resolved(self._path, name)
        if not path or not path.is_relative_to(self._path):
            raise RejectionError(_("The file is outside the folder: %(name)s") % {"name": name})
        with _opening(name):
            if not path.is_file():
                raise RejectionError(_("The file is not there: %(name)s") % {"name": name})
            if path.stat().st_size > FILE_BYTES:
                raise RejectionError(_("The file is larger than is allowed."))
        return path

    def digest(self, name: str) -> str:
        """Raises RejectionError."""
        with _opening(name), self.find(name).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()

    def read(self, name: str) -> bytes:
        """Raises RejectionError."""
        with _opening(name):
            return self.find(name).read_bytes()

    @staticmethod
    def _resolved(root: Path, name: str) -> Path | None:
        """Links followed; None for what no file can be called."""
        try:
            return (root / name.replace("\\", "/")).resolve()
        except (OSError, ValueError, RuntimeError):
            return None


@contextmanager
def _opening(name: str) -> Iterator[None]:
    """One file the system will not give, by its name or its rights, is the fault of one row."""
    try:
        yield
    except OSError as error:
        raise RejectionError(_("The file cannot be read: %(name)s") % {"name": name}) from error
