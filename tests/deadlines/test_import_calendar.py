"""manage.py import_calendar: a year from a file, or every year the package knows."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from audit.models import Entry
from deadlines.models import CalendarDay, Revision
from deadlines.rules import known_years
from deadlines.rules.calendar import DayKind, SpecialDay
from deadlines.selectors.calendars import published_years, version, work_calendar
from deadlines.services.calendars import withdraw_year
from tests.deadlines.entering import AT, days
from tests.deadlines.notices import NOTICE_2027

pytestmark = pytest.mark.django_db


def bring(*args: object) -> tuple[str, str]:
    out, err = StringIO(), StringIO()
    call_command("import_calendar", *map(str, args), stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def refused(*args: object) -> tuple[str, str]:
    """What it says to each row, and at the end."""
    err = StringIO()
    with pytest.raises(CommandError) as error:
        call_command("import_calendar", *map(str, args), stdout=StringIO(), stderr=err)
    assert error.value.returncode == 1
    return err.getvalue(), str(error.value)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    rows = [f"{s.day},{s.kind},{s.name}" for s in days(NOTICE_2027)]
    path = tmp_path / "2027.csv"
    path.write_text("\n".join(["date,kind,name", *rows]), encoding="utf-8-sig")
    return path


def table(path: Path, *rows: str, heading: str = "date,kind,name,region") -> Path:
    path.write_text("\n".join([heading, *rows]) + "\n", encoding="utf-8")
    return path


def test_a_year_is_brought_with_its_notice(file: Path) -> None:
    out, _ = bring(file, "--year", 2027, "--number", "9号", "--published-on", "2026-11-04")

    assert out == f"2027: 32 days, version {version()}\n"
    notice = Revision.objects.get(pk=version())
    assert (notice.title, notice.number) == (known_years.title(2027), "9号")
    assert str(notice.published_on) == "2026-11-04"
    assert 2027 in published_years()
    assert Entry.objects.get(subject_id=str(notice.pk)).actor == "command:import_calendar"


def test_a_second_run_changes_nothing_and_says_so(file: Path) -> None:
    bring(file, "--year", 2027)
    before = version()

    out, _ = bring(file, "--year", 2027)

    assert out == "2027: unchanged\nNothing changed.\n"
    assert version() == before


def test_a_changed_file_replaces_the_year(file: Path) -> None:
    bring(file, "--year", 2027)
    file.write_text(file.read_text("utf-8").replace("2027-01-31", "2027-01-30"), encoding="utf-8")

    bring(file, "--year", 2027)

    assert [work_calendar().is_worked(s.day) for s in days("1月30日放假。1月31日放假。")] == [
        True,
        False,
    ]


def test_half_a_notice_is_no_notice_and_every_bad_row_is_named(tmp_path: Path) -> None:
    path = table(
        tmp_path / "bad.csv",
        "2027-01-01,off,元旦,",
        "2027-02-30,off,春节,",
        "2027-02-06,closed,春节,",
        "2027-02-07,off,,",
        "2027-02-08,off,春节,内蒙古",
    )
    before = version()

    rows, end = refused(path, "--year", 2027)

    assert rows.splitlines() == [
        "line 3: date is not understood: 2027-02-30",
        "line 4: kind is not understood: closed",
        "line 5: name is missing",
        "line 6: region is not understood: 内蒙古",
    ]
    assert "4 of its rows" in end
    assert version() == before


def test_days_of_a_region_are_added_to_its_own(tmp_path: Path) -> None:
    path = table(
        tmp_path / "inner.csv", "2026-05-27,off,古尔邦节,150000", "2026-05-28,off,古尔邦节,65"
    )

    out, _ = bring(path, "--title", "放假通知")

    assert [line.split(",")[0] for line in out.splitlines()] == ["15: 1 days", "65: 1 days"]
    assert not work_calendar("1501").is_worked(days("5月27日放假", 2026)[0].day)
    assert bring(path, "--title", "放假通知")[0].endswith("Nothing changed.\n")


def test_a_region_may_be_said_for_the_whole_file(tmp_path: Path) -> None:
    path = table(tmp_path / "r.csv", "2026-05-27,off,古尔邦节", heading="date,kind,name")

    bring(path, "--region", "650000", "--title", "放假通知")

    assert CalendarDay.objects.get(name="古尔邦节").region == "65"


def test_one_bad_day_refuses_all_regions(tmp_path: Path) -> None:
    path = table(
        tmp_path / "twice.csv",
        "2026-05-27,off,古尔邦节,15",
        "2026-05-27,off,古尔邦节,65",
        "2026-05-27,off,古尔邦节,65",
    )
    before = version()

    _, end = refused(path, "--title", "放假通知")

    assert "2026-05-27" in end
    assert version() == before


@pytest.mark.parametrize(
    ("rows", "options", "said"),
    [
        (["2027-01-01,off,元旦,"], [], "--year"),
        (["2027-01-01,off,元旦,15"], [], "--title"),
        ([], ["--year", "2027"], "no rows"),
        (["2027-01-01,off,元旦,"], ["--year", "2030"], "2030"),
    ],
)
def test_what_is_missing_is_asked_for(
    tmp_path: Path, rows: list[str], options: list[str], said: str
) -> None:
    assert said in refused(table(tmp_path / "f.csv", *rows), *options)[1]


def test_a_file_without_the_columns_or_without_text_is_refused(tmp_path: Path) -> None:
    path = table(tmp_path / "f.csv", "2027-01-01,off", heading="date,kind")
    assert refused(path, "--year", 2027)[0] == "line 1: name is missing\n"
    path.write_bytes(b"\xff\xfe\x00")
    assert "f.csv" in refused(path, "--year", 2027)[1]
    assert "nothing.csv" in refused(tmp_path / "nothing.csv", "--year", 2027)[1]


@pytest.mark.parametrize("option", [("--region", "内蒙古"), ("--published-on", "soon")])
def test_options_are_checked(option: tuple[str, str], file: Path) -> None:
    with pytest.raises(CommandError, match=option[1]):
        bring(file, "--year", 2027, *option)


def test_without_a_file_every_known_year_is_there_already() -> None:
    assert bring()[0] == "Nothing changed.\n"


def test_without_a_file_a_missing_year_comes_from_the_package() -> None:
    withdraw_year(year=2026, reason="误录", at=AT, actor="user:1")

    out, _ = bring()

    assert out == f"2026: 39 days, version {version()}\n"
    assert str(Revision.objects.get(pk=version()).published_on) == "2025-11-04"
    assert bring()[0] == "Nothing changed.\n"


def test_a_new_year_of_the_package_brings_its_days_of_the_december_before(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The package goes by the day; of 2026 the table has all but what the next notice gave."""
    known = known_years.special_days

    def newer(year: int) -> list[SpecialDay]:
        added = {2026: "2026年12月31日放假", 2027: NOTICE_2027}.get(year)
        return [*(known(year) if year < 2027 else []), *(days(added, year) if added else [])]

    monkeypatch.setattr(known_years, "special_days", newer)
    monkeypatch.setattr(known_years, "years", lambda: [2026, 2027])

    out, _ = bring()

    assert out.startswith("2027: 33 days")
    newest = CalendarDay.objects.standing().filter(since__year=2027)
    assert [(str(row.day), row.kind) for row in newest[:1]] == [("2026-12-31", DayKind.OFF)]
