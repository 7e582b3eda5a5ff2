from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from portal import translations
from portal.catalogue import catalogue_path


def test_every_message_has_its_chinese() -> None:
    catalogue = translations.read(catalogue_path())

    assert translations.problems(catalogue) == []


def test_the_catalogue_is_as_the_command_writes_it(tmp_path: Path) -> None:
    kept = catalogue_path()

    translations.write(translations.updated(translations.read(kept)), tmp_path / "again.po")

    assert (tmp_path / "again.po").read_text("utf-8") == kept.read_text("utf-8")


@pytest.fixture
def small_house(tmp_path: Path, settings: Settings) -> Path:
    """A tree with one module, one template and an empty catalogue."""
    settings.BASE_DIR = tmp_path
    (tmp_path / "shop").mkdir()
    (tmp_path / "templates").mkdir()
    (tmp_path / "shop" / "__init__.py").touch()
    (tmp_path / "shop" / "views.py").write_text(
        '_("Search")\nngettext("%(count)s hit", "%(count)s hits", n)\npgettext("day", "May")\n'
    )
    (tmp_path / "templates" / "page.html").write_text(
        "{% load i18n %}<p>It's\n   {% translate 'Home' %}\n  {% blocktranslate trimmed %}\n"
        "  Due on {{ date }}\n{% endblocktranslate %}"
    )
    return tmp_path


def filled(house: Path, **changes: str) -> None:
    """Write the catalogue as a translator would send it."""
    texts = {
        'msgid "Search"\nmsgstr': "搜索",
        'msgid "%(count)s hit"\nmsgid_plural "%(count)s hits"\nmsgstr[0]': "%(count)s条",
        'msgctxt "day"\nmsgid "May"\nmsgstr': "五月",
        'msgid "Home"\nmsgstr': "首页",
        'msgid "Due on %(date)s"\nmsgstr': "%(date)s到期",
    }
    entries = [f'{entry} "{changes.get(text, text)}"\n' for entry, text in texts.items()]
    (house / "sent.po").write_text("\n".join(entries), encoding="utf-8")
    call_command("translations", "update", str(house / "sent.po"))


def test_messages_of_code_and_templates_are_found(
    small_house: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    filled(small_house)

    call_command("translations", "check")
    call_command("translations", "compile")

    assert "5 messages" in capsys.readouterr().out
    assert catalogue_path().with_suffix(".mo").exists()


def test_a_second_update_changes_nothing(small_house: Path) -> None:
    filled(small_house)
    before = catalogue_path().read_text("utf-8")

    call_command("translations", "update")

    assert catalogue_path().read_text("utf-8") == before


def test_a_missing_translation_is_named(small_house: Path) -> None:
    filled(small_house, 首页="")

    with pytest.raises(CommandError, match="not translated: 'Home'"):
        call_command("translations", "check")


def test_a_new_message_is_named(small_house: Path) -> None:
    filled(small_house)
    (small_house / "shop" / "forms.py").write_text('gettext_lazy("Phone")')

    with pytest.raises(CommandError, match="missing: 'Phone'"):
        call_command("translations", "check")


def test_a_lost_placeholder_is_named(small_house: Path) -> None:
    filled(small_house, **{"%(date)s到期": "到期"})

    with pytest.raises(CommandError, match="placeholders differ: 'Due on"):
        call_command("translations", "check")


def test_a_message_nobody_asks_for_is_named_and_dropped(small_house: Path) -> None:
    filled(small_house)
    (small_house / "templates" / "page.html").write_text("")

    with pytest.raises(CommandError, match="not used: 'Home'"):
        call_command("translations", "check")

    call_command("translations", "update")
    call_command("translations", "check")


def test_a_doubtful_translation_is_named(small_house: Path) -> None:
    filled(small_house)
    catalogue = catalogue_path()
    text = catalogue.read_text("utf-8").replace('msgid "Home"', '#, fuzzy\nmsgid "Home"')
    catalogue.write_text(text, "utf-8")

    with pytest.raises(CommandError, match="fuzzy: 'Home'"):
        call_command("translations", "check")
