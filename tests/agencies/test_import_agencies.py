import csv
import time
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agencies.models import Agency
from audit.models import Entry
from audit.selectors import verify
from tests.factories.agencies import AgencyFactory

HEADER = "code,name,level,parent,kind"
PROVINCE = "MC,明川省人民政府,province,,government"
CITY = "MC-LJ,临江市人民政府,city,MC,government"
COUNTY = "MC-LJ-NP,南浦区人民政府,county,MC-LJ,government"

pytestmark = pytest.mark.django_db


class Run:
    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.file = folder / "roll.csv"
        self.rejects = folder / "rejects.csv"
        self.capsys = capsys

    def __call__(self, *lines: str, content: bytes | None = None) -> tuple[str, int]:
        """The counts as printed, and the exit status."""
        self.file.write_bytes(content or "\n".join(lines).encode())
        status = 0
        try:
            call_command("import_agencies", str(self.file), "--rejects", str(self.rejects))
        except SystemExit as ended:
            status = int(str(ended.code))
        return self.capsys.readouterr().out.strip(), status

    def reasons(self) -> dict[int, str]:
        with self.rejects.open(encoding="utf-8-sig", newline="") as file:
            return {int(row["line"]): row["reason"] for row in csv.DictReader(file)}


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    return Run(tmp_path, capsys)


def counts(created: int = 0, updated: int = 0, unchanged: int = 0, rejected: int = 0) -> str:
    return f"created {created}, updated {updated}, unchanged {unchanged}, rejected {rejected}"


def test_a_tree_is_planted_with_its_paths_and_noted_once(run: Run) -> None:
    assert run(HEADER, PROVINCE, CITY, COUNTY) == (counts(created=3), 0)
    assert Agency.objects.get(code="MC-LJ-NP").path == "/MC/MC-LJ/MC-LJ-NP/"
    assert Agency.objects.get(code="MC-LJ").parent == Agency.objects.get(code="MC")
    assert (Entry.objects.get().details or {})["created"] == ["MC", "MC-LJ", "MC-LJ-NP"]


def test_the_same_file_again_changes_nothing(run: Run) -> None:
    run(HEADER, PROVINCE, CITY)
    assert run(HEADER, PROVINCE, CITY) == (counts(unchanged=2), 0)
    assert Entry.objects.count() == 1


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_files_come_as_spreadsheets_write_them(run: Run, encoding: str) -> None:
    content = f"{HEADER}\r\n{PROVINCE}\r\n".encode(encoding)
    assert run(content=content) == (counts(created=1), 0)
    assert Agency.objects.get().name == "明川省人民政府"


def test_what_a_spreadsheet_leaves_around_the_words_does_not_matter(run: Run) -> None:
    content = f'{HEADER}\n,,,,\n MC ,"\u200b明川省\r\n人民政府\x00",Province,,GOVERNMENT\n\n,,,,\n'
    assert run(content=content.encode()) == (counts(created=1), 0)
    assert Agency.objects.get().name == "明川省 人民政府"
    assert run(HEADER, "MC,明川省 人民政府,province,,government") == (counts(unchanged=1), 0)


def test_more_may_be_said_of_a_body_and_what_the_file_leaves_out_stays(run: Run) -> None:
    run(f"{HEADER},short_name,uscc,phone", f"{PROVINCE},省政府,91110108551385082Q,0000-0000000")
    run(f"{HEADER},short_name", f"{PROVINCE},明川")
    body = Agency.objects.get()
    assert (body.short_name, body.uscc, body.phone) == (
        "明川",
        "91110108551385082Q",
        "0000-0000000",
    )


