"""What `manage.py check` asks beyond Django's own questions. Registered in apps.py."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.db import connections
from django.template import TemplateSyntaxError, engines

from disclosure.rules.index_numbers import fault

OLDEST_POSTGRESQL = 150000


def database(*, databases: Sequence[str] | None, **_kwargs: Any) -> Iterable[CheckMessage]:
    """Run by `migrate` and `check --database default`."""
    for alias in databases or ():
        with connections[alias].cursor() as cursor:
            cursor.execute("SHOW server_version_num")
            version = int(cursor.fetchone()[0])
            cursor.execute("SHOW server_encoding")
            encoding = cursor.fetchone()[0]
        if version < OLDEST_POSTGRESQL:
            yield Error("PostgreSQL is too old.", hint="Use 15 or later.", id="portal.E001")
        if encoding != "UTF8":
            yield Error(
                f"The database keeps text in {encoding}, which has not all Chinese characters.",
                hint="createdb --template=template0 --encoding=UTF8 --locale=C.UTF-8",
                id="portal.E002",
            )


def index_numbers(**_kwargs: Any) -> Iterable[CheckMessage]:
    """A pattern that gave two documents one number would be found too late."""
    if reason := fault(settings.INDEX_NUMBER_PATTERN):
        yield Error(
            f"INDEX_NUMBER_PATTERN={settings.INDEX_NUMBER_PATTERN!r} is not usable: {reason}.",
            hint="Write for example {organ}/{year}-{serial:05d}",
            id="portal.E004",
        )


def templates(**_kwargs: Any) -> Iterable[CheckMessage]:
    """Every template compiles, the rarely seen error pages too. Run by `check --deploy`."""
    engine = engines["django"]
    for folder in engine.dirs:
        for path in sorted(Path(folder).rglob("*.*")):
            if not path.is_file():
                continue
            name = str(path.relative_to(folder))
            try:
                engine.get_template(name)
            except (TemplateSyntaxError, UnicodeDecodeError) as error:
                yield Error(f"{name}: {error}", id="portal.E003")
