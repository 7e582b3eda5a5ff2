"""Text messages. SMS_GATEWAY names a class like these; the province brings the real one."""

import logging
from typing import Protocol, cast

from django.conf import settings
from django.utils.module_loading import import_string

from notices.rules.masking import masked_phone
from notices.rules.retries import Failure

log = logging.getLogger(__name__)


class NotTakenError(Exception):
    """The gateway has certainly not taken the message; `permanent`: and never will."""

    def __init__(self, reason: str, *, permanent: bool = False) -> None:
        super().__init__(reason)
        self.permanent = permanent


class Gateway(Protocol):
    def send(self, phone: str, text: str, reference: str) -> None:
        """Return once it is taken. The same `reference` is the same message.

        Raises NotTakenError; whatever else is raised leaves the message in doubt, and a message
        in doubt is not sent again.
        """


class ConsoleGateway:
    """For trying out: one line in the log, and no telephone rings."""

    def send(self, phone: str, text: str, reference: str) -> None:
        log.info("SMS to %s (%s): %s", masked_phone(phone), reference, text)


def failure_of(error: Exception) -> Failure:
    if isinstance(error, NotTakenError):
        return Failure.PERMANENT if error.permanent else Failure.TEMPORARY
    return Failure.UNKNOWN


def gateway() -> Gateway:
    return cast("Gateway", import_string(settings.SMS_GATEWAY)())
