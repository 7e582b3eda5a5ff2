"""A process that is killed while it delivers: what the next one does."""

import os
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from notices.models import Notice
from notices.rules.messages import State
from notices.services import delivery
from notices.services.posting import post
from tests.addresses import database_address
from tests.factories.notices import a_post
from tests.notices.mail_server import MailServer

ROOT = Path(__file__).resolve().parents[2]
RUN = "import django; django.setup(); from notices.tasks import deliver; deliver()"
PATIENCE = 60  # seconds
LEASE = timedelta(seconds=121)

committed = pytest.mark.django_db(transaction=True, available_apps=["notices"])


@pytest.fixture
def said(plain_words: None) -> Notice:
    post(a_post(message="plain"), at=timezone.now())
    return Notice.objects.get()


def killed_at(step: str, server: MailServer) -> None:
    """Start a worker, and end it without warning when the server has fallen silent at `step`."""
    server.silent_at = step
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.notices.mail_settings",
        "DATABASE_URL": database_address(),
        "MAIL_SERVER_PORT": str(server.port),
    }
    process = subprocess.Popen([sys.executable, "-c", RUN], cwd=ROOT, env=environment)
    try:
        assert server.reached.wait(PATIENCE)
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()
    server.silent_at = ""


def deliver_in(later: timedelta) -> int:
    return delivery.deliver(lambda: timezone.now() + later)


@committed
def test_killed_before_the_text_was_given_the_letter_goes_out_once(
    said: Notice, mail_server: MailServer
) -> None:
    killed_at("RCPT", mail_server)

    said.refresh_from_db()
    assert (said.state, said.claim is None) == (State.WAITING, False)
    assert deliver_in(timedelta(0)) == 0, "it may still be alive"
    assert deliver_in(LEASE) == 1
    assert deliver_in(2 * LEASE) == 0
    assert len(mail_server.letters) == 1


@committed
def test_killed_after_the_text_was_given_the_letter_is_in_doubt_and_never_sent_twice(
    said: Notice, mail_server: MailServer
) -> None:
    killed_at("DATA", mail_server)
    assert len(mail_server.letters) == 1

    said.refresh_from_db()
    assert said.state == State.HANDED_OVER
    assert [deliver_in(n * LEASE) for n in range(3)] == [0, 0, 0]
    said.refresh_from_db()
    assert said.state == State.IN_DOUBT
    assert said.last_error
    assert len(mail_server.letters) == 1
