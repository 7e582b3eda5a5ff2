"""The catalogue of messages, kept without GNU gettext: English in the code, Chinese beside it.

The catalogue is sorted and carries no dates and no line numbers, so that a change to it shows
what was translated and nothing else.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

from portal.catalogue import LOCALE

HEADER = """\
# Simplified Chinese. Kept by `manage.py translations`; the words: docs/glossary.md
msgid ""
msgstr ""
"Language: zh_Hans\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"

"""
KEYWORDS: Mapping[str, tuple[int | tuple[int, str], ...]] = {
    "_": (1,),
    "gettext": (1,),
    "gettext_lazy": (1,),
    "gettext_noop": (1,),
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
NOT_OURS = {"tests", "bench"}
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]")

# A message's context and its text, or its text for one and for many.
Key = tuple[str | None, str | tuple[str, ...]]


def read(path: Path) -> Catalog:
    """An empty catalogue where there is no file yet."""
    if not path.exists():
        return Catalog(locale=LOCALE)
    with path.open("rb") as file:
        return read_po(file, locale=LOCALE, abort_invalid=True)


def write(catalogue: Catalog, path: Path) -> None:
    entries = BytesIO()
    write_po(entries, catalogue, width=100, omit_header=True, no_location=True, sort_output=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(HEADER + entries.getvalue().decode().strip() + "\n", encoding="utf-8")


def found_in_sources() -> dict[Key, Message]:
    """Every message that our own code and templates ask for."""
    found: dict[Key, Message] = {}
    for text in _sources():
        for _line, ids, _comments, context in extract(
            "python", BytesIO(text.encode()), keywords=KEYWORDS
        ):
            message = Message(ids, context=context)
            # One text may be asked for alone and as the singular of a pair.
            found.setdefault(_key(message), message)
    return found


def updated(old: Catalog, given: Iterable[Catalog] = ()) -> Catalog:
    """What the sources ask for, with the translations of `old`; gaps are filled from `given`."""
    new = Catalog(locale=LOCALE)
    known = [_by_key(catalogue) for catalogue in (old, *given)]
    for key, message in found_in_sources().items():
        kept = next((c[key] for c in known if key in c and _is_translated(c[key])), message)
        new.add(message.id, kept.string, context=message.context, flags=kept.flags)
    return new


def problems(catalogue: Catalog) -> list[str]:
    """One line for each message that is missing, doubtful, unused or loses a placeholder."""
    wanted, present = found_in_sources(), _by_key(catalogue)
    lines = [f"missing: {_shown(key)}" for key in wanted if key not in present]
    for key, message in present.items():
        if key not in wanted:
            lines.append(f"not used: {_shown(key)}")
        elif not _is_translated(message):
            lines.append(f"not translated: {_shown(key)}")
        elif message.fuzzy:
            lines.append(f"fuzzy: {_shown(key)}")
        elif _placeholders(message.string) != _placeholders(message.id):
            lines.append(f"placeholders differ: {_shown(key)}")
    lines += [f"obsolete: {_shown((None, message))}" for message in catalogue.obsolete]
    return sorted(lines)


def compile_catalogue(path: Path) -> Path:
    """Write the .mo that Django reads; whole or not at all, as others may be reading it."""
    target, draft = path.with_suffix(".mo"), path.with_suffix(".mo.new")
    with draft.open("wb") as file:
        write_mo(file, read(path))
    draft.replace(target)
    return target


def _sources() -> Iterator[str]:
    base = Path(settings.BASE_DIR)
    for package in sorted(base.glob("*/__init__.py")):
        if package.parent.name not in NOT_OURS:
            for module in sorted(package.parent.rglob("*.py")):
                yield module.read_text(encoding="utf-8")
    for folder in (base / "templates", *sorted(base.glob("*/templates"))):
        for template in sorted(folder.rglob("*.*")):
            if template.suffix in {".html", ".txt", ".xml"}:
                yield _as_python(template.read_text(encoding="utf-8"))


def _as_python(template: str) -> str:
    """The calls a template amounts to; without indentation, which would not be Python's."""
    return "\n".join(line.strip() for line in templatize(template).splitlines())


def _key(message: Message) -> Key:
    text = message.id
    return message.context or None, text if isinstance(text, str) else tuple(text)


def _by_key(catalogue: Catalog) -> dict[Key, Message]:
    return {_key(message): message for message in catalogue if message.id}


def _is_translated(message: Message) -> bool:
    string = message.string
    return bool(string) and all(string or ())


def _placeholders(text: str | list[str] | tuple[str, ...] | None) -> set[str]:
    """Those of the last form: Chinese has one, and English names the number in the plural."""
    last = text if isinstance(text, str) else (text or [""])[-1]
    return set(PLACEHOLDER.findall(last))


def _shown(key: tuple[str | None, object]) -> str:
    context, text = key
    return f"{text!r} ({context})" if context else repr(text)
