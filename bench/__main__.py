"""`python -m bench [--size N]`: prints a table and writes bench/results.json."""

import json
import os
import platform
import shutil
import subprocess
from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.db import connection

from bench import FOLDER, HERE
from bench.duties import clocks, duties
from bench.measures import bring_in, read
from bench.stopwatch import Row

DEFAULT_SIZE = 20_000
DEFAULT_DUTIES = 100_000
DEFAULT_TIMES = 100


def main() -> None:
    parser = ArgumentParser(prog="bench")
    parser.add_argument("--size", type=int, default=DEFAULT_SIZE, help="how many documents")
    parser.add_argument("--duties", type=int, default=DEFAULT_DUTIES, help="how many duties")
    parser.add_argument("--times", type=int, default=DEFAULT_TIMES, help="repetitions of a read")
    options = parser.parse_args()
    rows: list[Row] = []
    with own_database():
        machine = describe_machine()
        for measured in (
            bring_in(FOLDER, options.size),
            read(options.size, options.times),
            clocks(FOLDER),
            duties(options.duties),
        ):
            rows += shown(measured)
    results = {
        "commit": commit(),
        "machine": machine,
        "rows": [row.as_dict() for row in rows],
    }
    text = json.dumps(results, ensure_ascii=False, indent=2)
    (HERE / "results.json").write_text(text + "\n", encoding="utf-8")


@contextmanager
def own_database() -> Iterator[None]:
    """Made for this run beside the configured one, and dropped with all files at its end."""
    kept = connection.settings_dict["NAME"]
    connection.settings_dict["TEST"]["NAME"] = f"{kept}_bench"
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        yield
    finally:
        connection.creation.destroy_test_db(kept, verbosity=0)
        shutil.rmtree(FOLDER, ignore_errors=True)


def shown(rows: Iterator[Row]) -> Sequence[Row]:
    found = []
    for row in rows:
        beside = ", ".join(f"{name} {ms:.2f} ms (x{row.ratio[name]:g})"
                           for name, ms in row.beside.items())  # fmt: skip
        print(f"{row.name:40} {row.median_ms:9.2f} ms  p99 {row.p99_ms:9.2f} ms  {beside}")
        found.append(row)
    return found


def commit() -> str:
    git = shutil.which("git")
    if git is None:
        return ""
    asked = [git, "-C", str(HERE), "rev-parse", "--short", "HEAD"]
    # Fixed words only; nothing comes from outside.
    return subprocess.run(asked, capture_output=True, text=True, check=False).stdout.strip()  # noqa: S603


def describe_machine() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        (server,) = cursor.fetchone() or ("",)
    python = platform.python_version()
    return f"{os.cpu_count()} cores, {platform.machine()}, Python {python}, PostgreSQL {server}"


if __name__ == "__main__":
    main()
