"""Databases as whole files: written under a name of `atomic_files`, on the disk, and then given theirs."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

from gealc_tui import errors
from gealc_tui.store.database import Database

Progress = Callable[[int, int, int], None]
"""What SQLite's backup API tells after each step: a result code, and pages that remain and that there are."""

BESIDE = ("-wal", "-shm", "-journal")
"""What SQLite may leave beside a database. Beside another database it would be applied to that one."""


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


def sync(folder: Path) -> None:
    """Names are on the disk too. Where a folder cannot be opened (Windows), the system sees to it."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
