"""The end of the terminal is the end of the program, even where nobody tells it.

A closed terminal sends SIGHUP, which `nohup` and some remote shells keep from us; then nothing can be drawn or typed
any more, and what waits for it waits for ever. Everything that was typed is on the disk already.
"""

from __future__ import annotations

import os
import sys
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textual.app import App

LOOK_SECONDS = 1.0

GRACE_SECONDS = 4.0
"""So long the application may take to end by itself: to hear the last keys, and to close the database."""

ENDED = 129
"""The exit status of a process that SIGHUP has ended, as shells tell it."""


def is_gone(terminal: int) -> bool:
    """Whether the terminal behind a file descriptor does not exist any more. Never on Windows, which ends us itself."""
    try:
        import termios
    except ImportError:
        return False
    try:
        termios.tcgetattr(terminal)
    except termios.error:
        return True
    return False


def watch(app: App[None]) -> None:
    """Ends the application, and the process if need be, once the terminal is gone. Does nothing without one."""
    if sys.__stdin__ is not None and sys.__stdin__.isatty():
        threading.Thread(target=_watch, args=(app, sys.__stdin__.fileno()), name="hangup", daemon=True).start()


def _watch(app: App[None], terminal: int) -> None:
    waiting = threading.Event()
    while not is_gone(terminal):
        waiting.wait(LOOK_SECONDS)
    # Not waited for: whoever draws may be waiting for the terminal.
    app.exit(return_code=ENDED)
    waiting.wait(GRACE_SECONDS)
    os._exit(ENDED)
