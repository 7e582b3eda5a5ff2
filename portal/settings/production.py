"""PostgreSQL, Redis, hashed and compressed static files, everything over TLS."""

from django.core.exceptions import ImproperlyConfigured

from portal.settings import env
from portal.settings.base import *
from portal.settings.base import BASE_DIR, CACHE_URL, STORAGES

DEBUG = False
SECRET_KEY = env.required(
    "SECRET_KEY", "make one: python -c 'import secrets; print(secrets.token_urlsafe(50))'"
)
if len(SECRET_KEY) < 50 or len(set(SECRET_KEY)) < 5:
    raise ImproperlyConfigured("SECRET_KEY is too weak: use 50 characters or more, at random")
ALLOWED_HOSTS = env.names("ALLOWED_HOSTS")
if "*" in ALLOWED_HOSTS:
    env.refuse("ALLOWED_HOSTS", "*", "name the hosts; links in mail are made from them")

for _name, _present in (
    ("DATABASE_URL", env.text("DATABASE_URL")),
    ("BROKER_URL", env.text("BROKER_URL")),
    ("CACHE_URL", CACHE_URL),
    ("ALLOWED_HOSTS", ALLOWED_HOSTS),
):
    if not _present:
        raise ImproperlyConfigured(f"{_name} is not set: production needs it, see docs/deploy.md")

STATIC_ROOT = env.folder("STATIC_ROOT", BASE_DIR / "staticfiles")
STORAGES["staticfiles"] = {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}

SECURE_SSL_REDIRECT = env.flag("SECURE_SSL_REDIRECT", default=True)
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = env.number("SECURE_HSTS_SECONDS", 31536000, least=0, most=63072000)
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
CSRF_TRUSTED_ORIGINS = [
    f"https://*{host}" if host.startswith(".") else f"https://{host}" for host in ALLOWED_HOSTS
]

# An official's password alone does not open the desk.
OFFICIALS_NEED_SECOND_FACTOR = env.flag("OFFICIALS_NEED_SECOND_FACTOR", default=True)

EMAIL_BACKEND = "notices.mail.EmailBackend"
EMAIL_HOST = env.text("EMAIL_HOST", "localhost")
EMAIL_PORT = env.number("EMAIL_PORT", 25, least=1, most=65535)
EMAIL_HOST_USER = env.text("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = env.text("EMAIL_HOST_PASSWORD")
EMAIL_USE_TLS = env.flag("EMAIL_USE_TLS", default=False)
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", "webmaster@localhost")
