"""E-mail that can be kept back until the last moment at which it has certainly not gone out.

Set EMAIL_BACKEND to `notices.mail.EmailBackend` where mail goes to a server. Other mail passes
through it unchanged.
"""

import smtplib
from collections.abc import Callable
from typing import Any

from django.core.mail import EmailMessage
from django.core.mail.backends import smtp
from django.core.mail.backends.base import BaseEmailBackend

from notices.rules.retries import Failure, failure_of_reply


class _Connection(smtplib.SMTP):
    let_go: Callable[[], None] | None = None

    def data(self, msg: Any) -> tuple[int, bytes]:
        """By now the server has accepted sender and recipient, and knows nothing of the text."""
        if self.let_go:
            self.let_go()
        return super().data(msg)


class _ConnectionOverTLS(_Connection, smtplib.SMTP_SSL):
    pass


class EmailBackend(smtp.EmailBackend):
    @property
    def connection_class(self) -> type[_Connection]:
        return _ConnectionOverTLS if self.use_ssl else _Connection


class UnreachableError(Exception):
    """There is no server to give mail to; this says nothing about any one letter."""


def connect(backend: BaseEmailBackend) -> None:
    """Nothing if there is a connection already. Raises UnreachableError."""
    try:
        backend.open()
    except OSError as error:  # of the network, of TLS, of SMTP: each is one
        raise UnreachableError(str(error)) from error


def send(letter: EmailMessage, backend: BaseEmailBackend, let_go: Callable[[], None]) -> None:
    """Through a backend that is connected; `let_go` is called while the text is still ours.

    Raises what `let_go` raises, and whatever goes wrong on the way.
    """
    connection = getattr(backend, "connection", None)
    if isinstance(connection, _Connection):
        connection.let_go = let_go
    else:
        let_go()
    backend.send_messages([letter])


def failure_of(error: Exception) -> Failure:
    """What an error of `connect` or `send` says about this letter and the ones after it."""
    match error:
        # Who may not write to this server at all may not write the next letter either.
        case UnreachableError() | smtplib.SMTPSenderRefused() | smtplib.SMTPHeloError():
            return Failure.UNREACHABLE
        case smtplib.SMTPRecipientsRefused():
            code, _reply = next(iter(error.recipients.values()))
            return failure_of_reply(code)
        case smtplib.SMTPResponseException():
            return failure_of_reply(error.smtp_code)
        case _:
            return Failure.UNKNOWN
