"""What the program does otherwise on Windows, tried where it is not: by what it decides, and not by the system."""

from __future__ import annotations

import errno
import sys
from argparse import Namespace
from pathlib import Path
from types import SimpleNamespace

import pytest

from gealc_tui import clipboard, i18n, private
from gealc_tui.cli import exchange, output
from gealc_tui.cli import reports as report_commands
from gealc_tui.cli.merging import expanded_names
from gealc_tui.i18n import system_language


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


def test_names_with_wildcards_are_the_files_that_fit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("b.json", "a.json", "c.txt", "x[1].json"):
        (tmp_path / name).touch()
    monkeypatch.chdir(tmp_path)
    assert list(expanded_names(["?.json", "c.txt"])) == ["a.json", "b.json", "c.txt"]
    assert list(expanded_names(["x[1].json"])) == ["x[1].json"], "a file that is so called"
    assert list(expanded_names(["no*.json"])) == ["no*.json"], "what fits nothing is named as it was typed"
    assert list(expanded_names(["-"])) == ["-"]
    (tmp_path / "home").mkdir(exist_ok=True)
    assert list(expanded_names(["~/a.json"])) == [str(tmp_path / "home" / "a.json")]


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


def test_the_clipboards_own_process_speaks_utf8(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONIOENCODING", "cp1252")
    assert clipboard._environment()["PYTHONIOENCODING"].startswith("utf-8")
