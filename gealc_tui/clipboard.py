"""The system's clipboard.

Promise: `copied` is true only if the text was found there when it was read back. What `pasted` brings is anybody's.
"""

from __future__ import annotations

import os
import subprocess
import sys

from gealc_tui import errors

PATIENCE = 5.0
"""Seconds that the system's own programs may take."""

# In a process of its own: programs that it calls may hang, and what they complain of would be written over the screen.
# -P: a file in the current folder that is called like the library is not run.
_PYPERCLIP = (sys.executable, "-P", "-m", "pyperclip")


def _environment() -> dict[str, str]:
    """Python's own streams in UTF-8: on Windows they would be of a code page, and most of Unicode would be lost."""
    return {**os.environ, "PYTHONIOENCODING": "utf-8:replace"}


def copied(text: str) -> bool:
    """Puts an ASCII text on the clipboard; False when one cannot be sure of that."""
    try:
        subprocess.run(
            [*_PYPERCLIP, "--copy"],
            input=text.encode("ascii"),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=PATIENCE,
            check=True,
            env=_environment(),
        )
        read_back = _read()
    except (OSError, subprocess.SubprocessError):
        return False
    # Some clipboards end lines in their own way.
    return read_back.split() == text.encode("ascii").split()


def pasted() -> bytes:
    """What lies on the clipboard. Raises errors.ClipboardUnread if nothing does, or if that cannot be told."""
    try:
        found = _read()
    except (OSError, subprocess.SubprocessError) as error:
        raise errors.ClipboardUnread() from error
    if not found.strip():
        raise errors.ClipboardUnread()
    return found


def _read() -> bytes:
    return subprocess.run(
        [*_PYPERCLIP, "--paste"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        timeout=PATIENCE,
        check=True,
        env=_environment(),
    ).stdout
