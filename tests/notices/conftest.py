from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from pytest_django import Settings

from notices.models import Notice
from notices.services import delivery, posting
from notices.services.posting import Post
from tests.notices.mail_server import MailServer, free_port

PLAIN = Path(__file__).with_name("templates")
AT = datetime(2026, 3, 18, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture
def mail_server(settings: Settings) -> Iterator[MailServer]:
    """The server that mail goes to."""
    server = MailServer(free_port())
    settings.EMAIL_BACKEND = "notices.mail.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    server.start()
    yield server
    server.stop()


@pytest.fixture
def plain_words(settings: Settings) -> None:
    """The message `plain`, which needs nobody's tags: a test that commits has only this app."""
    (engine,) = settings.TEMPLATES
    settings.TEMPLATES = [{**engine, "DIRS": [*engine["DIRS"], PLAIN]}]


def posted(post: Post, at: datetime = AT) -> Notice:
    """The row of a post by one channel."""
    posting.post(post, at=at)
    return Notice.objects.get(key=post.key)


def deliver(after: timedelta = timedelta(0)) -> int:
    """A run that takes no time, so long after AT."""
    return delivery.deliver(lambda: AT + after)


def now_is(notice: Notice) -> Notice:
    notice.refresh_from_db()
    return notice
