"""For a process that delivers to the mail server of a test, and knows the message `plain`."""

import os

from portal.settings.test import *  # noqa: F403
from portal.settings.test import BASE_DIR, TEMPLATES

TEMPLATES[0]["DIRS"] = [BASE_DIR / "templates", BASE_DIR / "tests" / "notices" / "templates"]
EMAIL_BACKEND = "notices.mail.EmailBackend"
EMAIL_HOST = "127.0.0.1"
EMAIL_PORT = int(os.environ["MAIL_SERVER_PORT"])
