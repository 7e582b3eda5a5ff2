"""A mail server in this process that keeps what it takes, and says what a test tells it to say."""

import asyncio
import socket
import threading
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import cast

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

FOREVER = 3600
TAKEN = "250 OK"


class MailServer:
    """`letters` are those it took, in order; `connections` how many brought them or tried to.

    `answers` maps a recipient to what is said at RCPT, `answer` is what is said after the text.
    With `silent_at` "RCPT" or "DATA" it stops answering there, having taken the text in the
    second case, and sets `reached`.
    """

    def __init__(self, port: int) -> None:
        self.letters: list[EmailMessage] = []
        self.answers: dict[str, str] = {}
        self.answer = TAKEN
        self.sender_answer = TAKEN
        self.silent_at = ""
        self.reached = threading.Event()
        self.peers: set[object] = set()
        self.port = port
        self._controller: Controller | None = None

    @property
    def connections(self) -> int:
        return len(self.peers)

    def start(self) -> None:
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port)
        self._controller.start()

    def stop(self) -> None:
        if self._controller:
            self._controller.stop()
            self._controller = None

    async def handle_MAIL(  # noqa: N802  the name aiosmtpd calls
        self, _server: SMTP, session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        self.peers.add(session.peer)
        if self.sender_answer == TAKEN:
            envelope.mail_from = address
        return self.sender_answer

    async def handle_RCPT(  # noqa: N802
        self,
        _server: SMTP,
        _session: Session,
        envelope: Envelope,
        address: str,
        _options: list[str],
    ) -> str:
        await self._maybe_silent("RCPT")
        answer = self.answers.get(address, TAKEN)
        if answer == TAKEN:
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(  # noqa: N802
        self, _server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        if self.answer == TAKEN:
            content = cast("bytes", envelope.content)
            self.letters.append(message_from_bytes(content, policy=policy.default))
        await self._maybe_silent("DATA")
        return self.answer

    async def _maybe_silent(self, step: str) -> None:
        if self.silent_at == step:
            self.reached.set()
            await asyncio.sleep(FOREVER)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
