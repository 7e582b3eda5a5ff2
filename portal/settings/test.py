"""For pytest: the same house with a cheap password hash, and nothing that leaves the process."""

from portal.settings import env
from portal.settings.base import *
from portal.settings.base import BASE_DIR, DATABASES

DEBUG = False
SECRET_KEY = "only for tests"  # noqa: S105  it protects nothing
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True

# A database server of their own, so that tests and a running portal leave each other alone.
# Media and the index get a folder for each test process: tests/conftest.py.
DATA_DIR = env.folder("DATA_DIR", BASE_DIR / "var" / "test")
if "DATA_DIR" in DATABASES["default"]:
    DATABASES["default"]["DATA_DIR"] = DATA_DIR / "postgres"

CACHES = {
    name: {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": name}
    for name in ("default", "rates")
}
CELERY_BROKER_URL = "memory://"
CELERY_BROKER_TRANSPORT_OPTIONS = {}
CELERY_TASK_ALWAYS_EAGER = True
CELERY_TASK_EAGER_PROPAGATES = True
