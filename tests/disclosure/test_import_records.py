"""`manage.py import_records`: what it reads, what it prints, and how it fails."""

import csv
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from disclosure.models import Document

HEADER = "标题,发布机构,文号,成文日期,正文"
LINE = "通知甲,明川省人民政府,明政发〔2026〕1号,2026-01-05,正文甲。"

pytestmark = pytest.mark.usefixtures("province", "index")


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Rejects are written into the current folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def written(name: str, content: str | bytes) -> str:
    path = Path(name)
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return name


def rejects(path: str) -> list[dict[str, str]]:
    with Path(path).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_csv_file_in_any_encoding(encoding: str, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("import_records", written("a.csv", f"{HEADER}\n{LINE}\n".encode(encoding)))

    assert capsys.readouterr().out == "created 1\nupdated 0\nunchanged 0\nrejected 0\n"
    assert Document.objects.get().document_number == "明政发〔2026〕1号"
    assert not Path("a.rejected.csv").exists()


def test_no_rejected_cell_is_a_formula_and_the_file_imports_again(here: Path) -> None:
    body = "正文。"
    rows = f'{HEADER}\n"=HYPERLINK(""x"")",没有的机关,@SUM(A1),2026-01-05,-{body}\n'
    with pytest.raises(CommandError):
        call_command("import_records", written("a.csv", rows))
    file = Path("a.rejected.csv")
    [row] = rejects(file.name)
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in row.values())

    mended = file.read_text(encoding="utf-8-sig").replace("没有的机关", "明川省人民政府")
    call_command("import_records", written("b.csv", mended))
    assert Document.objects.get().title == '=HYPERLINK("x")'


def test_rejected_rows_go_into_a_file_with_line_and_reason() -> None:
    rows = f'{HEADER}\n{LINE}\n"多行\n标题",没有的机关,,2026-01-05,文\n少列,明川省人民政府\n'

    with pytest.raises(CommandError) as stop:
        call_command("import_records", written("a.csv", rows))

    assert stop.value.returncode == 1
    assert Document.objects.count() == 1
    wrong_body, ragged = rejects("a.rejected.csv")
    assert (wrong_body["line"], wrong_body["发布机构"]) == ("3", "没有的机关")
    assert (ragged["line"], ragged["标题"]) == ("5", "少列")
    assert wrong_body["reason"]
    assert ragged["reason"]


def test_the_rejects_of_an_earlier_run_go_when_none_are_left() -> None:
    with pytest.raises(CommandError):
        call_command("import_records", written("a.csv", f"{HEADER}\n{LINE},多\n"))
    call_command("import_records", written("a.csv", f"{HEADER}\n{LINE}\n"))

    assert not Path("a.rejected.csv").exists()


def test_what_is_written_never_replaces_what_is_imported() -> None:
    with pytest.raises(CommandError, match="name another"):
        call_command(
            "import_records", written("a.csv", f"{HEADER}\n{LINE},多\n"), "--rejects", "a.csv"
        )

    assert Path("a.csv").read_text(encoding="utf-8").startswith(HEADER)


def test_a_quote_that_is_never_closed_does_not_swallow_the_rest_unseen() -> None:
    rows = f'{HEADER}\n{LINE}\n通知乙,明川省人民政府,,,"没有闭合\n{LINE.replace("甲", "丙")}\n'

    with pytest.raises(CommandError):
        call_command("import_records", written("a.csv", rows))

    assert [row["line"] for row in rejects("a.rejected.csv")] == ["3"]
    assert Document.objects.count() == 1


def test_english_columns_may_have_capitals() -> None:
    call_command("import_records", written("a.csv", "Title,AGENCY\n通知甲,明川省人民政府\n"))

    assert Document.objects.get().title == "通知甲"


def test_broken_lines_of_json_are_rejected_by_name() -> None:
    good = {"title": "通知", "agency": "明川省人民政府", "body": "文。"}
    lines = [json.dumps(good), '{"title": ', "[]", "", '"text"', "[" * 100_000, "\xff"]

    with pytest.raises(CommandError):
        call_command("import_records", written("b.jsonl", "\n".join(lines)), rejects="bad.csv")

    assert Document.objects.count() == 1
    assert [row["line"] for row in rejects("bad.csv")] == ["2", "3", "5", "6", "7"]


def test_a_folder_with_texts_of_four_kinds() -> None:
    rows = [
        "title,agency,file,attachments",
        "甲,明川省人民政府,a.txt,附表.csv",
        "乙,明川省人民政府,b.html,",
        "丙,明川省人民政府,../out.txt,",
    ]
    written("in/a.txt", "各县：\n正文甲。")
    written("in/b.html", "<p>正文乙。</p><script>x</script>".encode("gb18030"))
    written("in/附表.csv", "列,数")
    written("out.txt", "外面")
    written("in/manifest.csv", "\n".join(rows))

    with pytest.raises(CommandError):
        call_command("import_records", "in")

    assert Document.objects.get(title="甲").attachments.get().text == "列,数"
    assert Document.objects.get(title="乙").body_html == "<p>正文乙。</p>"
    assert [row["file"] for row in rejects("in.rejected.csv")] == ["../out.txt"]


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("a.csv", "", "empty"),
        ("a.csv", "标题,title,agency\n", "twice"),
        ("a.csv", "标题,正文\n", "agency"),
        ("a.csv", '标题,agency,"正文\nA,B,C\n', "readable header"),
        ("a.csv", b"\xff\xff\xff", "UTF-8"),
        ("a.xlsx", "PK", "neither"),
        ("in/other.csv", "x", "manifest.csv"),
    ],
)
def test_a_source_that_cannot_be_read_says_why(name: str, content: str | bytes, why: str) -> None:
    path = Path(written(name, content))

    with pytest.raises(CommandError, match=why):
        call_command("import_records", str(path.parent if "/" in name else path))


def test_a_path_that_is_not_there_says_so() -> None:
    with pytest.raises(CommandError, match="does not exist"):
        call_command("import_records", "nowhere.csv")
