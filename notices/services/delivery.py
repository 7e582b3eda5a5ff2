"""Sending what is due. A run that dies is finished by the next, and nothing goes out twice."""

import hashlib
import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from functools import partial

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage, get_connection
from django.core.validators import validate_email
from django.db import DatabaseError
from django.utils import translation

from notices import gateways, mail, wording
from notices.models import Notice
from notices.rules.messages import Channel, State
from notices.rules.retries import Failure
from notices.services import claims
from notices.services.timing import may_send

log = logging.getLogger(__name__)

LIMIT = 1000

# A run lasts, so it is given a clock where others are given a moment.
Clock = Callable[[], datetime]
# Gives a message away, after it has called what it is given; that may raise LostClaimError.
Carrying = Callable[[Callable[[], None]], None]


def deliver(clock: Clock, *, limit: int = LIMIT) -> int:
    """Send what is due, `limit` notices at most; how many the servers took."""
    claims.settle_abandoned(at=clock())
    run = _Run(clock)
    sent = 0
    try:
        for _turn in range(limit):
            became = run.send_next()
            if became is None:
                break
            sent += became is State.SENT
    finally:
        run.hang_up()
    return sent


class _Run:
    """One connection to the mail server, and the channels on which somebody answers."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.mail = get_connection()
        self.channels = {Channel.EMAIL, Channel.SMS}

    def send_next(self) -> State | None:
        """What became of the notice that is longest due; None: there is none."""
        at = self.clock()
        notice = claims.claim([each for each in self.channels if may_send(each, at)], at=at)
        if notice is None:
            return None
        try:
            with translation.override(notice.language):
                carry = self._composed(notice)
        except (wording.UnspeakableError, ValidationError, ValueError) as error:
            return self._failed(notice, Failure.PERMANENT, error)
        return self._send(notice, carry)

    def hang_up(self) -> None:
        with suppress(OSError):  # whatever is left to say, the server need not hear it
            self.mail.close()

    def _composed(self, notice: Notice) -> Carrying:
        said = wording.words(notice)
        if notice.channel == Channel.SMS:
            return partial(self._by_sms, notice, wording.signed(said.subject))
        validate_email(notice.address)
        letter = EmailMessage(
            wording.signed(said.subject),
            wording.letter(said),
            to=[notice.address],
            headers={
                "Message-ID": f"<{_reference(notice)}@{settings.SITE['domain']}>",
                "Auto-Submitted": "auto-generated",
            },
        )
        letter.message()  # what cannot be written as mail fails here, where nothing is given away
        return partial(self._by_mail, letter)

    def _by_mail(self, letter: EmailMessage, let_go: Callable[[], None]) -> None:
        mail.connect(self.mail)
        mail.send(letter, self.mail, let_go)

    def _by_sms(self, notice: Notice, text: str, let_go: Callable[[], None]) -> None:
        gateway = gateways.gateway()
        let_go()
        gateway.send(notice.address, text, _reference(notice))

    def _send(self, notice: Notice, carry: Carrying) -> State:
        try:
            carry(lambda: claims.hand_over(notice, at=self.clock()))
        except claims.LostClaimError:
            self.hang_up()  # the server still waits for the text
            return State.WAITING
        except DatabaseError:
            raise  # without the database nobody can say what was sent: the next run settles it
        except Exception as error:  # noqa: BLE001  one bad notice never stops the others
            self.hang_up()
            by = mail if notice.channel == Channel.EMAIL else gateways
            return self._failed(notice, by.failure_of(error), error)
        claims.note_sent(notice, at=self.clock())
        return State.SENT

    def _failed(self, notice: Notice, failure: Failure, error: Exception) -> State:
        if failure is Failure.UNREACHABLE:
            self.channels.discard(Channel(notice.channel))
        # A server often repeats the address; the log and the list of errors show none.
        reason = _reason(error).replace(notice.address, notice.masked_address)
        became = claims.note_failure(notice, failure, reason, at=self.clock())
        log.warning("Notice %s is %s: %s", notice.pk, became, reason)
        return became


def _reason(error: Exception) -> str:
    if isinstance(error, ValidationError):
        return " ".join(error.messages)
    return str(error) or type(error).__name__


def _reference(notice: Notice) -> str:
    """The same for the same notice, whoever sends it when: a mailbox can tell a double."""
    return hashlib.sha256(f"{notice.channel}:{notice.key}".encode()).hexdigest()[:32]
