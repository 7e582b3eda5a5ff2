"""For pytest: the same house with a cheap password hash and mail in memory."""

from portal.settings.base import *

DEBUG = False
SECRET_KEY = "only for tests"  # noqa: S105  it protects nothing
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
