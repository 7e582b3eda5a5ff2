"""Documents of one kind, one for each of several bodies and years."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from portal.demo.bodies import facts
from portal.demo.chance import day_within, in_words, resolve
from portal.demo.record import Record
from portal.demo.texts import Text, as_html, read_folder

FOLDER = Path(__file__).parent / "series"
_KEPT = ("topic", "genre", "item", "keywords", "column")
_TOWN_ENDINGS = ("街道", "镇", "乡", "县", "区", "市", "社区", "村")


def records() -> Iterator[Record]:
    for text in read_folder(FOLDER):
        for code in text.fields["agencies"].split():
            for year in map(int, text.fields["years"].split()):
                yield _record(text, code, year)


def _record(text: Text, code: str, year: int) -> Record:
    key = f"{text.slug}/{code}"
    later = text.fields.get("issued_year") == "next"
    issued = day_within(text.fields["issued"], year=year + later, key=f"{key}/{year}/day")
    words = {**_words(code), **_years(year), "issued": in_words(issued)}
    if hidden := words.keys() & text.variables.keys():
        raise ValueError(f"{text.slug} has variables that hide words of the body: {hidden}")
    words |= {name: str(v) for name, v in resolve(text.variables, key=key, year=year).items()}
    row = {name: text.fields[name] for name in _KEPT if name in text.fields}
    row |= {
        "title": text.fields["title"].format_map(words),
        "agency": code,
        "html": as_html(text.body.format_map(words)),
        **_ending(text, year),
    }
    number = text.fields.get("number", "").replace("{n}", "{{n}}").format_map(words)
    return Record(row, issued, number=number, yearly=int(text.fields["rate"]))


def _words(code: str) -> dict[str, str]:
    body = facts()[code]
    return {
        **body,
        "body": body["name"],
        "hours": body["office_hours"],
        "road_name": body["road"],
        **{f"{place}_short": _short(body[place]) for place in ("p1", "p2", "p3", "p4")},
    }


def _years(year: int) -> dict[str, str]:
    return {"year": str(year), "prev": str(year - 1), "next": str(year + 1)}


def _short(place: str) -> str:
    for ending in _TOWN_ENDINGS:
        if place.endswith(ending) and len(place) > len(ending) + 1:
            return place.removesuffix(ending)
    return place


def _ending(text: Text, year: int) -> dict[str, str]:
    """A plan for a year is over when the year is."""
    if year >= int(text.fields.get("expired_before", "0")):
        return {}
    return {"validity": "失效", "expires_on": (date(year + 1, 1, 1) - timedelta(1)).isoformat()}
