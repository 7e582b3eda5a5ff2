import re

import pytest
from django.core.cache import cache
from django.core.mail import EmailMessage
from django.test import Client


@pytest.fixture(autouse=True)
def no_limits_used_up(db: None) -> None:
    """Rate limits are counted in the cache, which outlives a test."""
    cache.clear()


@pytest.fixture
def english(client: Client) -> Client:
    """Reads the messages as they stand in the code."""
    client.cookies["django_language"] = "en"
    return client


def link_in(mail: EmailMessage) -> str:
    """The path of the address in a mail."""
    found = re.search(r"https?://[^/\s]+(/\S+)", str(mail.body))
    assert found
    return found[1]
