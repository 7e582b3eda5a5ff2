from collections.abc import Iterator

import pytest
from django.core.cache import caches


@pytest.fixture(autouse=True)
def _no_requests_counted_yet() -> Iterator[None]:
    caches["rates"].clear()
    yield
    caches["rates"].clear()
