"""What takes long says so on a terminal, and nowhere else."""

from __future__ import annotations

import io
import sys
import time

import pytest

from gealc_tui.cli import output, patience


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_line_tells_that_it_goes_on_and_is_gone_before_anything_else(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = Terminal()
    monkeypatch.setattr(sys, "stderr", seen)
    monkeypatch.setattr(sys, "stdout", seen)
    monkeypatch.setattr(patience, "FIRST", 0.01)
    with patience.shown():
        end = time.monotonic() + 10
        while "Trabajando" not in seen.getvalue() and time.monotonic() < end:
            time.sleep(0.01)
        output.say("listo")
        time.sleep(0.05)
    line = "Trabajando… 0 s · Ctrl-C detiene, y nada queda a medias"
    assert seen.getvalue() == f"\r{line}\r{' ' * len(line)}\rlisto\n"


def test_what_is_quick_and_what_nobody_sees_is_silent(monkeypatch: pytest.MonkeyPatch) -> None:
    seen, file = Terminal(), io.StringIO()
    monkeypatch.setattr(sys, "stderr", seen)
    with patience.shown():
        pass
    assert seen.getvalue() == ""
    monkeypatch.setattr(sys, "stderr", file)
    monkeypatch.setattr(patience, "FIRST", 0.0)
    with patience.shown():
        time.sleep(0.02)
    assert file.getvalue() == ""


def test_a_terminal_that_can_do_nothing_gets_no_line(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = Terminal()
    monkeypatch.setattr(sys, "stderr", seen)
    monkeypatch.setattr(patience, "FIRST", 0.0)
    monkeypatch.setenv("TERM", "dumb")
    with patience.shown():
        time.sleep(0.02)
    assert seen.getvalue() == ""
