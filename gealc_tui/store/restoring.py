"""A copy put in the place of the database, which is itself copied first.

Promises: what is put in place was read whole, proved and folded before; the database is as it was or as the copy
is, whenever the process is killed; every word that was committed before that moment is in the copy made before it.
Windows that are open see one ordinary transaction.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

from gealc_tui import errors
from gealc_tui.atomic_files import replace, unfinished, unlink
from gealc_tui.domain.keeping import Backup
from gealc_tui.store import verify, whole_files
from gealc_tui.store.backups import Backups
from gealc_tui.store.database import ANOTHERS, Database
from gealc_tui.store.file_identity import beside
from gealc_tui.store.migrations import migrate
from gealc_tui.store.verify import SignatureCheck


@contextmanager
def proved(path: Path, is_signed: SignatureCheck) -> Iterator[Database]:
    """A copy in memory, brought up to date and folded again, its every change proved.

    Raises BackupDamaged, NotADatabase, DatabaseNewer and FileUnreadable.
    """
    if not path.is_file():
        raise errors.FileUnreadable(path=str(path), reason="missing")
    with ExitStack() as stack:
        try:
            file = stack.enter_context(closing(Database.read_only(path)))
            copy = stack.enter_context(file.copy_in_memory())
            migrate(copy)
            # Views are made of the log, and another version may have made them otherwise: they are no fault.
            fault = next((one for one in verify.faults(copy, is_signed) if one.kind != "view"), None)
        except (errors.DatabaseCorrupt, sqlite3.DatabaseError) as error:
            raise errors.BackupDamaged(path=str(path), detail=str(error)) from error
        if fault is not None:
            raise errors.BackupDamaged(path=str(path), detail=f"{fault.kind} {fault.place}")
        yield copy


def put_in_place(copy: Database, backups: Backups, at: int) -> Backup | None:
    """Puts `copy` in the place of the database. Returns the copy made of what stood there; None if nothing did.

    Raises BackupFailed, DatabaseError and FileUnwritable; then the database is as it was.
    """
    if not backups.database.exists() or not backups.database.stat().st_size:
        _where_nothing_is(copy, backups.database)
        return None
    try:
        with closing(Database(backups.database)) as live:
            return _over(live, copy, backups, at)
    except errors.NotADatabase as error:
        if error.detail == ANOTHERS:
            raise
    except errors.DatabaseCorrupt:
        pass
    return _instead(copy, backups, at)


def _where_nothing_is(copy: Database, database: Path) -> None:
    try:
        with unfinished(database.parent) as file:
            whole_files.write(copy, file)
            for end in whole_files.BESIDE:
                unlink(beside(database, end))
            replace(file, database)
            whole_files.sync(database.parent)
    except OSError as error:
        raise errors.FileUnwritable(path=str(database), reason=errors.reason_of(error)) from error


def _over(live: Database, copy: Database, backups: Backups, at: int) -> Backup:
    """Over the pages of a database that others may have open, in one transaction of SQLite's."""
    made: list[Backup] = []
    if live.value("PRAGMA journal_mode") != "wal":
        # Nobody could read what is about to be replaced.
        made.append(backups.make(at, "restore"))
    give_up = whole_files.unless_locked(backups.database)

    def look(status: int, remaining: int, total: int) -> None:
        give_up(status, remaining, total)
        if not made:
            # Nobody can write any more, and nothing is replaced yet: not a word comes between.
            made.append(backups.make(at, "restore"))

    with live.named():
        # Page by page: the first step takes the lock, only the last one commits.
        copy.connection.backup(live.connection, pages=1, progress=look)
    return made[0]


def _require_free(database: Path) -> None:
    """Raises OSError if another program has the file open, where that keeps it from being replaced (Windows).

    Asked before anything is set aside: else each attempt would leave another copy of the damage.
    """
    os.rename(database, database)


def _instead(copy: Database, backups: Backups, at: int) -> Backup:
    """In the place of a file that cannot be read."""
    database = backups.database
    try:
        _require_free(database)
        with unfinished(database.parent) as file:
            whole_files.write(copy, file)
            aside = backups.set_aside(at)
            for end in whole_files.BESIDE:
                unlink(beside(database, end))
            replace(file, database)
            whole_files.sync(database.parent)
    except OSError as error:
        raise errors.FileUnwritable(path=str(database), reason=errors.reason_of(error)) from error
    return aside
