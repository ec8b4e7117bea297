"""Databases as whole files: written beside their place, on the disk, and named when they are finished."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from gealc_tui import errors
from gealc_tui.store.database import Database

Progress = Callable[[int, int, int], None]
"""What SQLite's backup API tells after each step: a result code, and pages that remain and that there are."""

BESIDE = ("-wal", "-shm", "-journal")
"""What SQLite may leave beside a database. Beside another database it would be applied to that one."""

_UNFINISHED = ".gealc-"
_STALE_SECONDS = 24 * 60 * 60


def write(source: Database, target: Path) -> None:
    """What is committed in `source`, as one file on the disk. Raises OSError, sqlite3.Error and DatabaseLocked."""
    with closing(sqlite3.connect(target, isolation_level=None)) as copy:
        # One fsync at the end does for all.
        copy.execute("PRAGMA synchronous = OFF")
        source.connection.backup(copy, progress=unless_locked(source.path))
        copy.execute("PRAGMA journal_mode = DELETE")
    with target.open("rb+") as file:
        os.fsync(file.fileno())


def unless_locked(path: Path) -> Progress:
    """Gives up where the backup API would wait for ever. SQLite has waited as long as we do by then."""

    def look(status: int, remaining: int, total: int) -> None:
        if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise errors.DatabaseLocked(path=str(path), detail="locked")

    return look


@contextmanager
def unfinished(folder: Path) -> Iterator[Path]:
    """An empty file without a name of its own yet, its owner's only; gone afterwards, if it got none."""
    _sweep(folder)
    descriptor, name = tempfile.mkstemp(dir=folder, prefix=_UNFINISHED)
    os.close(descriptor)
    try:
        yield Path(name)
    finally:
        for end in ("", *BESIDE):
            Path(name + end).unlink(missing_ok=True)


def _sweep(folder: Path) -> None:
    """Removes what killed processes left unfinished."""
    with os.scandir(folder) as entries:
        for entry in entries:
            # Another process may be faster, or still at work.
            with suppress(OSError):
                if entry.name.startswith(_UNFINISHED) and time.time() - entry.stat().st_mtime > _STALE_SECONDS:
                    os.unlink(entry)


def link(file: Path, name: Path) -> None:
    """Gives a file a second name; where there are no links, a copy of it. Raises FileExistsError."""
    try:
        os.link(file, name)
    except FileExistsError:
        raise
    except OSError:
        # FAT, some network folders.
        with name.open("xb") as copy, file.open("rb") as original:
            shutil.copyfileobj(original, copy)
            os.fsync(copy.fileno())


def beside(database: Path, end: str) -> Path:
    return database.with_name(database.name + end)


def sync(folder: Path) -> None:
    """Names are on the disk too. Where a folder cannot be opened (Windows), the system sees to it."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
