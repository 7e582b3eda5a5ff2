"""Where the messages are, and whether what Django reads is as new as what people write.

Apart from portal.translations, which needs Babel: a start of the portal asks this each time.
"""

from pathlib import Path

from django.conf import settings

LOCALE = "zh_Hans"


def catalogue_path() -> Path:
    return Path(settings.BASE_DIR) / "locale" / LOCALE / "LC_MESSAGES" / "django.po"


def is_stale() -> bool:
    written, compiled = catalogue_path(), catalogue_path().with_suffix(".mo")
    return not compiled.exists() or compiled.stat().st_mtime < written.stat().st_mtime
