"""Commands that the program prints run as they are printed: in cmd, in PowerShell and in sh.

What the three agree on: words, and double quotes around what holds blanks. cmd has no single quotes, PowerShell 5.1
no `&&`, and neither reads brackets as sh does.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from gealc_tui import errors, i18n, shell_words
from gealc_tui.cli import output
from gealc_tui.cli.application import Application
from gealc_tui.cli.main import _parsers, main
from gealc_tui.i18n.sentences import sentence
from gealc_tui.shell_words import word

LOCALES = Path(__file__).parents[1] / "gealc_tui" / "i18n" / "locale"

COMMAND = re.compile(
    r"(?:gealc|\{pip\} install)"
    r'(?: (?:[a-zà-ÿ]{2,}(?:-[a-zà-ÿ]+)*|--?[a-z][\w-]*|\{\w+\}|"[^"]*"|[A-ZÀ-Ü]{2,}|\d[\d.]*\d|\d+))*'
)
"""A command in a sentence, as far as it is told from the words that follow it."""

ENDS = (*" .,:;)…»”\n\u00a0", "")
"""What may stand behind a command. Quotes of a shell and its signs may not."""

NO_COMMANDS = {"no", "não", "n", "does", "printed", "mostrou"}
"""Words that stand behind the name of the program where it is spoken of and not called."""


def sentences() -> Iterator[str]:
    """Everything that is said, in the four languages."""
    for language in ("en", "pt", "fr"):
        with open(LOCALES / language / "LC_MESSAGES" / "gealc.po", "rb") as file:
            for message in read_po(file):
                for texts in (message.id, message.string):
                    yield from (texts,) if isinstance(texts, str) else texts


HINTS = sorted({text for text in sentences() if re.search(r"\bgealc [a-z{-]|\{pip\}", text)})


def test_there_are_many_hints_in_each_language() -> None:
    assert len(HINTS) > 200


def test_no_hint_holds_what_a_shell_would_read_otherwise() -> None:
    for text in HINTS:
        assert "&&" not in text, text
        for found in COMMAND.finditer(text):
            assert text[found.end() : found.end() + 1] in ENDS, (found[0], text)
            assert not re.search(r"[`'$|;<>\\]", found[0]), text
            assert re.sub(r'"[^"]*"', "", found[0]).count("[") == 0, f"brackets want quotes: {text}"


def test_every_command_of_a_hint_exists() -> None:
    known = set(_parsers(with_application=True).commands)
    for text in HINTS:
        for name in re.findall(r"\bgealc ([a-zà-ÿ]+)\b", text):
            assert name in known | NO_COMMANDS, text


@pytest.mark.parametrize("error", [errors.BrowserMissing(), errors.FormMissing(form="pdf")], ids=repr)
@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_what_is_to_be_installed_is_one_word(error: errors.GealcError, language: str) -> None:
    i18n.use(language)
    command = re.search(r'pip install "gealc-tui\[\w+\]"', sentence(error))
    assert command, sentence(error)
    assert len(shlex.split(command[0])) == 3
    assert len(as_windows_splits(command[0])) == 3


# --- paths in commands ---------------------------------------------------------------------------------------------


def as_windows_splits(line: str) -> list[str]:
    """The words of a command line as programs on Windows get them (Microsoft, *Parsing C command-line arguments*)."""
    found = []
    for one in re.findall(r'(?:"(?:\\.|[^"\\])*"|[^\s"])+', line):
        plain = re.sub(r'(\\+)(?=")', lambda slashes: "\\" * (len(slashes[0]) // 2), one)
        found.append(plain.replace('"', ""))
    return found


ON_WINDOWS = [
    "C:\\Users\\Ana",
    "C:\\Users\\Ana María\\gealc & más (1)",
    "\\\\servidor\\compartida\\gealc",
    "D:\\",
    "mi base-20190618-120000-000Z-asked",
]


@pytest.mark.parametrize("path", ON_WINDOWS)
def test_a_path_of_windows_is_one_word_there(monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    monkeypatch.setattr(shell_words, "os", type("nt", (), {"name": "nt"}))
    assert as_windows_splits(f"gealc --home {word(path)} list") == ["gealc", "--home", path, "list"]
    assert "'" not in word(path)


@pytest.mark.parametrize(
    "path", ["/home/ana/gealc", "/home/Ana María/plan (1) & más", "/tmp/a$b `c`", '/tmp/un "plan"', "/tmp/a\\ b"]
)
@pytest.mark.skipif(os.name == "nt", reason="paths of other systems")
def test_a_path_is_one_word_for_sh(path: str) -> None:
    line = f"gealc --home {word(path)} list"
    assert shlex.split(line) == ["gealc", "--home", path, "list"]
    said = subprocess.run(
        ["sh", "-c", f'gealc() {{ for one in "$@"; do echo "<$one>"; done; }}; {line}'],
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert said.stdout.splitlines() == ["<--home>", f"<{path}>", "<list>"]


def test_what_needs_no_quotes_has_none() -> None:
    assert word("2020") == "2020"
    assert word("activity/2019/3.6.1") == "activity/2019/3.6.1"
    assert word("") == '""'


def nothing(*_: object) -> int:
    return 0


APPLICATION = Application(nothing, nothing, nothing, nothing)

# --- where they are printed -----------------------------------------------------------------------------------------


def printed_command(out: str) -> str:
    found = re.search(r"gealc .*", out.splitlines()[-1])
    assert found, out
    return found[0]


def run_as_printed(line: str) -> subprocess.CompletedProcess[str]:
    """A printed command in the shell of this system, the program being called as this Python calls it."""
    called = line.replace("gealc ", f'"{sys.executable}" -m gealc_tui ', 1)
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])}
    return subprocess.run(
        called, shell=True, capture_output=True, text=True, encoding="utf-8", env=environment, check=False
    )


def test_the_folder_of_a_demonstration_is_opened_by_the_line_that_is_printed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], plan_database: Path
) -> None:
    place = tmp_path / "Ana María" / "demo (1)"
    assert main(["demo", "--keep", str(place)], APPLICATION) == 0
    done = run_as_printed(printed_command(capsys.readouterr().out) + " fingerprint")
    assert done.returncode == 0, done


def test_a_database_with_a_blank_in_its_name_is_put_back_by_the_line_that_is_printed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], plan_database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = tmp_path / "mi base.db"
    shutil.copyfile(plan_database, database)
    monkeypatch.setenv("GEALC_DB", str(database))
    for line in (["init", "--name", "Ana", "--country", "UY"], ["backup"], ["note", "3.1.1", "uno"], ["restore", "1"]):
        capsys.readouterr()
        assert main(line) == 0
    done = run_as_printed(printed_command(capsys.readouterr().out))
    assert done.returncode == 0, done
    capsys.readouterr()
    assert main(["show", "3.1.1"]) == 0
    assert "uno" in capsys.readouterr().out


@pytest.mark.parametrize("columns", [20, 40, 80])
def test_no_command_is_broken_within_its_quotes(columns: int) -> None:
    line = 'Se abre con: gealc --home "/home/Ana María/una carpeta con nombre"'
    broken = output._broken(line, columns)
    assert " ".join(broken) == line
    assert any('--home "/home/Ana María/una carpeta con nombre"' in piece for piece in broken)
