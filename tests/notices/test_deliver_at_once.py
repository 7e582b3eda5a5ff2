"""Two workers at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import UUID

import pytest
from django.db import connection

from notices.models import Notice
from notices.rules.messages import Channel, State
from notices.services import claims
from notices.services.posting import post_all
from tests.factories.notices import a_post, posts
from tests.notices.conftest import AT, deliver
from tests.notices.mail_server import MailServer

committed = pytest.mark.django_db(transaction=True, available_apps=["notices"])

MANY = 40


@committed
def test_two_workers_send_each_letter_once(mail_server: MailServer, plain_words: None) -> None:
    post_all([a_post(message="plain") for _ in range(MANY)], at=AT)
    start = Barrier(2)

    def work() -> int:
        start.wait()
        try:
            return deliver()
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as workers:
        sent = [each.result() for each in [workers.submit(work) for _ in range(2)]]

    assert sum(sent) == MANY
    assert len({letter["To"] for letter in mail_server.letters}) == MANY
    assert len(mail_server.letters) == MANY
    assert Notice.objects.filter(state=State.SENT).count() == MANY


@committed
def test_two_workers_never_claim_the_same() -> None:
    post_all(posts(MANY), at=AT)
    start = Barrier(2)

    def work() -> list[UUID]:
        start.wait()
        try:
            return [each.pk for each in iter(lambda: claims.claim([Channel.EMAIL], at=AT), None)]
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as workers:
        claimed = [each.result() for each in [workers.submit(work) for _ in range(2)]]

    first, second = (set(each) for each in claimed)
    assert len(first | second) == len(claimed[0] + claimed[1]) == MANY


@committed
def test_two_who_post_the_same_in_another_order_do_not_wait_for_each_other() -> None:
    many = posts(500)
    start = Barrier(2)

    def work(order: int) -> int:
        start.wait()
        try:
            return post_all(many[::order], at=AT)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as workers:
        written = [each.result() for each in [workers.submit(work, n) for n in (1, -1)]]

    assert sum(written) == Notice.objects.count() == 500
