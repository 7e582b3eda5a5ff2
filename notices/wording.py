"""What a notice says, in the language that is active, from templates/notices/<message>.*."""

import re
from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string

from notices.models import Notice
from notices.rules.dates import with_dates


class UnspeakableError(Exception):
    """The templates of a message cannot be rendered with the context it was given."""


@dataclass(frozen=True, slots=True)
class Words:
    """`subject` is one line. `body` is plain text, without the link, which is a path or empty."""

    subject: str
    body: str
    path: str


def words(notice: Notice) -> Words:
    """Raises UnspeakableError, whatever went wrong: only this one notice is without words."""
    context = {key: with_dates(value) for key, value in notice.context.items()}
    path = str(context.get("url", ""))
    try:
        subject = render_to_string(f"notices/{notice.message}.subject.txt", context)
        body = render_to_string(f"notices/{notice.message}.txt", context)
    except Exception as error:
        raise UnspeakableError(f"{type(error).__name__}: {error}") from error
    return Words(_one_line(subject), _tidy(body), path if path.startswith("/") else "")


def signed(subject: str) -> str:
    """The subject of a mail, the whole of a text message: 【明川省政府信息公开】…"""
    site = settings.SITE
    return f"【{site['place']}{site['name']}】{subject}"


def letter(said: Words) -> str:
    """The text of a mail: the body, the link in full, who writes, and why to this address."""
    link = f"https://{settings.SITE['domain']}{said.path}" if said.path else ""
    context = {"body": said.body, "link": link, "site": settings.SITE}
    return _tidy(render_to_string("notices/base.txt", context)) + "\n"


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _tidy(text: str) -> str:
    """Without the empty lines that tags leave behind."""
    return re.sub(r"\n{3,}", "\n\n", text.strip())
