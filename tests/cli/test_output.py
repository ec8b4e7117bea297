"""How results are printed: widths, colours, encodings, streams that fail."""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from gealc_tui.cli import console, output
from gealc_tui.cli.main import main

from .conftest import Person

ROOT = Path(__file__).parents[2]


class Terminal(io.TextIOWrapper):
    """A stream that says that it is a terminal."""

    def __init__(self, encoding: str = "utf-8") -> None:
        self.bytes = io.BytesIO()
        super().__init__(self.bytes, encoding=encoding)

    def isatty(self) -> bool:
        return True

    @property
    def text(self) -> str:
        self.flush()
        return self.bytes.getvalue().decode(self.encoding)


@pytest.fixture
def printed(ana: Person, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """What a command of Ana's prints on a terminal of 80 columns that has colours."""
    monkeypatch.delenv("NO_COLOR", raising=False)

    def on_terminal(*arguments: str, **environment: str) -> str:
        with monkeypatch.context() as patch:
            for name, value in {"COLUMNS": "80", "TERM": "xterm-256color", **environment}.items():
                patch.setenv(name, value)
            stream = Terminal()
            patch.setattr("sys.stdout", stream)
            assert main(["--home", str(ana.home), *arguments]) == 0
            return stream.text

    return on_terminal


def _plain(text: str) -> str:
    return re.sub(r"\x1b\[[0-9;]*m", "", text)


@pytest.mark.parametrize("columns", [20, 80, 132])
def test_tables_are_cut_to_the_terminal(printed: Callable[..., str], columns: int) -> None:
    lines = _plain(printed("list", COLUMNS=str(columns))).splitlines()
    assert max(output.cell_width(line) for line in lines) <= columns
    assert any("…" in line for line in lines)


def test_at_80_columns_titles_stay_and_minor_columns_go(printed: Callable[..., str]) -> None:
    head, *lines = _plain(printed("list")).splitlines()
    assert head.split() == ["Referencia", "Estado", "Avisos", "Actividad"]
    assert any("Guía sobre privacidad." in line for line in lines)
    assert "Sin lugar para: Plazo, Responsable." in " ".join(lines[-2:])


@pytest.mark.parametrize("columns", [60, 80, 100, 120])
def test_no_word_of_a_title_is_broken(printed: Callable[..., str], ana: Person, columns: int) -> None:
    words = {word for one in ana.must("list", "--json").json for word in one["title"].split()}
    words |= {word for one in ana.must("progress", "--json").json["groups"] for word in one["title"].split()}
    shown = _plain(printed("list", COLUMNS=str(columns))).splitlines()
    start = shown[0].index("Actividad")
    titles = [line[start:] for line in shown[1:] if re.match(r"(2019/)?\d\.\d+\.\d+", line)]
    assert len(titles) == 40
    assert {word.removesuffix("…") for title in titles for word in title.split()} <= words


def test_progress_at_80_columns_shows_the_areas_and_numbers_stand_to_the_right(printed: Callable[..., str]) -> None:
    lines = _plain(printed("progress")).splitlines()
    (first,) = [line for line in lines if "3.1 Servicios transfronterizos" in line]
    (head,) = [line for line in lines if "● Cumplidas" in line]
    assert first.index("0/5") + 3 == head.index("● Cumplidas") + len("● Cumplidas")
    assert max(map(output.cell_width, lines)) <= 80


@pytest.mark.parametrize("columns", [40, 80, 120])
def test_people_stay_in_the_window_with_their_names(printed: Callable[..., str], columns: int) -> None:
    lines = _plain(printed("people", COLUMNS=str(columns))).splitlines()
    assert max(map(output.cell_width, lines)) <= columns
    assert "Ana" in lines[1]


def test_a_sentence_is_broken_between_words_on_a_terminal_only(printed: Callable[..., str], ana: Person) -> None:
    whole = ana.must("progress").out.splitlines()[-1]
    broken = _plain(printed("progress", COLUMNS="40")).splitlines()
    assert max(map(output.cell_width, broken)) <= 40
    assert " ".join(broken).endswith(whole)


def test_colour_is_for_terminals(printed: Callable[..., str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(console, "_obeys_escapes", lambda stream: True)
    assert "\x1b[31m! Vencida" in printed("list")


def test_a_console_that_prints_escapes_as_they_are_gets_none(
    printed: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(console, "_obeys_escapes", lambda stream: False)
    assert "\x1b" not in printed("list")


@pytest.mark.skipif(sys.platform != "win32", reason="the console of Windows")
def test_a_stream_that_is_no_console_of_windows_obeys_no_escapes() -> None:
    with open(os.devnull, "w", encoding="utf-8") as stream:
        assert not console._obeys_escapes(stream)


@pytest.mark.parametrize("refusal", [{"NO_COLOR": "1"}, {"TERM": "dumb"}], ids=str)
def test_colour_can_be_refused(printed: Callable[..., str], refusal: dict[str, str]) -> None:
    out = printed("list", **refusal)
    assert "\x1b" not in out
    assert "! Vencida" in out


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "latin-1"])
@pytest.mark.parametrize("command", [["list"], ["show", "3.1.1"], ["list", "--json"], ["--help"]], ids=" ".join)
def test_a_terminal_of_another_encoding_does_not_crash(
    ana: Person, monkeypatch: pytest.MonkeyPatch, encoding: str, command: list[str]
) -> None:
    monkeypatch.setattr("sys.stdout", Terminal(encoding))
    monkeypatch.setattr("sys.stderr", Terminal(encoding))
    assert main(["--home", str(ana.home), *command]) == 0
    assert main(["show", "ñ≠"]) == 1


def test_what_is_no_terminal_gets_utf_8(ana: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    data = io.BytesIO()
    monkeypatch.setattr("sys.stdout", io.TextIOWrapper(data, encoding="cp1252"))
    assert main(["--home", str(ana.home), "list"]) == 0
    assert "○ Pendiente" in data.getvalue().decode("utf-8")


@pytest.mark.parametrize(
    ("text", "width", "cut"),
    [
        ("abc", 3, "abc"),
        ("abcd", 3, "ab…"),
        ("ab cd", 4, "ab…"),
        ("日本語", 6, "日本語"),
        ("日本語", 5, "日本…"),
        ("e\u0301e\u0301", 2, "e\u0301e\u0301"),
        ("abc", 1, "…"),
        ("abc", 0, ""),
        ("", 0, ""),
    ],
)
def test_a_line_is_cut_by_columns_and_not_by_characters(text: str, width: int, cut: str) -> None:
    assert output.cut(text, width) == cut


# --- streams that fail, in real processes --------------------------------------------------------------------


Process = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def process(ana: Person) -> Process:
    """Runs the program in a process of its own, in Ana's home."""

    def run(*arguments: str, shell: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "gealc_tui", *arguments]
        settings: dict[str, Any] = {"env": {**os.environ, "PYTHONPATH": str(ROOT), **environment}, "cwd": ana.home}
        if shell:
            command = ["sh", "-c", f'"$@" {shell}', "sh", *command]
        return subprocess.run(command, capture_output=True, encoding="utf-8", check=False, timeout=60, **settings)

    return lambda *arguments, **settings: run("--home", str(ana.home), *arguments, **settings)


@pytest.mark.needs_posix
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
@pytest.mark.parametrize("command", [["list"], ["--help"], ["dump"]], ids=" ".join)
def test_a_full_disk_is_told_in_a_sentence(process: Process, command: list[str]) -> None:
    done = process(*command, shell=">/dev/full")
    assert done.returncode == 1
    assert done.stderr == "No se puede escribir la salida: no queda espacio en el disco.\n"


@pytest.mark.skipif(shutil.which("sh") is None, reason="this system has no sh")
def test_whoever_stops_reading_hears_no_complaint(process: Process) -> None:
    done = process("log", "--json", shell="| head -n 1")
    assert (done.stdout, done.stderr) == ("[\n", "")


@pytest.mark.skipif(shutil.which("sh") is None, reason="this system has no sh")
def test_closed_streams_end_in_an_exit_code(process: Process) -> None:
    done = process("list", shell=">&-")
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert process("show", "nada", shell="2>&-").returncode == 1


def test_a_poor_locale_does_not_crash(process: Process) -> None:
    poor = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    done = process("list", **poor)
    assert done.returncode == 0
    assert "○ Pendiente" in done.stdout
    assert "«nada»" in process("show", "nada", **poor).stderr


def test_who_names_an_encoding_gets_it(process: Process) -> None:
    done = process("list", "--json", PYTHONIOENCODING="ascii")
    assert done.returncode == 0
    assert "Elecci?n de autoridades" in done.stdout


def test_ctrl_c_ends_quietly(ana: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("gealc_tui.replica.Replica.fingerprint", interrupted)
    assert ana.types("fingerprint") == (130, "", "")


def test_a_fault_of_the_program_is_told_and_its_place_kept(ana: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    def faulty(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("gealc_tui.replica.Replica.fingerprint", faulty)
    answer = ana.types("fingerprint")
    assert (answer.code, answer.out) == (1, "")
    assert "fallo.txt" in answer.err
    assert "ZeroDivisionError" in (ana.home / "fallo.txt").read_text(encoding="utf-8")
