"""A command on a machine where nothing has run yet."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROLL = "code,name,level,parent,kind\nMC,明川省人民政府,province,,government\n"


def begin(folder: Path, *arguments: str) -> "subprocess.Popen[str]":
    environment = {k: v for k, v in os.environ.items() if k != "DATABASE_URL"}
    environment |= {"DJANGO_SETTINGS_MODULE": "portal.settings.local", "DATA_DIR": str(folder)}
    return subprocess.Popen(
        [sys.executable, str(ROOT / "manage.py"), *arguments],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_two_commands_at_once_make_the_tables_and_print_only_their_own(open_folder: Path) -> None:
    roll = open_folder / "roll.csv"
    roll.write_text(ROLL, encoding="utf-8")

    importing = begin(open_folder, "import_agencies", str(roll))
    verifying = begin(open_folder, "verify_audit")
    imported, told = importing.communicate(timeout=120)
    verified, news = verifying.communicate(timeout=120)

    assert (importing.returncode, verifying.returncode) == (0, 0), news
    assert imported == "created 1, updated 0, unchanged 0, rejected 0\n"
    assert "entries hold" in verified
    assert len(verified.splitlines()) == 1
    assert "Starting the private PostgreSQL" in news + told
