"""What the program says of itself: help on a topic, versions for a report, and what a shell offers at Tab."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from gealc_tui import i18n
from gealc_tui.__main__ import _keys
from gealc_tui.cli import main as command_line
from gealc_tui.cli.application import Application
from gealc_tui.replica import Replica

APP = Application(lambda *_: 0, lambda *_: 0, _keys, lambda *_: None)


def told(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    capsys.readouterr()
    return (command_line.main(list(arguments), APP), *capsys.readouterr())


# --- help ----------------------------------------------------------------------------------------------------------


def test_help_on_a_command_is_that_commands_own(capsys):
    assert told(capsys, "help", "meeting", "close") == told(capsys, "meeting", "close", "--help")
    assert told(capsys, "help") == told(capsys, "--help")


@pytest.mark.parametrize(
    ("language", "word", "found"),
    [("es", "vencidas", "gealc list --overdue"), ("es", "acta", "gealc meeting acta"), ("en", "OVERDUE", "--overdue")],
)
def test_help_on_a_word_finds_what_tells_of_it(capsys, language, word, found):
    code, out, _ = told(capsys, "--lang", language, "help", word)
    assert code == 0
    assert found in out
    assert "export" not in out


def test_help_on_a_key_says_what_it_does_on_each_screen(capsys):
    code, out, _ = told(capsys, "help", "f8")
    assert code == 0
    assert "F8" in out
    assert "gealc " not in out


def test_help_on_nothing_that_there_is_says_so_and_fails(capsys):
    code, out, err = told(capsys, "help", "xyzzy")
    assert (code, out) == (1, "")
    assert "xyzzy" in err


# --- versions ------------------------------------------------------------------------------------------------------


def test_the_version_in_full_tells_of_the_machine_and_nothing_of_the_plan_or_its_person(person, monkeypatch):
    ana = person("Anastasia")
    ana.must("note", "3.1.1", "Palabras reservadas")
    monkeypatch.setenv("HOME", str(ana.home.parent))
    monkeypatch.setenv("USERPROFILE", str(ana.home.parent))
    out = ana.must("--version", "--verbose").out
    for word in ("gealc 0", "SQLite 3", "textual ", "terminal: ", "language: es", "database: ~"):
        assert word in out
    for word in ("Anastasia\n", "reservadas", str(ana.home.parent), ana.id):
        assert word not in out


def test_the_version_in_full_is_told_where_no_copy_can_be_opened(capsys, tmp_path):
    (tmp_path / "gealc.db").write_text("no database", "utf-8")
    code, out, _ = told(capsys, "--home", str(tmp_path), "--version", "--verbose")
    assert code == 0
    assert "11 bytes" in out


def test_verbose_alone_is_a_mistake_of_typing(capsys):
    assert told(capsys, "--verbose", "list")[0] == 2


# --- completion ----------------------------------------------------------------------------------------------------


def offered(home: Path, line: str, language: str = "es") -> list[str]:
    """What the program answers to a shell that asks."""
    answer = home.parent / "answer"
    asked = {"_ARGCOMPLETE": "1", "_ARGCOMPLETE_IFS": "\n", "_ARGCOMPLETE_STDOUT_FILENAME": str(answer)}
    asked |= {"COMP_LINE": line, "COMP_POINT": str(len(line.encode())), "_ARGCOMPLETE_SUPPRESS_SPACE": "1"}
    asked |= {"GEALC_HOME": str(home), "GEALC_LANG": language, "_ARGCOMPLETE_SHELL": "fish", "_ARGCOMPLETE_DFS": "\t"}
    subprocess.run([sys.executable, "-m", "gealc_tui"], env={**os.environ, **asked}, check=True)
    return answer.read_text("locale").splitlines()


def test_a_shell_is_offered_commands_codes_and_people_with_what_they_mean(person):
    ana = person("Ana")
    assert offered(ana.home, "gealc sta") == ["status\tcambia el estado de una actividad"]
    codes = offered(ana.home, "gealc status 3.6.")
    assert [line.partition("\t")[0] for line in codes] == ["3.6.1", "3.6.2", "3.6.3", "3.6.4"]
    assert offered(ana.home, "gealc set 3.6.1 lead U", "en") == ["US\tUnited States", "UY\tUruguay"]
    languages = offered(ana.home, "gealc --lang ")
    assert [line.partition("\t")[0] for line in languages] == ["es", "en", "pt", "fr"]


def test_what_somebody_wrote_into_a_plan_is_no_order_to_a_shell(person):
    ana = person("Ana")
    with Replica(ana.database, ana.home / "keys") as replica:
        # As somebody may write with another program.
        replica.commit([("activity/2019/3.6.1", "title", "Dos\nrenglones \x07 `id` \\n →")])
        for number, code in enumerate(("3.6.1;id", "3.6.$(id)", "3.6.`id`", "3.6.1 x", "3.6.9\nid", "3.6.é")):
            added = f"activity/{number}"
            replica.commit([(added, "area", "2019/3.6"), (added, "code", code), (added, "title", "x")])
    lines = offered(ana.home, "gealc show 3.6.")
    assert [line.partition("\t")[0] for line in lines] == ["3.6.1", "3.6.2", "3.6.3", "3.6.4"]
    assert "\x07" not in lines[0]
    assert "\\" not in lines[0]


def test_where_there_is_no_copy_nothing_is_offered_and_nothing_is_made(tmp_path):
    home = tmp_path / "nowhere"
    assert offered(home, "gealc show 3") == []
    assert not home.exists()


SHELLS = {
    "bash": 'eval "$(gealc completion bash)"; COMP_LINE="gealc sta"; COMP_POINT=9; COMP_WORDS=(gealc sta);'
    " _python_argcomplete gealc; echo $COMPREPLY",
    "zsh": 'autoload -Uz compinit; compinit -D -u; eval "$(gealc completion zsh)"; print $_comps[gealc]',
    "fish": "gealc completion fish | source; complete -C 'gealc sta'",
    "pwsh": "gealc completion powershell | Out-String | Invoke-Expression;"
    " (TabExpansion2 'gealc sta' 9).CompletionMatches.CompletionText",
}


@pytest.mark.parametrize("shell", SHELLS)
def test_what_a_shell_runs_at_its_start_makes_it_complete(shell, tmp_path, monkeypatch):
    if (found := shutil.which(shell)) is None:
        pytest.skip(f"no {shell} here")
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    (tmp_path / "home").mkdir()
    quiet = {"zsh": ["-f"], "bash": ["--norc"], "fish": ["--no-config"], "pwsh": ["-NoProfile"]}[shell]
    done = subprocess.run([found, *quiet, "-c", SHELLS[shell]], capture_output=True, text=True, encoding="utf-8")
    assert done.stdout.split()[0] == ("_python_argcomplete" if shell == "zsh" else "status"), done


def test_an_ordinary_command_never_waits_for_what_answers_shells():
    asked = "import sys; from gealc_tui.cli.main import main; main(['--version']); print('argcomplete' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, encoding="utf-8", check=True)
    assert done.stdout.endswith("False\n")
    assert i18n.language() == "es"
