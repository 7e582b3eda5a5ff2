"""manage.py deadline: one question, or a file of them, answered by a line of JSON each."""

import io
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from deadlines.management.commands import deadline
from deadlines.selectors.answers import answer_to
from tests.deadlines.test_answer import CONTRACT

pytestmark = pytest.mark.django_db

QUESTION = {"rule": "reply", "received_on": "2025-09-13"}
FLAT = [
    "--rule=reply",
    "--channel=online",
    "--received-on=2025-09-13",
    "--confirmed-on=2025-09-15",
    "--extended-days=0",
    "--consultation=third_party,2025-09-22,2025-10-13",
]


class Said:
    """What the command wrote before it ended, well or not."""

    def __init__(self, *words: str, **options: Any) -> None:
        out = io.StringIO()
        self.failure = ""
        self.status = 0
        with translation.override("en"):
            try:
                call_command("deadline", *words, stdout=out, **options)
            except CommandError as error:
                self.failure, self.status = str(error), error.returncode
        self.out = out.getvalue()

    @property
    def lines(self) -> list[Any]:
        return [json.loads(line) for line in self.out.splitlines()]


@pytest.fixture
def stdin(monkeypatch: pytest.MonkeyPatch) -> Callable[[bytes], None]:
    def type_in(raw: bytes) -> None:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw)))

    return type_in


@pytest.fixture
def batch(tmp_path: Path) -> Callable[[bytes], Said]:
    def ask(raw: bytes, **options: Any) -> Said:
        file = tmp_path / "questions.jsonl"
        file.write_bytes(raw)
        return Said(batch=str(file), **options)

    return ask


def jsonl(*questions: object) -> bytes:
    return b"".join(json.dumps(question).encode() + b"\n" for question in questions)


def test_options_are_answered_by_one_line() -> None:
    said = Said(*FLAT)
    with translation.override("en"):
        assert said.lines == [answer_to(CONTRACT)]
    assert said.lines[0]["due_on"] == "2025-11-03"


def test_an_object_is_answered_like_options(stdin: Callable[[bytes], None]) -> None:
    stdin(b"\xef\xbb\xbf" + json.dumps(CONTRACT, indent=1).encode())
    assert Said("-").lines == Said(json.dumps(CONTRACT)).lines == Said(*FLAT).lines


@pytest.mark.parametrize(
    ("consultation", "due_on"),
    [
        ("2025-09-22,2025-10-13", "2025-11-03"),
        ("third_party, 2025-09-22, 2025-10-13", "2025-11-03"),
        ("2025-09-22", "2025-11-07"),
        ("third_party,2025-09-22,", "2025-11-07"),
        ("third_party,2025-09-22,,2025-09-25", "2025-11-12"),
        ("other_body,2025-09-22", "2025-10-17"),
    ],
)
def test_a_consultation_is_a_text_with_commas(consultation: str, due_on: str) -> None:
    said = Said(*FLAT[:-1], f"--consultation={consultation}")
    assert said.lines[0]["due_on"] == due_on


def test_several_consultations_are_all_heard() -> None:
    said = Said(*FLAT, "--consultation=co_maker,2025-10-20,2025-10-21")
    assert said.lines[0]["excluded_days"] == 12


def test_a_day_to_look_from() -> None:
    assert Said(*FLAT, "--as-of=2025-11-04").lines[0]["overdue"] is True
    assert Said(json.dumps(CONTRACT), "--as-of=2025-11-03").lines[0]["remaining_days"] == 0
    own = {**CONTRACT, "as_of": "2025-09-15"}
    assert Said(json.dumps(own), "--as-of=2025-11-04").lines[0]["overdue"] is False


def test_the_language_of_names_can_be_chosen() -> None:
    assert "第三十三条" in Said(*FLAT, "--language=zh-hans").lines[0]["article"]
    assert Said(*FLAT, "--language=en").lines[0]["article"] == "Regulation, Article 33"


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (["--rule=nope", "--extended-days=many"], ["rule:", "received_on:", "extended_days:"]),
        ([*FLAT, "--received-on=2025-09-14"], ["received_on:"]),
        ([*FLAT[:-2], "--extended-days=21"], ["extended_days:"]),
        ([*FLAT[:-1], "--consultation=third_party,2025-09-22,,,2025-10-13"], ["consultations:"]),
        ([*FLAT[:-1], "--consultation=third_party"], ["consultations:"]),
        (["{}"], ["rule:", "received_on:"]),
        (["[]"], ["It is not an object."]),
        (["{"], ["It is not JSON."]),
        (["NaN"], ["It is not JSON."]),
        (["[" * 100_000], ["It is not JSON."]),
        (["9" * 10_000], ["It is not JSON."]),
        (["\udcff"], ["It is not UTF-8."]),
        ([" " * 1_000_001], ["It is longer than 1000000 bytes."]),
        (["{}", "--rule=reply"], ["Give rule in the JSON object"]),
        ([], ["--rule"]),
    ],
)
def test_a_question_that_cannot_be_answered(words: list[str], named: list[str]) -> None:
    said = Said(*words)
    assert said.status == 1
    assert said.out == ""
    assert all(name in said.failure for name in named)


