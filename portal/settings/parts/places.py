"""Where things lie on this machine."""

from pathlib import Path

from portal.settings import env

__all__ = ["BASE_DIR", "DATA_DIR", "MEDIA_ROOT", "SEARCH_INDEX_DIR", "STATIC_ROOT"]

BASE_DIR = Path(__file__).resolve().parents[3]
DATA_DIR = env.folder("DATA_DIR", BASE_DIR / "data")
MEDIA_ROOT = env.folder("MEDIA", DATA_DIR / "media")
# Of this machine alone: every machine that serves pages follows the change log by itself.
SEARCH_INDEX_DIR = env.folder("SEARCH_INDEX_DIR", DATA_DIR / "index")
# Filled by collectstatic in production; elsewhere files are served from where they lie.
STATIC_ROOT: Path | None = None
