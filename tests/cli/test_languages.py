"""In which language the program answers: what is asked for, what was chosen, what the machine lets suppose."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from gealc_tui import i18n
from gealc_tui.replica import Replica

from .conftest import MakePerson, Person

ROOT = Path(__file__).parents[2]
HELP = {"es": "uso:", "en": "usage:", "pt": "uso:", "fr": "usage\u00a0:"}
STATUS = {"es": "Pendiente", "en": "Not started", "pt": "Não iniciada", "fr": "Non commencée"}


@pytest.fixture(autouse=True)
def _no_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)


def choose(person: Person, language: str) -> None:
    """What the screens keep when somebody changes the language there."""
    with Replica(person.database, person.home / "keys") as replica:
        replica.set_setting(i18n.SETTING, language)


def spoken_by(person: Person, *options: str) -> str:
    out = person.must(*options, "show", "3.1.1").out
    (found,) = (language for language, word in STATUS.items() if word in out)
    return found


def test_what_is_asked_for_comes_before_what_was_chosen_and_that_before_the_machine(
    ana: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert spoken_by(ana) == "es"
    monkeypatch.setenv("LANG", "pt_BR.UTF-8")
    assert spoken_by(ana) == "pt"
    choose(ana, "fr")
    assert spoken_by(ana) == "fr"
    monkeypatch.setenv("GEALC_LANG", "es_PE.UTF-8")
    assert spoken_by(ana) == "es"
    assert spoken_by(ana, "--lang", "en") == spoken_by(ana, "--lang=en") == "en"


def test_help_and_usage_errors_are_in_the_language_that_was_chosen(ana: Person) -> None:
    for language in i18n.LANGUAGES:
        choose(ana, language)
        assert ana.must("show", "--help").out.startswith(f"{HELP[language]} gealc show")
        assert f"\n{HELP[language]} gealc show" in ana.must("show", code=2).err


@pytest.mark.parametrize("kept", ["", "xx", "EN", "es'; DROP TABLE logs; --"])
def test_a_setting_that_is_no_language_is_passed_over(ana: Person, kept: str) -> None:
    choose(ana, kept)
    assert spoken_by(ana) == "es"


@pytest.mark.parametrize("content", [b"", b"not a database" * 100, b"SQLite format 3\0" + b"\0" * 100])
def test_a_database_that_cannot_be_read_is_told_of_in_some_language(person: MakePerson, content: bytes) -> None:
    ana = person()
    ana.database.write_bytes(content)
    ana.must("show", "--help")
    assert "Traceback" not in ana.types("show", "3.1.1").err


@pytest.mark.parametrize("home", ["x" * 5_000, "~nobody-of-this-name/x", "a\nb"])
def test_a_home_that_cannot_be_has_help_too(ana: Person, home: str) -> None:
    assert ana.must("--home", home, "--help").out.startswith("uso:")


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "es"),
        ({"LANG": ""}, "es"),
        ({"LANG": "C"}, "es"),
        ({"LANG": "POSIX", "LC_ALL": ""}, "es"),
        ({"LANG": "C.UTF-8"}, "es"),
        ({"LANG": "xx_YY.bogus"}, "es"),
        ({"LANG": "de_DE.UTF-8"}, "es"),
        ({"LANG": "en_US.UTF-8"}, "es"),
        ({"LANG": "....@@__"}, "es"),
        ({"LANG": "pt"}, "pt"),
        ({"LANG": "pt_BR.ISO-8859-1@euro"}, "pt"),
        ({"LANG": "fr-HT"}, "fr"),
        ({"LANG": "fr_FR.UTF-8", "LC_MESSAGES": "pt_BR.UTF-8"}, "pt"),
        ({"LANG": "pt_BR.UTF-8", "LC_ALL": "C"}, "es"),
        ({"LANG": "pt_BR.UTF-8", "GEALC_LANG": "en"}, "en"),
        ({"LANG": "pt_BR.UTF-8", "GEALC_LANG": "klingon"}, "pt"),
        ({"GEALC_LANG": "FR"}, "fr"),
    ],
)
def test_the_machine_may_say_anything(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], language: str
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert (i18n.asked() or i18n.of_the_machine()) == language


@pytest.mark.parametrize("value", ["xx_YY.bogus", "", "pt_BR.UTF-8"])
def test_the_program_starts_whatever_the_locale_is(tmp_path: Path, value: str) -> None:
    locale = {"LANG": value, "LC_ALL": value, "LC_MESSAGES": value, "LC_CTYPE": value}
    done = subprocess.run(
        [sys.executable, "-m", "gealc_tui", "show"],
        capture_output=True,
        timeout=60,
        cwd=ROOT,
        env={**os.environ, **locale, "GEALC_HOME": str(tmp_path)},
    )
    assert done.returncode == 2
    # The same words in Spanish and Portuguese.
    assert "falta: REF" in done.stderr.decode("utf-8", "replace")


def test_json_is_the_same_in_every_language(ana: Person) -> None:
    for command in (["list"], ["show", "3.5.2"]):
        assert len({ana.must(*command, "--json", "--lang", one).out for one in i18n.LANGUAGES}) == 1
