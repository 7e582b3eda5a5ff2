from datetime import date

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone


@pytest.fixture
def twelfth_of_october(monkeypatch: pytest.MonkeyPatch) -> None:
    """Today is Monday 2026-10-12."""
    monkeypatch.setattr(timezone, "localdate", lambda *_args: date(2026, 10, 12))


@pytest.fixture
def reader(client: Client) -> Client:
    """Who reads English; the Chinese is a matter of the catalogue."""
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return client
