"""What is said to be on the clipboard is there: seen with the system's own programs, or stand-ins for them."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import pytest

from gealc_tui import clipboard, errors

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the stand-in is a program of Linux")

TEXT = "===== BEGIN =====\nabc+/\n===== END =====\n"


@pytest.fixture
def xclip(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """`xclip(script)`: the only program for the clipboard is a shell script; `$kept` is a file."""

    def install(script: str) -> None:
        place = tmp_path / "bin"
        place.mkdir()
        program = place / "xclip"
        program.write_text(f'#!/bin/sh\nkept="{tmp_path}/kept"\n{script}\n', "utf-8")
        program.chmod(0o755)
        monkeypatch.setenv("PATH", f"{place}{os.pathsep}{os.defpath}")
        monkeypatch.setenv("DISPLAY", ":99")
        monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)

    return install


def test_a_clipboard_that_gives_the_text_back_has_it(xclip):
    xclip('case "$*" in *-o*) cat "$kept";; *) cat > "$kept";; esac')
    assert clipboard.copied(TEXT)


def test_a_clipboard_that_ends_lines_in_its_own_way_has_it(xclip):
    xclip('case "$*" in *-o*) sed "s/$/\\r/" "$kept";; *) cat > "$kept";; esac')
    assert clipboard.copied(TEXT)


@pytest.mark.parametrize(
    "script",
    [
        "cat > /dev/null",
        'case "$*" in *-o*) head -c 20 "$kept";; *) cat > "$kept";; esac',
        "echo 'cannot open display' >&2; exit 1",
    ],
)
def test_one_that_takes_it_and_does_not_have_it_is_not_believed(xclip, script, capfd):
    xclip(script)
    assert not clipboard.copied(TEXT)
    assert capfd.readouterr() == ("", "")


def test_what_was_copied_is_read_as_it_is(xclip):
    xclip('printf "uno\\r\\ndos: \\303\\261\\n"')
    assert clipboard.pasted() == "uno\r\ndos: ñ\n".encode()


@pytest.mark.parametrize("script", ["exit 1", "echo"])
def test_an_empty_clipboard_and_none_are_told_alike(xclip, script):
    xclip(script)
    with pytest.raises(errors.ClipboardUnread):
        clipboard.pasted()


def test_one_that_hangs_is_given_up(xclip, monkeypatch):
    xclip("exec sleep 20")
    monkeypatch.setattr(clipboard, "PATIENCE", 1.0)
    start = time.monotonic()
    assert not clipboard.copied(TEXT)
    assert time.monotonic() - start < 10


def test_without_any_nothing_is_claimed(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    assert not clipboard.copied(TEXT)


def test_a_file_in_the_current_folder_is_not_run(tmp_path, monkeypatch):
    (tmp_path / "pyperclip.py").write_text("import pathlib; pathlib.Path('run').touch()", "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("PYTHONPATH", raising=False)
    clipboard.copied(TEXT)
    assert not (tmp_path / "run").exists()
