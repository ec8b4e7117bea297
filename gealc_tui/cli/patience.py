"""A line for whoever waits: after half a second, on a terminal, that something is being done, and how to stop it.

It stands on stderr, and is gone before anything else is written.
"""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from gealc_tui.cli import console
from gealc_tui.i18n import t

FIRST = 0.5
"""Seconds after which somebody wonders."""

_waiting: list[_Line] = []


class _Line:
    """One line, drawn anew each second by a thread of its own."""

    def __init__(self) -> None:
        self._began = time.monotonic()
        self._ended = threading.Event()
        self._drawing = threading.Lock()
        self._shown = 0  # characters of the line
        self._thread = threading.Thread(target=self._run, name="patience", daemon=True)
        self._thread.start()

    def _run(self) -> None:
        pause = FIRST
        while not self._ended.wait(pause):
            pause = 1.0
            seconds = int(time.monotonic() - self._began)
            with self._drawing:
                if not self._ended.is_set():
                    text = t("Trabajando… {n} s · Ctrl-C detiene, y nada queda a medias", n=seconds)
                    _draw(text, self._shown)
                    self._shown = max(self._shown, len(text))

    def end(self) -> None:
        with self._drawing:
            self._ended.set()
            if self._shown:
                _draw("", self._shown)
                self._shown = 0


def _draw(text: str, over: int) -> None:
    """A line in the place of one of `over` characters; blanks and no escapes, which not every console obeys."""
    with suppress(OSError, ValueError):
        sys.stderr.write(f"\r{text.ljust(over)}" + ("" if text else "\r"))
        sys.stderr.flush()


@contextmanager
def shown() -> Iterator[None]:
    """Shows the line while this lasts, if somebody sees it."""
    if not console.is_terminal(sys.stderr) or not console.can_redraw():
        yield
        return
    line = _Line()
    _waiting.append(line)
    try:
        yield
    finally:
        hush()


def hush() -> None:
    """Takes the line away: something is to be read."""
    while _waiting:
        _waiting.pop().end()
