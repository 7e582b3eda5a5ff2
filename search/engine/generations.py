"""Where an index lives: one folder a generation, and a file that names the current one.

A rebuild fills a folder of its own while readers go on with the old one; replacing the
file `current` is the moment they change over.
"""

import json
import os
import secrets
import shutil
from dataclasses import asdict, dataclass
from pathlib import Path

from search.engine.schema import VERSION

_CURRENT = "current"
_POSITION = "position.json"


@dataclass(frozen=True, slots=True)
class Position:
    """Up to where the change log is in the index: (transaction, id), and of which database."""

    database: str
    transaction: int
    change: int


def current(folder: Path) -> Path | None:
    """The generation to read; None if there is none that this version can read."""
    try:
        name = (folder / _CURRENT).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return None
    made_by, _, serial = name.rpartition("_")
    generation = folder / name
    readable = made_by == VERSION and serial.isalnum() and (generation / "meta.json").exists()
    return generation if readable else None


def start(folder: Path) -> Path:
    """An empty generation that nobody reads yet."""
    generation = folder / f"{VERSION}_{secrets.token_hex(8)}"
    generation.mkdir(parents=True)
    return generation


def switch(folder: Path, generation: Path) -> None:
    """From here on readers open `generation`; those still in an older one lose only its name."""
    _replace(folder / _CURRENT, generation.name)
    sweep(folder)


def sweep(folder: Path) -> None:
    """Take away what is not current: older generations and rebuilds that were cut short."""
    kept = current(folder)
    for entry in folder.iterdir():
        if entry.is_dir() and entry != kept:
            shutil.rmtree(entry, ignore_errors=True)


def read_position(generation: Path) -> Position | None:
    try:
        return Position(**json.loads((generation / _POSITION).read_text(encoding="ascii")))
    except (OSError, ValueError, TypeError):
        return None


def write_position(generation: Path, position: Position) -> None:
    """Call after the index's own commit: what is applied twice is the same as once."""
    _replace(generation / _POSITION, json.dumps(asdict(position)))


def _replace(file: Path, content: str) -> None:
    """Whole or not at all, also if the machine loses power."""
    fresh = file.with_name(f"{file.name}.new")
    with fresh.open("w", encoding="utf-8") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    fresh.replace(file)
