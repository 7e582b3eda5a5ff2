"""What rows refer to: documents they interpret, and files beside them."""

from pathlib import Path

import pytest

from disclosure.models import Document
from disclosure.services import intake
from disclosure.services.tally import Remark, Sinks
from tests.disclosure.imports import ROW, bring

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("province")]


def test_an_interpretation_finds_its_document_wherever_it_comes_in_the_import() -> None:
    early = {**ROW, "title": "解读一", "document_number": "", "interprets": "明政办发（2026）12号"}
    late = {**early, "title": "解读二", "interprets": "MC/2026-00002"}
    lost = {**early, "title": "解读三", "interprets": "没有这个文号"}
    remarks: list[Remark] = []

    tally = bring(early, ROW, late, lost, sinks=Sinks(on_remark=remarks.append))

    assert tally.created == 4
    original = Document.objects.get(title=ROW["title"])
    assert {found.title for found in original.interpretations.all()} == {"解读一", "解读二"}
    assert [remark.line for remark in remarks if "没有这个文号" in remark.words] == [4]


def test_an_interpretation_that_comes_a_batch_earlier_is_linked_at_the_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(intake, "BATCH_ROWS", 1)
    early = {**ROW, "title": "解读", "document_number": "", "interprets": ROW["document_number"]}

    bring(early, ROW)

    found = Document.objects.get(title="解读")
    assert found.interprets == Document.objects.get(title=ROW["title"])
    assert bring(early, ROW).unchanged == 2


def test_files_come_only_from_inside_the_folder(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("秘密", "utf-8")
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "link.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "a.txt").write_text("各县：\n正文在此。", "gb18030")
    bare = {**ROW, "body": ""}

    def reason(name: str) -> str:
        return bring({**bare, "file": name}, folder=folder).rejected[0].reason

    outside = reason("../secret.txt")
    assert "../secret.txt" in outside
    assert reason("link.txt") == outside.replace("../secret.txt", "link.txt")
    assert reason(str(tmp_path / "secret.txt"))
    assert reason("a\x00b") != ""
    assert "长长" in reason("长" * 300 + ".txt")
    assert reason("none.txt") != outside
    assert bring({**bare, "file": "a.txt"}, folder=folder).created == 1
    assert Document.objects.get().body_text == "各县：\n正文在此。"


def test_attachments_follow_the_row(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("附件甲", "utf-8")
    (tmp_path / "b.csv").write_text("附件,乙", "utf-8")
    (tmp_path / "c.pdf").write_bytes(b"MZ not a pdf")

    bring({**ROW, "attachments": "a.txt；b.csv"}, folder=tmp_path)
    document = Document.objects.get()
    assert [held.text for held in document.attachments.all()] == ["附件甲", "附件,乙"]

    bring({**ROW, "attachments": ["b.csv"]}, folder=tmp_path)
    assert [held.name for held in document.attachments.all()] == ["b.csv"]
    assert bring({**ROW, "attachments": "c.pdf"}, folder=tmp_path).rejected_count == 1
