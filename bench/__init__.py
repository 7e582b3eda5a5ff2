"""Benchmarks. Importing this package sets Django up on a database and folders of its own.

Documents, index and private database server (where there is no DATABASE_URL) lie beside
nobody else's, so a portal that is running is neither read nor written.
"""

import os
from pathlib import Path
from tempfile import mkdtemp

import django

HERE = Path(__file__).resolve().parent
FOLDER = Path(mkdtemp(prefix="gongkai-bench-"))

os.environ["DJANGO_SETTINGS_MODULE"] = "portal.settings.local"
os.environ["DATA_DIR"] = str(HERE.parent / "var" / "bench")
os.environ["MEDIA"] = str(FOLDER / "media")
os.environ["SEARCH_INDEX_DIR"] = str(FOLDER / "index")
os.environ["LOG_LEVEL"] = "WARNING"

django.setup()
