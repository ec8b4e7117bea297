"""How the command line is typed: help, options, usage errors, languages."""

from __future__ import annotations

import gettext
import re
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import pytest

from gealc_tui import __version__, i18n
from gealc_tui.cli import completing, ordering, reports
from gealc_tui.cli.application import Application
from gealc_tui.cli.main import main
from gealc_tui.i18n import labels

from .conftest import Person

COMMANDS = [
    *("init", "list", "show", "status", "note", "set", "undo", "redo", "log", "export", "merge", "conflicts"),
    *("deleted", "withdraw", "undelete"),
    *("settle", "people", "accept", "block", "unblock", "fingerprint", "dump", "verify", "rebuild", "import"),
    *("sync", "vouch", "rely", "backups", "backup", "restore", "meeting", "progress", "plan", "demo", "serve", "keys"),
    *("words", "report", "check", "area", "activity", "product", "evidence"),
    *("amendments", "propose", "proposals", "proposal", "period", "late"),
    *("series", "depends", "reschedule", "commitments", "handover", "help", "completion"),
]
OF_MEETINGS = ["list", "show", "begin", "agree", "fulfil", "close", "omit", "next", "cancel", "acta"]
OF_PLANS = ["list", "use", "remove", "new", "withdraw", "restore"]
OF_PLANS += ["propose", "approve", "close", "reopen", "moments", "compare"]
OF_STRUCTURE = {
    "area": ["add", "move", "withdraw", "restore"],
    "activity": ["add", "move", "withdraw", "restore"],
    "product": ["add", "set", "deliver", "withdraw", "restore"],
    "evidence": ["verify"],
    "proposal": ["accept", "decline", "withdraw"],
    "period": ["close", "reopen"],
    "late": ["count", "leave"],
}
HELPS = [
    ["--help"],
    *([one, "--help"] for one in COMMANDS),
    *(["meeting", one, "--help"] for one in OF_MEETINGS),
    *(["plan", one, "--help"] for one in OF_PLANS),
    *([group, one, "--help"] for group, commands in OF_STRUCTURE.items() for one in commands),
]
ENGLISH = re.compile(
    r"\b(usage|options|arguments?|required|invalid|choose|expected|unrecognized|error|allowed|ignored|show|exit)\b"
)

Run = Callable[..., tuple[int, str, str]]


def _never(*_: object) -> NoReturn:
    raise AssertionError("help opens nothing")


NOBODYS = Application(_never, _never, _never, _never)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def types(*arguments: str) -> tuple[int, str, str]:
        capsys.readouterr()
        # What only opens the application is among the commands where there is one.
        code = main(list(arguments), NOBODYS if "--help" in arguments else None)
        return (code, *capsys.readouterr())

    return types


def test_help_names_every_command(run: Run) -> None:
    code, out, err = run("--help")
    assert (code, err) == (0, "")
    for command in COMMANDS:
        assert re.search(rf"^    {command}\b", out, re.MULTILINE), command


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_in_spanish(run: Run, command: str) -> None:
    code, out, err = run(command, "--help")
    assert (code, err) == (0, "")
    assert out.startswith(f"uso: gealc {command}")
    names = rf"^    (?:{'|'.join(OF_MEETINGS)})\b"
    sentences = re.sub(rf"--?[\w-]+|gealc \w+|\{{[\w,]+\}}|title, .*|{names}", "", out, flags=re.MULTILINE)
    assert not ENGLISH.search(sentences), sentences


def test_the_version_is_told(run: Run) -> None:
    assert run("--version") == (0, f"gealc {__version__}\n", "")


USAGE_ERRORS = [
    [],
    ["nada"],
    [""],
    ["lis"],
    ["show"],
    ["show", "a", "b"],
    ["list", "--nada"],
    ["list", "--jso"],
    ["list", "--json=1"],
    ["list", "--area"],
    ["list", "--status", "terminada"],
    ["list", "--period", "S3"],
    ["status", "3.1.1"],
    ["status", "3.1.1", "terminada"],
    ["meeting", "agre"],
    ["export", "b.json"],
    ["note", "3.1.1"],
    ["note", "3.1.1", "-x"],
    ["init"],
    ["init", "--name", "Ana"],
    ["init", "--name", "Ana", "--country", "UY", "--role", "jefe"],
    ["merge"],
    ["export", "-o"],
    ["settle", "3.1.1", "status"],
    ["settle", "3.1.1", "status", "--value", "a", "--take", "b"],
    ["settle", "3.1.1", "--take", "1"],
    ["settle", "--write", "a"],
    ["settle", "--shown"],
    ["settle", "3.1.1", "status", "--shown"],
    ["settle", "3.1.1", "--from", "Ana"],
    ["settle", "--activity", "3.1.1"],
    ["settle", "--activity", "3.1.1", "--take", "1"],
    ["settle", "3.1.1", "status", "--take", "1", "--activity", "3.1.1"],
    ["--lang", "xx", "list"],
    ["--lang"],
    ["show", "a\udcff"],
    ["note", "3.1.1", "a\udcff"],
    ["export", "--for", "\udcff"],
]


