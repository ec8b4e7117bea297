"""What a report of a fault needs to know of a machine: versions, system, terminal, places.

Promise: nothing of the plan and nobody's name is in it; the home of the user is `~`. The lines are the same in every
language, so that whoever mends can compare them.
"""

from __future__ import annotations

import locale
import os
import platform
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

import gealc_tui
from gealc_tui import crash

if TYPE_CHECKING:
    from gealc_tui.paths import Home

LIBRARIES = (
    *("textual", "rich", "sqlite-utils", "pydantic", "pendulum", "cryptography", "platformdirs", "pyperclip"),
    *(
        "olefile",
        "python-docx",
        "python-calamine",
        "icalendar",
        "XlsxWriter",
        "jinja2",
        "confusable-homoglyphs",
        "argcomplete",
    ),
)
EXTRAS = ("fsspec", "webdav4", "sshfs", "s3fs", "textual-serve", "typst")
"""Libraries of the optional extras; one that is not there is left out."""

TERMINAL = ("TERM", "COLORTERM", "TERM_PROGRAM", "TERM_PROGRAM_VERSION", "WT_SESSION", "TMUX", "STY", "SSH_TTY")
OURS = ("GEALC_HOME", "GEALC_DB", "GEALC_LANG", "GEALC_PLAN", "NO_COLOR", "LC_ALL", "LC_MESSAGES", "LANG", "TZ")
_ONLY_WHETHER = ("WT_SESSION", "TMUX", "STY", "SSH_TTY", "GEALC_PLAN")
"""Variables of which only matters that they are set."""


def lines(home: Home, language: str) -> Iterator[str]:
    """All of it, a fact a line."""
    yield crash.program_line()
    yield f"python: {_place(sys.executable)}, {platform.python_implementation()}, {platform.machine()}"
    yield f"program: {_place(gealc_tui.__file__)}"
    yield "libraries: " + ", ".join([f"SQLite {sqlite3.sqlite_version}", *_versions(LIBRARIES)])
    yield "extras: " + (", ".join(_versions(EXTRAS)) or "none")
    size = shutil.get_terminal_size((0, 0))
    streams = ", ".join(f"{name} {_stream(name)}" for name in ("stdin", "stdout", "stderr"))
    yield f"terminal: {size.columns}x{size.lines}; {streams}"
    yield f"environment: {'; '.join(_variables()) or 'nothing of ours'}"
    yield f"language: {language}; locale: {'.'.join(filter(None, locale.getlocale())) or 'C'}"
    yield f"home: {_place(home.folder)}, {_there(home.folder)}"
    yield f"database: {_place(home.database)}, {_there(home.database)}"
    yield f"backups: {_place(home.backups)}, {sum(1 for _ in home.backups.glob('*.db'))}"
    yield f"keys.toml: {_there(home.folder / 'keys.toml')}; crash report: {_there(home.database.parent / crash.REPORT)}"


def _versions(names: tuple[str, ...]) -> Iterator[str]:
    for name in names:
        try:
            yield f"{name} {version(name)}"
        except PackageNotFoundError:
            continue


def _stream(name: str) -> str:
    stream = getattr(sys, name)
    if stream is None:
        return "closed"
    return f"{'terminal' if stream.isatty() else 'no terminal'} {stream.encoding}"


def _variables() -> Iterator[str]:
    for name in (*TERMINAL, *OURS):
        if (value := os.environ.get(name)) is not None:
            yield f"{name} is set" if name in _ONLY_WHETHER else f"{name}={_place(value)}"


def _place(path: str | Path) -> str:
    """A path without the name of whoever uses the machine."""
    said = str(path)
    own = os.path.expanduser("~")
    return f"~{said[len(own) :]}" if own != "~" and (said == own or said.startswith(own + os.sep)) else said


def _there(path: Path) -> str:
    try:
        found = path.stat()
    except (OSError, ValueError):
        return "not there"
    return "folder" if path.is_dir() else f"{found.st_size:,} bytes"
