"""The clock on the command line: manage.py deadline --rule reply --received-on 2025-09-13."""

import json
import os
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation
from django.utils.translation import gettext as _

from deadlines.management.ledger import ledger
from deadlines.rules.question import parse
from deadlines.rules.written import CONSULTATION, from_json, unfold
from deadlines.selectors.answers import Refused, answer_to, ask, complaint, complaints
from deadlines.selectors.calendars import version

STDIN = "-"
LONGEST_LINE = 1_000_000  # bytes
OPTIONS = {
    "rule": "reply, correction, third_party and so on; /api/v1/deadlines/ lists them",
    "received_on": "the day it runs from",
    "received_at": "the moment, for terms in hours",
    "channel": "in_person (default), registered_post, ordinary_post, online or fax",
    "confirmed_on": "the day both sides confirmed the receipt",
    "correction_asked_on": "the day a correction was asked for",
    "corrected_on": "the day the corrected application arrived",
    "fee_noticed_on": "the day the fee notice was given",
    "fee_paid_on": "the day the fee was paid in full",
    "extended_days": "by how many working days it was extended",
    "extended_on": "the day the applicant was told of that",
    "region": "division code",
}


class Command(BaseCommand):
    help = (
        "When is it due, and why? Prints one JSON object on one line. The question is given as"
        " options or as a JSON object; with --batch, one object per line is answered by one per"
        " line. Exit status 1: a question could not be answered."
    )
    # They look at the whole portal, and take longer than a thousand answers.
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "question", nargs="?", help="a JSON object such as the API takes; - reads it from stdin"
        )
        for name, told in OPTIONS.items():
            parser.add_argument(f"--{name.replace('_', '-')}", action="append", help=told)
        parser.add_argument(
            f"--{CONSULTATION}",
            action="append",
            metavar="WITH,SENT,ANSWERED,DELIVERED",
            help="third_party,2025-09-22,2025-10-13; the last two may be missing; repeatable",
        )
        parser.add_argument("--as-of", help="the day for which used and remaining days are told")
        parser.add_argument("--batch", metavar="FILE.jsonl", help="questions; - is stdin")
        parser.add_argument("--explain", action="store_true", help="a list to read, not JSON")
        parser.add_argument(
            "--language",
            choices=[code for code, _name in settings.LANGUAGES],
            help="of names, articles and complaints; the portal's own otherwise",
        )

    def handle(self, *_args: object, **options: Any) -> None:
        language = options["language"]
        with translation.override(language) if language else nullcontext(), _reader_may_leave():
            if options["batch"]:
                self._batch(options)
            else:
                self._one(options)

    def _one(self, options: dict[str, Any]) -> None:
        given = _question(options)
        try:
            if options["explain"]:
                question = parse(given)
                lines = list(ledger(ask(question), as_of=question.as_of))
            else:
                lines = [_line(answer_to(given))]
        except Refused as error:
            told = complaints(error)
            raise CommandError("\n".join(_said(**line) for line in told)) from error
        self.stdout.write("\n".join(lines))

    def _batch(self, options: dict[str, Any]) -> None:
        if options["explain"] or options["question"] or _flat(options):
            raise CommandError("--batch takes its questions from the file alone, and tells JSON")
        asked, total, bad = version(), 0, 0
        with _opened(options["batch"]) as file:
            for number, raw in _lines(file):
                total += 1
                try:
                    given = _read(raw)
                    answer = answer_to(_with_day(given, options["as_of"]), version=asked)
                except Refused as error:
                    bad += 1
                    answer = {"line": number, "error": {"errors": complaints(error)}}
                except ValueError as error:
                    bad += 1
                    answer = {"line": number, "error": {"errors": [complaint("", str(error))]}}
                self.stdout.write(_line(answer))
                self.stdout.flush()  # a program may wait for it before it asks on
        if bad:
            raise CommandError(f"{bad} of {total} questions could not be answered")


def _question(options: dict[str, Any]) -> object:
    """Raises CommandError where it is given twice, or not at all."""
    text, flat = options["question"], _flat(options)
    if text is None and not flat:
        raise CommandError("Ask with --rule and --received-on, with a JSON object, or with --batch")
    if text is not None and flat:
        raise CommandError(f"Give {', '.join(sorted(flat))} in the JSON object, not beside it")
    if text is None:
        return _with_day(unfold(flat), options["as_of"])
    raw = sys.stdin.buffer.read() if text == STDIN else os.fsencode(text)
    try:
        return _with_day(_read(raw), options["as_of"])
    except ValueError as error:
        raise CommandError(str(error)) from error


def _flat(options: dict[str, Any]) -> dict[str, list[str]]:
    return {name: options[name] for name in (*OPTIONS, CONSULTATION) if options[name]}


def _with_day(given: object, as_of: str | None) -> object:
    """--as-of is for every question that does not say its own."""
    return {"as_of": as_of, **given} if as_of and isinstance(given, dict) else given


def _read(raw: bytes) -> object:
    """Raises ValueError, in words for the reader."""
    if len(raw) > LONGEST_LINE:
        raise ValueError(_("It is longer than %(most)s bytes.") % {"most": LONGEST_LINE})
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ValueError(_("It is not UTF-8.")) from None
    try:
        return from_json(text)
    except ValueError:
        raise ValueError(_("It is not JSON.")) from None


def _line(answer: dict[str, object]) -> str:
    return json.dumps(answer, ensure_ascii=False)


def _said(parameter: str, detail: str) -> str:
    return f"{parameter}: {detail}" if parameter else detail


@contextmanager
def _opened(name: str) -> Iterator[BinaryIO]:
    if name == STDIN:
        yield sys.stdin.buffer
        return
    try:
        with Path(name).open("rb") as file:
            yield file
    except BrokenPipeError:  # of what is written meanwhile
        raise
    except OSError as error:
        raise CommandError(str(error)) from error


def _lines(file: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """Lines that are not blank, with their number.

    Of one without end no more is kept than shows that it is too long.
    """
    number = 0
    while raw := file.readline(LONGEST_LINE + 1):
        number += 1
        rest = raw
        while not rest.endswith(b"\n") and (rest := file.readline(LONGEST_LINE)):
            pass
        if raw.strip():
            yield number, raw


@contextmanager
def _reader_may_leave() -> Iterator[None]:
    """`| head` has seen enough: no complaint, and none at exit about what was not written."""
    try:
        yield
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
