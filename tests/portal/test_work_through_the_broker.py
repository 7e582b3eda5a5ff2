"""A worker process does what was sent to it, through either broker, also after it was killed."""

import signal
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from tests.workers import send, until, worker

TASK = "portal.tasks.clear_sessions"

committed = pytest.mark.django_db(transaction=True, available_apps=["django.contrib.sessions"])


def leave_an_old_session() -> None:
    Session.objects.create(
        session_key="old", session_data="", expire_date=timezone.now() - timedelta(days=1)
    )


def is_cleared() -> bool:
    return not Session.objects.filter(session_key="old").exists()


@committed
def test_a_worker_does_what_was_sent_before_and_after_it_was_killed(
    broker: dict[str, str],
) -> None:
    leave_an_old_session()
    send(broker, TASK)  # nobody is there yet: the message waits
    with worker(broker) as first:
        until(is_cleared)
        first.send_signal(signal.SIGKILL)
    leave_an_old_session()
    with worker(broker):
        send(broker, TASK)
        until(is_cleared)