@pytest.mark.parametrize("arguments", USAGE_ERRORS, ids=" ".join)
def test_a_usage_error_is_a_sentence_and_the_usage_line_in_spanish(run: Run, arguments: list[str]) -> None:
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    sentence, usage = err.split("\n", 1)
    assert sentence.startswith("gealc")
    assert usage.startswith("uso: gealc")
    assert not ENGLISH.search(re.sub(r"'[^']*'|--?[\w-]+|gealc \w+", "", sentence)), sentence


def test_a_usage_error_touches_no_home(run: Run, tmp_path: Path) -> None:
    run("--home", str(tmp_path / "new"), "show")
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("place", ["before", "after"])
def test_the_options_stand_before_and_after_the_command(run: Run, ana: Person, place: str) -> None:
    options = ["--home", str(ana.home), "--lang", "en"]
    arguments = [*options, "show", "3.1.1"] if place == "before" else ["show", "3.1.1", *options]
    assert run(*arguments)[0] == 0
    database = ["--db", str(ana.database)]
    assert run(*([*database, "verify"] if place == "before" else ["verify", *database]))[0] == 0


def test_the_environment_names_home_database_and_language(
    run: Run, ana: Person, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    ana.must("set", "3.1.1", "due", "15/08/2019")
    monkeypatch.setenv("GEALC_HOME", str(ana.home))
    assert "15/08/2019" in run("show", "3.1.1")[1]
    monkeypatch.setenv("GEALC_LANG", "en_US")
    assert "15 Aug 2019" in run("show", "3.1.1")[1]
    assert "15/08/2019" in run("show", "3.1.1", "--lang", "es")[1]
    monkeypatch.setenv("GEALC_DB", str(tmp_path / "other.db"))
    assert "15 Aug 2019" not in run("show", "3.1.1")[1]
    assert "15 Aug 2019" in run("show", "3.1.1", "--db", str(ana.database))[1]


def test_english_dates_are_written_with_the_month(ana: Person) -> None:
    ana.must("set", "3.1.1", "due", "2019-08-05")
    assert "5 Aug 2019" in ana.must("show", "3.1.1", "--lang", "en").out
    assert "05/08/2019" in ana.must("show", "3.1.1", "--lang", "es").out


def test_json_is_the_same_in_both_languages(ana: Person) -> None:
    for command in (["list"], ["show", "3.5.2"], ["log"], ["people"], ["conflicts"]):
        assert ana.must(*command, "--json").out == ana.must(*command, "--json", "--lang", "en").out


class Bracketed(gettext.NullTranslations):
    """A language whose every message stands in ⟦brackets⟧: what stands outside never met the catalogue."""

    def gettext(self, message: str) -> str:
        return f"⟦{message}⟧"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return f"⟦{msgid1 if n == 1 else msgid2}⟧"


@pytest.fixture
def bracketed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(i18n, "catalogue", lambda language: Bracketed())
    # The wrapping of help would tear messages apart.
    monkeypatch.setenv("COLUMNS", "1000")


def _outside(text: str) -> str:
    """What of a text stands in no brackets, nested ones included."""
    while (less := re.sub("⟦[^⟦⟧]*⟧", "", text)) != text:
        text = less
    return text


@pytest.mark.parametrize("arguments", HELPS, ids=" ".join)
def test_every_word_of_the_help_comes_from_the_catalogue(run: Run, bracketed: None, arguments: list[str]) -> None:
    code, out, _ = run(*arguments)
    assert code == 0
    words = set(re.findall(r"(?<![\w-])[a-zA-Zñáéíóú_]{3,}", _outside(out)))
    assert words <= {
        "gealc",
        "json",
        "area",
        "urgency",
        "text",
        *ordering.SORTS,
        "committee",
        "secretariat",
        *reports.NAMES,
        *reports.FORMS,
        *completing.SHELLS,
        *COMMANDS,
        *OF_MEETINGS,
        *OF_PLANS,
        *(one for commands in OF_STRUCTURE.values() for one in commands),
        *_codes(),
    }


@pytest.mark.parametrize("arguments", USAGE_ERRORS, ids=" ".join)
def test_every_word_of_a_usage_error_comes_from_the_catalogue(run: Run, bracketed: None, arguments: list[str]) -> None:
    _, _, err = run(*arguments)
    sentence = re.sub(r"'[^']*'|--?[\w-]+", "", err.split("\n", 1)[0])
    words = set(re.findall(r"\b[a-zA-Zñáéíóú_]{3,}\b", _outside(sentence)))
    assert words <= {"gealc", *COMMANDS}


def _codes() -> set[str]:
    from gealc_tui.domain.vocabulary import MeetingBody, Period, Role, Status
    from gealc_tui.reports.progress import Grouping

    return {one.value for kind in (Status, Period, Role, MeetingBody, Grouping) for one in kind} | {"REF"}


def test_a_day_that_is_none_is_shown_as_it_is() -> None:
    from gealc_tui import i18n

    for language in i18n.LANGUAGES:
        i18n.use(language)
        for text in ("2019-99-99", "a-b-c", "--", "", "20190630", "2019-W01-1"):
            assert labels.day_label(text) == text
