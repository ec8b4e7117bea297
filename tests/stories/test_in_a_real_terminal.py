"""The application in a real terminal (tmux): what a key does is on the disk, whatever happens to the window."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from gealc_tui import paths
from gealc_tui.commands import people
from gealc_tui.replica import Replica

# Windows has no tmux; where it is, CI installs it.
pytestmark = pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed")

PATIENCE = 40.0
"""Seconds. The machines are slow, and nothing waits longer than it must."""


class Terminal:
    """A window of 100 × 30 with the program in it."""

    def __init__(self, home: Path, socket: str) -> None:
        self.home = home
        self._tmux = ["tmux", "-L", socket]
        command = f"exec {sys.executable} -m gealc_tui"
        # A stray GEALC_DB would lead out of the test's own home, a stray COLUMNS to another width.
        self.environment = {**os.environ, "GEALC_HOME": str(home), "TERM": "xterm-256color"}
        editor = home / "editor"
        editor.write_text('#!/bin/sh\nclear; echo EDITOR; read line; echo "$line" >> "$1"\n', "utf-8")
        editor.chmod(0o700)
        self.environment["VISUAL"] = f"'{editor}'"
        for stray in ("GEALC_DB", "COLUMNS", "LINES"):
            self.environment.pop(stray, None)
        subprocess.run(
            [*self._tmux, "new-session", "-d", "-x", "100", "-y", "30", command], env=self.environment, check=True
        )

    def screen(self, *, colours: bool = False) -> str:
        how = "-pe" if colours else "-p"
        return subprocess.run(
            [*self._tmux, "capture-pane", how], capture_output=True, text=True, encoding="utf-8"
        ).stdout

    def pid(self) -> int:
        said = subprocess.run(
            [*self._tmux, "list-panes", "-F", "#{pane_pid}"], capture_output=True, text=True, encoding="utf-8"
        )
        return int(said.stdout)

    def press(self, key: str) -> None:
        subprocess.run([*self._tmux, "send-keys", key], check=True)

    def write(self, text: str) -> None:
        subprocess.run([*self._tmux, "send-keys", "-l", text], check=True)

    def paste(self, text: str) -> None:
        """As terminals paste: between brackets, if the program asked for them."""
        subprocess.run([*self._tmux, "set-buffer", text], check=True)
        subprocess.run([*self._tmux, "paste-buffer", "-p"], check=True)

    def resize(self, width: int, height: int) -> None:
        subprocess.run([*self._tmux, "resize-window", "-x", str(width), "-y", str(height)], check=True)

    def close(self) -> None:
        subprocess.run([*self._tmux, "kill-server"], capture_output=True)

    def gealc(self, *arguments: str) -> str:
        """What the command line says, in a process of its own."""
        command = [sys.executable, "-m", "gealc_tui", *arguments]
        return subprocess.run(
            command, env=self.environment, capture_output=True, text=True, encoding="utf-8", check=True
        ).stdout


def until(holds: Callable[[], bool], what: str) -> None:
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end, what
        time.sleep(0.1)


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    home = paths.home(str(tmp_path / "home"))
    paths.settle(home)
    with Replica(home.database, home.keys) as replica:
        people.introduce(replica, "Ana", "UY", "focal")
        replica.set_setting("last_activity", "2019/3.1.1")
    window = Terminal(home.folder, f"gealc-{os.getpid()}-{tmp_path.name[-12:]}")
    until(lambda: "Taller regional" in window.screen(), "the plan is on the screen")
    yield window
    window.close()


def status_of(terminal: Terminal) -> str:
    return str(json.loads(terminal.gealc("show", "3.1.1", "--json"))["status"])


def test_a_status_set_by_key_is_seen_by_another_process_at_once_and_survives_a_kill(terminal: Terminal) -> None:
    terminal.press("3")
    until(lambda: "Cumplida · u deshace" in terminal.screen(), "the status is on the screen")
    assert status_of(terminal) == "done"
    os.kill(terminal.pid(), signal.SIGKILL)
    assert status_of(terminal) == "done"


@pytest.mark.parametrize("end", ["SIGKILL", "SIGHUP"])
def test_what_is_being_typed_is_there_after_the_window_was_taken_away(terminal: Terminal, end: str) -> None:
    terminal.press("n")
    until(lambda: "Nota oficial" in terminal.screen(), "the note is open")
    terminal.write("Sin respuesta de los países")
    until(lambda: "los países" in terminal.screen(), "the words are on the screen")
    home = paths.home(str(terminal.home))
    os.kill(terminal.pid(), getattr(signal, end))
    with Replica(home.database, home.keys) as replica:
        assert replica.draft("activity/2019/3.1.1") == "Sin respuesta de los países"


def test_the_window_is_made_small_and_large_while_something_is_typed(terminal: Terminal) -> None:
    terminal.press("n")
    until(lambda: "Nota oficial" in terminal.screen(), "the note is open")
    terminal.write("Sin respuesta")
    until(lambda: "Sin respuesta" in terminal.screen(), "the words are on the screen")
    for width, height in ((40, 12), (80, 24), (200, 50)):
        terminal.resize(width, height)
        fits = partial(_fits, terminal, width, height)
        until(fits, f"it is drawn anew in {width} × {height}")
    terminal.write(" de Perú")
    until(lambda: "Sin respuesta de Perú" in terminal.screen(), "what was typed is there, and goes on")
    terminal.press("F2")
    until(lambda: "u deshace" in terminal.screen(), "it is saved")
    terminal.resize(40, 12)
    until(lambda: "Taller regional" in terminal.screen(), "the tree is there in a narrow window")
    terminal.press("3")
    until(lambda: status_of(terminal) == "done", "keys work in a narrow window")


def _fits(terminal: Terminal, width: int, height: int) -> bool:
    """Whether the note stands in a window of this size, whole from edge to edge."""
    screen = terminal.screen()
    lines = screen.rstrip("\n").split("\n")
    right = max(line.rfind("╮") for line in lines)
    return "Sin respuesta" in screen and width * 0.9 < right < width and len(lines) <= height


def test_a_note_is_written_in_the_persons_own_editor(terminal: Terminal) -> None:
    terminal.press("n")
    until(lambda: "Nota oficial" in terminal.screen(), "the note is open")
    terminal.write("Antes.")
    until(lambda: "Antes." in terminal.screen(), "the words are on the screen")
    terminal.press("F4")
    until(lambda: "EDITOR" in terminal.screen(), "the editor has the terminal")
    assert "Nota oficial" not in terminal.screen()
    terminal.write("Después.")
    terminal.press("Enter")
    until(lambda: "Nota oficial" in terminal.screen() and "Después." in terminal.screen(), "it is back with the words")
    home = paths.home(str(terminal.home))
    with Replica(home.database, home.keys) as replica:
        assert replica.draft("activity/2019/3.1.1") == "Antes.\nDespués."
