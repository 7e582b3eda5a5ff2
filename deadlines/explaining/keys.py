"""The legend beside a calendar: what is seen in it, and nothing else."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from deadlines.explaining.grid import Grid, Look
from deadlines.rules.clock import Reading
from deadlines.rules.table import Unit


@dataclass(frozen=True, slots=True)
class Key:
    mark: str  # its class in the style sheet
    meaning: str
    sign: str = ""


def keys_of(reading: Reading, grid: Grid) -> tuple[Key, ...]:
    cells = grid.cells
    looks = {cell.look for cell in cells}
    in_working_days = reading.term.unit == Unit.WORKING_DAY
    rest = _("rest day, not counted") if in_working_days else _("rest day")
    made_up = Key("k-ban", _("worked to make up, counted"), pgettext("in a calendar", "W"))
    last = Key("k-end", _("due date"))
    if reading.provisional:
        last = Key("k-end k-end--maybe", _("provisional due date"))
    found = {
        Key("k-count", _("counted"), "1"): any(cell.n for cell in cells),
        Key("k-maybe", _("counted provisionally")): Look.PROVISIONAL in looks,
        made_up: any(cell.made_up for cell in cells),
        Key("k-pause", _("opinion asked for, not counted")): Look.PAUSED in looks,
        Key("k-off", rest): bool(looks & {Look.HOLIDAY, Look.WEEKEND}),
        Key("k-ext", _("extension")): Look.EXTENDED in looks,
        Key("k-today", _("today")): any(cell.today for cell in cells),
        last: True,
    }
    return tuple(key for key, seen in found.items() if seen)
