"""Where the servers of this run are, for processes that a test starts."""

from urllib.parse import quote

from django.db import connection


def database_address(name: str = "") -> str:
    """DATABASE_URL of the database under test, or of another on its server."""
    known = connection.get_connection_params()
    host = quote(str(known.get("host", "127.0.0.1")), safe="")
    person = ":".join(quote(str(known[key])) for key in ("user", "password") if known.get(key))
    at = f"{person}@" if person else ""
    return f"postgres://{at}{host}:{known.get('port', 5432)}/{name or known['dbname']}"
