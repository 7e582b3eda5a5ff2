"""Django's PostgreSQL engine on the private server. `DATA_DIR` in the settings is its folder."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError
from django.db.backends.postgresql import base
from django.db.backends.postgresql.client import DatabaseClient

from portal.private_postgres import binaries, launcher
from portal.private_postgres.keeper import ROLE, CannotStartError


class Client(DatabaseClient):
    def runshell(self, parameters: Iterable[str]) -> None:
        self.connection.ensure_connection()
        self.executable_name = str(binaries.find().folder / "psql")
        super().runshell(parameters)


class DatabaseWrapper(base.DatabaseWrapper):
    client_class = Client
    _language_checked = False

    def get_connection_params(self) -> dict[str, Any]:
        """Asked before every connection, since a restarted server has another port."""
        folder = self.settings_dict.get("DATA_DIR")
        if not folder:
            raise ImproperlyConfigured("The private PostgreSQL needs DATA_DIR in DATABASES.")
        try:
            server = launcher.server(Path(folder))
        except (CannotStartError, OSError) as error:
            raise OperationalError(str(error)) from error
        self.settings_dict.update(
            HOST="127.0.0.1", PORT=str(server.port), USER=ROLE, PASSWORD=server.password
        )
        return super().get_connection_params()

    def init_connection_state(self) -> None:
        super().init_connection_state()
        if not DatabaseWrapper._language_checked:
            self._check_language()
            DatabaseWrapper._language_checked = True

    def _check_language(self) -> None:
        """Under any other character type, Chinese would silently not be matched."""
        with self.cursor() as cursor:
            cursor.execute(
                "SELECT pg_encoding_to_char(encoding), datctype FROM pg_database"
                " WHERE datname = current_database()"
            )
            found = cursor.fetchone()
        if found != ("UTF8", "C.UTF-8"):
            raise OperationalError(f"The private database must be UTF8 in C.UTF-8, not {found}.")
