"""Readers of the environment that refuse nonsense with a hint.

A setting that is spelled wrong must stop the start, not surface weeks later as a
page that behaves oddly.
"""

import os
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

TRUE = {"1", "true", "yes", "on"}
FALSE = {"0", "false", "no", "off", ""}


def refuse(name: str, value: str, hint: str) -> NoReturn:
    """The message ends up in a log, so of an address only what follows the password is shown."""
    shown = f"…{value[value.rindex('@') :]}" if "@" in value else value
    raise ImproperlyConfigured(f"{name}={shown!r} is not usable: {hint}")


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, default).strip()


def required(name: str, hint: str) -> str:
    """The value of `name`, or of the file named by `name`_FILE (container secrets)."""
    if value := text(name):
        return value
    if file := text(f"{name}_FILE"):
        try:
            return Path(file).read_text(encoding="utf-8").strip()
        except OSError as error:
            refuse(f"{name}_FILE", file, str(error))
    raise ImproperlyConfigured(f"{name} is not set: {hint}")


def flag(name: str, *, default: bool) -> bool:
    value = text(name).lower()
    if not value:
        return default
    if value in TRUE:
        return True
    if value in FALSE:
        return False
    refuse(name, value, "write 1 or 0")


def number(name: str, default: int, *, least: int, most: int) -> int:
    value = text(name)
    if not value:
        return default
    if not value.isascii() or not value.isdigit() or not least <= int(value) <= most:
        refuse(name, value, f"write a whole number from {least} to {most}")
    return int(value)


def names(name: str, default: tuple[str, ...] = ()) -> list[str]:
    """A comma-separated list."""
    found = [part.strip() for part in text(name).split(",") if part.strip()]
    return found or list(default)


def choice(name: str, default: str, allowed: tuple[str, ...]) -> str:
    value = text(name, default).upper() or default
    if value not in allowed:
        refuse(name, value, f"write one of {', '.join(allowed)}")
    return value


def folder(name: str, default: Path) -> Path:
    value = text(name)
    if not value:
        return default
    path = Path(value).expanduser().absolute()
    if path.exists() and not path.is_dir():
        refuse(name, value, "it names a file; name a folder")
    return path


def database(name: str) -> dict[str, Any] | None:
    """Django's settings for a PostgreSQL address, or None where `name` is not set."""
    value = text(name)
    if not value:
        return None
    if urlsplit(value).scheme not in {"postgres", "postgresql"}:
        refuse(name, value, "write postgres://user:password@host:5432/name")
    found = dict(environ.Env.db_url_config(value))
    if not found.get("NAME"):
        refuse(name, value, "the database's name is missing after the last slash")
    return found


def address(name: str, schemes: tuple[str, ...], default: str = "") -> str:
    """An address whose scheme is one of `schemes`, or `default`."""
    value = text(name)
    if value and urlsplit(value).scheme not in schemes:
        refuse(name, value, f"it must begin with {' or '.join(f'{s}://' for s in schemes)}")
    return value or default
