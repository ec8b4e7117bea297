"""What the console takes: whether it obeys escape sequences, and how its lines are drawn over.

The old console of Windows prints escapes as they are until it is asked to obey them (Microsoft, *Console Virtual
Terminal Sequences*, "Enabling virtual terminal processing").
"""

from __future__ import annotations

import os
import sys
from functools import cache
from typing import TextIO

_STANDARD_HANDLES = {1: -11, 2: -12}
"""STD_OUTPUT_HANDLE and STD_ERROR_HANDLE, by the number of their stream."""

_ENABLE_VIRTUAL_TERMINAL_PROCESSING = 4


def is_terminal(stream: TextIO | None) -> bool:
    """Whether a person reads a stream."""
    return stream is not None and stream.isatty()


def is_coloured(stream: TextIO | None) -> bool:
    """Whether a stream is a terminal on which colours are wanted, and obeyed."""
    return is_terminal(stream) and not os.environ.get("NO_COLOR") and can_redraw() and _obeys_escapes(stream)


def can_redraw() -> bool:
    """Whether a line may be drawn over by another one: not on a terminal that can do nothing."""
    return os.environ.get("TERM") != "dumb"


def _obeys_escapes(stream: TextIO | None) -> bool:
    if sys.platform != "win32" or stream is None:
        return True
    try:
        return _enabled(stream.fileno())
    except (OSError, ValueError):
        # No file of the system stands behind it.
        return False


@cache
def _enabled(number: int) -> bool:
    """Asks a console of Windows to obey escapes, and whether it does now."""
    if sys.platform == "win32":
        import ctypes
        from ctypes import wintypes

        kernel32 = ctypes.windll.kernel32
        handle, mode = kernel32.GetStdHandle(_STANDARD_HANDLES.get(number, 0)), wintypes.DWORD()
        if not kernel32.GetConsoleMode(handle, ctypes.byref(mode)):
            return False
        return bool(kernel32.SetConsoleMode(handle, mode.value | _ENABLE_VIRTUAL_TERMINAL_PROCESSING))
    return True
