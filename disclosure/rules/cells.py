"""Cells of a CSV file that officials open in a spreadsheet program, which would run a formula."""

from typing import Any

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_MARK = "'"  # spreadsheets take what follows it as text


def inert(cell: Any) -> Any:
    """A text that would be a formula as one that is not; anything else as it is."""
    return _MARK + cell if isinstance(cell, str) and cell.startswith(_FORMULA) else cell


def meant(cell: str) -> str:
    """What `inert` was given: a corrected file of rejected rows is imported again."""
    return cell[1:] if cell.startswith(_MARK) and cell[1:].startswith(_FORMULA) else cell
