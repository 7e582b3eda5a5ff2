"""The bare default: a private PostgreSQL, a folder as broker, mail into a folder."""

import os
import secrets
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile

from portal.settings import env
from portal.settings.base import *
from portal.settings.base import DATA_DIR, SITE


def _kept_secret() -> str:
    """A key made once and kept beside the data, so that sessions outlive a restart."""
    file = DATA_DIR / "secret_key"
    if not file.exists():
        DATA_DIR.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile("w", dir=DATA_DIR, encoding="ascii") as new:  # made as 0600
            new.write(secrets.token_urlsafe(50))
            new.flush()
            # Whole or not at all, and never over the key another process has just made.
            with suppress(FileExistsError):
                os.link(new.name, file)
    return file.read_text(encoding="ascii")


def _private(folder: Path) -> Path:
    """Nobody else on this machine reads what is in it."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


DEBUG = env.flag("DEBUG", default=False)
SECRET_KEY = env.text("SECRET_KEY") or _kept_secret()
ALLOWED_HOSTS = env.names("ALLOWED_HOSTS", ("127.0.0.1", "localhost", "[::1]"))
SITE["demonstration"] = env.flag("DEMO", default=True)

EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = _private(DATA_DIR / "mail")  # links that set passwords

WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
