"""Opening a file or a folder with the program that the system has for it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path


def opened(path: Path) -> bool:
    """Whether a program of the system's own was started for it; what becomes of that, nobody here is told.

    Without a desktop there is none: over a connection, or on a console.
    """
    try:
        if sys.platform == "win32":
            os.startfile(path)
            return True
        if (program := _opener()) is None:
            return False
        subprocess.Popen(
            [program, str(path)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError:
        return False
    return True


def _opener() -> str | None:
    if sys.platform == "darwin":
        return shutil.which("open")
    has_desktop = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    return shutil.which("xdg-open") if has_desktop else None