def test_columns_nobody_knows_are_named_and_ignored(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "roll.csv"
    file.write_text(f"{HEADER},colour\n{PROVINCE},red\n", encoding="utf-8")
    call_command("import_agencies", str(file))
    assert "colour" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("A,甲局,village,MC,department", "level"),
        ("A,甲局,city,MC,club", "kind"),
        ("A,甲局,city,NOWHERE,department", "NOWHERE"),
        ("A,甲局,city,LATE,department", "LATE"),
        ("A,明川省人民政府,city,MC,department", "MC"),
        ("MC,明川省人民政府二,province,,government", "2"),
        ("A b,甲局,city,MC,department", "code"),
        (",甲局,city,MC,department", "code"),
        ("A,,city,MC,department", "name"),
        ("A,甲局,city,MC,department,123", "uscc"),
        ("A,甲局,city,MC,department,,surplus", ""),
        ("A,甲局,province,MC-LJ,department", ""),
    ],
)
def test_a_bad_row_is_refused_with_its_line_and_reason_and_the_rest_is_taken(
    run: Run, line: str, reason: str
) -> None:
    late = "LATE,丙局,city,MC,department"
    output, status = run(f"{HEADER},uscc", PROVINCE, CITY, line, late)
    assert (output, status) == (counts(created=3, rejected=1), 1)
    assert list(run.reasons()) == [4]
    assert reason in run.reasons()[4]
    assert set(Agency.objects.values_list("code", flat=True)) == {"MC", "MC-LJ", "LATE"}


def test_the_rejects_of_an_earlier_run_go_when_none_are_left(run: Run) -> None:
    run(HEADER, "A,甲局,village,,department")
    run(HEADER, PROVINCE)
    assert not run.rejects.exists()


def test_rejects_never_replace_the_file_to_import(run: Run) -> None:
    run.rejects = run.file
    with pytest.raises(CommandError, match="name another"):
        run(HEADER, PROVINCE, "A,甲局,village,,department")
    assert run.file.read_text(encoding="utf-8").startswith(HEADER)


def test_what_stands_under_a_rejected_body_is_rejected_too(run: Run) -> None:
    run(HEADER, PROVINCE, "X,临江市,bad,MC,government", "Y,南浦区,county,X,government")
    assert list(run.reasons()) == [3, 4]


def test_a_roll_can_move_a_body_with_all_beneath_it(run: Run) -> None:
    other = "MC-QP,青屏市人民政府,city,MC,government"
    run(HEADER, PROVINCE, CITY, other, COUNTY, "JD,民政局,county,MC-LJ-NP,department")
    moved = COUNTY.replace("MC-LJ,", "MC-QP,")
    assert run(HEADER, moved) == (counts(updated=1), 0)
    assert Agency.objects.get(code="JD").path == "/MC/MC-QP/MC-LJ-NP/JD/"
    assert verify().fault is None


def test_a_roll_cannot_close_a_circle(run: Run) -> None:
    run(HEADER, PROVINCE, CITY, "MC-X,发展改革委,city,MC-LJ,department")
    output, status = run(HEADER, "MC-LJ,临江市人民政府,city,MC-X,government")
    assert (output, status) == (counts(rejected=1), 1)


def test_a_name_may_pass_from_one_body_to_another(run: Run) -> None:
    run(HEADER, PROVINCE, "A,卫生局,city,MC,department", "B,民政局,city,MC,department")
    lines = ["A,卫健委,city,MC,department", "B,卫生局,city,MC,department"]
    assert run(HEADER, *lines) == (counts(updated=2), 0)


@pytest.mark.parametrize(
    "content",
    [
        b"code,name\nA,B\n",
        b"\xff\xff\xff",
        b"\n",
        b"",
        f'{HEADER}\nMC,"never closed,province,,government\n{CITY}\n'.encode(),
    ],
)
def test_a_file_that_is_no_roll_is_refused_as_a_whole(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "roll.csv"
    file.write_bytes(content)
    with pytest.raises(CommandError):
        call_command("import_agencies", str(file))


def test_five_thousand_bodies_take_seconds_and_a_subtree_takes_one_query(run: Run) -> None:
    lines = [HEADER, PROVINCE]
    lines += [f"C{c:02d},第{c}市,city,MC,government" for c in range(50)]
    lines += [f"D{n:04d},第{n}局,city,C{n % 50:02d},department" for n in range(5000)]
    started = time.monotonic()
    assert run(*lines) == (counts(created=5051), 0)
    assert time.monotonic() - started < 30  # about 3 s on two idle cores
    city = Agency.objects.get(code="C07")
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert len(Agency.objects.subtree(city)) == 101
    assert len(queries) == 1
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE agencies_agency")
    assert "Index" in Agency.objects.order_by().subtree(city).explain()


def test_bodies_that_were_there_before_are_found_by_code(run: Run) -> None:
    AgencyFactory(code="MC", name="旧名")
    assert run(HEADER, PROVINCE) == (counts(updated=1), 0)
