"""What the program does otherwise on Windows, tried where it is not: by what it decides, and not by the system."""

from __future__ import annotations

import errno
import os
import sys
from argparse import Namespace
from pathlib import Path
from types import SimpleNamespace

import pytest

from gealc_tui import clipboard, errors, i18n, private
from gealc_tui.cli import exchange, output
from gealc_tui.cli import reports as report_commands
from gealc_tui.cli.main import main
from gealc_tui.cli.merging import expanded_names
from gealc_tui.i18n import system_language
from gealc_tui.sync.carriers.opening import open_folder
from gealc_tui.tui import editor


@pytest.fixture
def on_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")


class Closed:
    """A pipe whose reader has gone, as Windows tells it: `gealc log | more`, then q."""

    def write(self, text: str) -> None:
        raise OSError(errno.EINVAL, "Invalid argument")


def test_a_reader_who_has_gone_is_no_fault(monkeypatch: pytest.MonkeyPatch, on_windows: None) -> None:
    monkeypatch.setattr(sys, "stdout", Closed())
    with pytest.raises(BrokenPipeError):
        output.write("x")


@pytest.mark.parametrize("form", ["zip", "docx", "xlsx"])
def test_what_a_pipe_would_spoil_is_not_put_through_one(on_windows: None, form: str) -> None:
    command = exchange if form == "zip" else report_commands
    assert f".{form}" in (command.fault(Namespace(report="matrix", ref=None, output="-", form=form)) or "")
    assert command.fault(Namespace(report="matrix", ref=None, output="a", form=form)) is None


def test_the_command_that_would_spoil_it_says_what_to_type_instead(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(exchange, "sys", SimpleNamespace(platform="win32"))
    home = ["--home", str(tmp_path / "home")]
    assert main([*home, "init", "--name", "Ana", "--country", "UY"]) == 0
    capsys.readouterr()
    assert main([*home, "export", "--zip", "-o", "-"]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "-o ARCHIVO" in said.err
    assert main([*home, "export", "--zip", "-o", str(tmp_path / "cambios.zip")]) == 0


def test_names_with_wildcards_are_the_files_that_fit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("b.json", "a.json", "c.txt", "x[1].json"):
        (tmp_path / name).touch()
    monkeypatch.chdir(tmp_path)
    assert list(expanded_names(["?.json", "c.txt"])) == ["a.json", "b.json", "c.txt"]
    assert list(expanded_names(["x[1].json"])) == ["x[1].json"], "a file that is so called"
    assert list(expanded_names(["no*.json"])) == ["no*.json"], "what fits nothing is named as it was typed"
    assert list(expanded_names(["-"])) == ["-"]
    (tmp_path / "home").mkdir(exist_ok=True)
    assert [Path(one) for one in expanded_names(["~/a.json"])] == [tmp_path / "home" / "a.json"]


@pytest.mark.parametrize(("inside", "mode"), [(True, 0o777), (False, 0o700)])
def test_rights_are_set_outside_the_persons_profile_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, inside: bool, mode: int
) -> None:
    modes: list[int] = []
    monkeypatch.setattr(private, "os", SimpleNamespace(name="nt"))
    monkeypatch.setattr(Path, "mkdir", lambda self, mode, parents, exist_ok: modes.append(mode))
    private.make_folder(Path.home() / "gealc" if inside else tmp_path / "memoria")
    assert modes == [mode]


@pytest.mark.parametrize(
    ("said", "language"), [("pt_BR", "pt"), ("fr_HT\n", "fr"), ("es_UY", "es"), ("en_US", "es"), (None, "es")]
)
def test_where_no_variable_says_it_the_system_is_asked_for_the_language(
    monkeypatch: pytest.MonkeyPatch, said: str | None, language: str
) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(system_language, "system_language", lambda: said)
    assert i18n.of_the_machine() == language
    monkeypatch.setenv("LANG", "Portuguese_Brazil.1252")
    assert i18n.of_the_machine() == "pt"


def test_a_folder_of_a_server_may_be_an_address() -> None:
    named = [
        open_folder(place).place for place in ("file://servidor/compartida/plan%20a", "//servidor/compartida/plan a")
    ]
    assert named[0] == named[1]
    assert Path(named[0]).parts[0].startswith(("//", "\\\\servidor\\compartida"))
    assert open_folder("file://localhost/tmp").place == open_folder("file:///tmp").place


# --- the editor --------------------------------------------------------------------------------------------------


@pytest.fixture
def no_editor_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.delenv("EDITOR", raising=False)


@pytest.mark.parametrize(
    ("system", "there", "opened"),
    [("nt", {"notepad", "vi"}, "notepad"), ("posix", {"nano", "vi"}, "nano"), ("posix", {"vi"}, "vi")],
)
def test_who_names_no_editor_gets_one_that_the_system_has(
    monkeypatch: pytest.MonkeyPatch, no_editor_named: None, system: str, there: set[str], opened: str
) -> None:
    monkeypatch.setattr(editor, "_USUAL", editor.usual(system))
    monkeypatch.setattr(editor.shutil, "which", lambda name: f"/bin/{name}" if name in there else None)
    assert editor.command() == [f"/bin/{opened}"]


def test_an_editor_that_is_a_script_of_windows_is_called_by_its_whole_name(monkeypatch: pytest.MonkeyPatch) -> None:
    found = "C:\\Program Files\\VS Code\\bin\\code.CMD"
    monkeypatch.setattr(editor.shutil, "which", lambda name: found if name == "code" else None)
    monkeypatch.setenv("VISUAL", "code --wait")
    assert editor.command() == [found, "--wait"]


@pytest.mark.skipif(os.name != "nt", reason="scripts of Windows")
def test_such_a_script_is_run_and_what_it_writes_comes_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "Archivos de programa"
    folder.mkdir()
    (folder / "editor.CMD").write_text("@echo off\r\necho del editor>>%2\r\n", encoding="ascii")
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("VISUAL", "editor --wait")
    assert editor.edited("antes: ñ").text.split("\n") == ["antes: ñ", "del editor"]


@pytest.mark.skipif(os.name != "nt", reason="an editor of Windows")
def test_windows_has_its_editor(no_editor_named: None) -> None:
    assert Path(editor.command()[0]).name.casefold() == "notepad.exe"


# --- the clipboard -----------------------------------------------------------------------------------------------


def its_process(monkeypatch: pytest.MonkeyPatch, does: str) -> None:
    monkeypatch.setattr(clipboard, "_PYPERCLIP", (sys.executable, "-c", does))


def test_what_no_code_page_holds_comes_through_the_clipboard_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONIOENCODING", "cp1252")
    its_process(monkeypatch, r"print('\u2705 \u2192 \u00f1 \u3042', end='')")
    assert clipboard.pasted().decode("utf-8") == "✅ → ñ あ"


@pytest.mark.parametrize(
    "does", ["raise OSError('OpenClipboard: access denied')", "import time; time.sleep(60)"], ids=["refused", "hangs"]
)
def test_a_clipboard_that_another_program_holds_is_told(monkeypatch: pytest.MonkeyPatch, does: str) -> None:
    monkeypatch.setattr(clipboard, "PATIENCE", 0.5)
    its_process(monkeypatch, does)
    assert not clipboard.copied("x")
    with pytest.raises(errors.ClipboardUnread):
        clipboard.pasted()


def test_a_clipboard_without_a_program_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clipboard, "_PYPERCLIP", ("gealc-no-such-program",))
    assert not clipboard.copied("x")
    with pytest.raises(errors.ClipboardUnread):
        clipboard.pasted()