def test_a_batch_is_answered_line_by_line(batch: Callable[[bytes], Said]) -> None:
    said = batch(jsonl(CONTRACT, QUESTION))
    assert (said.status, said.failure) == (0, "")
    assert [line["due_on"] for line in said.lines] == ["2025-11-03", "2025-10-16"]
    assert said.lines[0] == Said(*FLAT).lines[0]


def test_a_bad_line_keeps_its_place_and_loses_nothing(batch: Callable[[bytes], Said]) -> None:
    bad = b'\n  \r\n\xff\n[1\n"x"\n{"a": NaN}\n' + jsonl({"rule": "reply"})
    said = batch(b"\xef\xbb\xbf" + jsonl(QUESTION) + bad + jsonl(CONTRACT).rstrip())
    assert said.status == 1
    assert said.failure == "5 of 7 questions could not be answered"
    assert [line.get("line") for line in said.lines] == [None, 4, 5, 6, 7, 8, None]
    assert said.lines[1] == {
        "line": 4,
        "error": {"errors": [{"parameter": "", "detail": "It is not UTF-8."}]},
    }
    missing = {"parameter": "received_on", "detail": "It is missing."}
    assert said.lines[5]["error"]["errors"] == [missing]
    assert said.lines[6]["due_on"] == "2025-11-03"


def test_a_line_without_end_is_one_bad_line(
    batch: Callable[[bytes], Said], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deadline, "LONGEST_LINE", 200)
    said = batch(b"[" * 1001 + b"\n" + jsonl(QUESTION) + b"[" * 401)
    assert [line.get("line") for line in said.lines] == [1, None, 3]


def test_a_batch_may_come_from_stdin(stdin: Callable[[bytes], None]) -> None:
    stdin(jsonl(QUESTION, QUESTION))
    assert len(Said(batch="-", as_of="2025-10-17").lines) == 2


def test_what_was_sent_breaks_no_line(batch: Callable[[bytes], Said]) -> None:
    said = batch(b'{"rule": "\\ud800\\u0000\\n", "\\udfff": 1, "received_on": "2025-09-13"}\n')
    assert len(said.lines) == 1
    assert said.out.encode()


def test_a_batch_takes_nothing_beside_it(tmp_path: Path) -> None:
    assert "cannot" not in Said(batch=str(tmp_path)).out
    for said in (Said(*FLAT, batch="-"), Said(batch="-", explain=True), Said(batch=str(tmp_path))):
        assert (said.status, said.out) == (1, "")


def test_a_reader_may_leave(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / "stdout"

    def leave(_answer: object) -> str:
        raise BrokenPipeError

    monkeypatch.setattr(deadline, "_line", leave)
    with file.open("w") as out:
        monkeypatch.setattr(sys, "stdout", out)
        assert Said(json.dumps(QUESTION)).status == 0
        out.write("not to be seen")
    assert file.read_text() == ""


def test_the_days_can_be_read_one_by_one() -> None:
    lines = Said(*FLAT, "--as-of=2025-09-16", "--explain").out.splitlines()
    assert lines[0] == "Reply to an application · 20 working days"
    assert lines[1].split("  ")[0] == "2025-09-15"
    assert lines[2].split() == [
        *("2025-09-16", "Tuesday", "1", "working", "day", "(Regulation,", "Article", "33)")
    ]
    assert any("consultation with the third party" in line for line in lines)
    assert "Due on 2025-11-03" in lines
    assert "As of 2025-09-16: used 1, remaining 19" in lines
    assert lines[-1].startswith("Basis: Regulation, Article 33")


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ({"rule": "suit", "received_on": "2026-04-03"}, "(Civil Code, Article 203)"),
        ({**QUESTION, "received_on": "2026-12-08"}, "Provisional:"),
        ({**QUESTION, "received_on": "2026-12-25"}, "(Holiday Measures, Article 2)"),
        ({**QUESTION, "extended_days": 5}, "Without the extension: 2025-10-16"),
        ({**QUESTION, "channel": "fax"}, "both sides confirm"),
        (QUESTION, "国务院办公厅关于2025年部分节假日安排的通知"),
        ({"rule": "concern_other", "received_at": "2025-09-13T10:00"}, "Due at 2025-09-15 10:00"),
        ({"rule": "annual_report_body", "received_on": "2025-12-31"}, "Due on 2026-01-31"),
    ],
)
def test_what_a_reader_is_told_of(question: dict[str, Any], expected: str) -> None:
    assert expected in Said(json.dumps(question), "--explain").out
