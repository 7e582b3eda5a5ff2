"""The messages there are, in both languages."""

from datetime import date, datetime
from pathlib import Path

import pytest
from django.utils import translation

from notices import wording
from notices.models import Notice
from notices.rules.dates import with_dates

TEMPLATES = Path(__file__).resolve().parents[2] / "templates" / "notices"
MESSAGES = sorted(file.name.split(".")[0] for file in TEMPLATES.glob("*.subject.txt"))
LINE = {"title": "补助的申请", "due_on": "2026-04-16", "late": 2, "left": 3}
CONTEXT: dict[str, object] = {
    **LINE,
    "body": "明川省发展和改革委员会",
    "rule": "reply",
    "provisional": True,
    "before": "2026-04-15",
    "after": "2026-04-17",
    "source": "2026年节假日安排通知",
    "version": 2,
    "overdue": [LINE, LINE],
    "overdue_count": 2,
    "soon": [LINE],
    "soon_count": 1,
    "open": 9,
    "url": "/desk/duties/7/",
}


def said(message: str, language: str, **changes: object) -> wording.Words:
    with translation.override(language):
        return wording.words(Notice(message=message, context=CONTEXT | changes))


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("message", MESSAGES)
def test_every_message_has_a_line_and_a_text(message: str, language: str) -> None:
    words = said(message, language)

    assert words.subject
    assert "\n" not in words.subject
    assert words.body
    assert "&" not in words.subject + words.body
    assert words.path == "/desk/duties/7/"


def test_there_are_messages() -> None:
    assert MESSAGES == ["digest", "due_moved", "due_soon", "escalated", "overdue"]


@pytest.mark.parametrize(
    ("message", "changes", "line"),
    [
        ("due_soon", {"left": 1}, "“补助的申请” is due in 1 working day, on 16 April 2026"),
        ("due_soon", {"left": 0}, "“补助的申请” is due today, 16 April 2026"),
        ("overdue", {"late": 1}, "“补助的申请” is overdue by 1 working day"),
        ("overdue", {"late": 0}, "“补助的申请” is overdue"),
        ("escalated", {}, "Overdue at 明川省发展和改革委员会: “补助的申请”"),
        ("due_moved", {}, "“补助的申请” is now due on 17 April 2026"),
        ("digest", {}, "明川省发展和改革委员会: 9 open, 2 of them overdue, 1 due soon"),
    ],
)
def test_the_line_says_it_all(message: str, changes: dict[str, object], line: str) -> None:
    rule = "" if message == "digest" else "Reply to an application · "

    assert said(message, "en", **changes).subject == rule + line


def test_a_provisional_date_is_called_so() -> None:
    assert "provisional" in said("due_soon", "en").body
    assert "provisional" not in said("due_soon", "en", provisional=False).body


def test_a_supervisor_reads_what_is_late_and_why_they_are_told() -> None:
    body = said("escalated", "en").body

    assert "was due on 16 April 2026 and is overdue by 2 working days" in body
    assert "because you supervise it" in body


def test_a_digest_has_a_line_a_duty() -> None:
    assert said("digest", "en").body.count("补助的申请: due on") == 3


def test_dates_come_back_as_dates() -> None:
    assert with_dates({"on": "2026-04-16", "lines": [{"at": "2026-04-16T09:30:00+08:00"}]}) == {
        "on": date(2026, 4, 16),
        "lines": [{"at": datetime.fromisoformat("2026-04-16T09:30+08:00")}],
    }


@pytest.mark.parametrize(
    "text", ["2026-02-30", "2026", "明政发〔2026〕1号", "2026-04-16 is late", ""]
)
def test_what_only_looks_like_a_date_stays_text(text: str) -> None:
    assert with_dates(text) == text


def test_a_letter_says_who_writes_and_why() -> None:
    with translation.override("en"):
        text = wording.letter(said("overdue", "en"))

    assert "https://gongkai.mingchuan.example/desk/duties/7/" in text
    assert "明川省人民政府办公厅" in text
    assert "because this e-mail address was given" in text


def test_a_letter_without_a_link_has_none() -> None:
    assert "https://" not in wording.letter(said("overdue", "en", url=""))
