"""Dated copies of one database, in a folder beside it.

Promises: a copy appears whole and on the disk, under its date, or not at all, and is never overwritten; it is one
file, its owner's only, that holds what was committed at one moment. It is made by SQLite's backup API over a
connection of its own, so others may write meanwhile: a copy that is made within a transaction holds what stood
before it. What is kept is decided by `domain.keeping`; why, in docs/decisions/0010-backups.md.
"""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext, suppress
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple

from gealc_tui import errors
from gealc_tui.atomic_files import unfinished, unlink
from gealc_tui.domain.keeping import DAMAGED, REPLACED, Backup, day_of, displaced
from gealc_tui.private import make_folder
from gealc_tui.store import whole_files
from gealc_tui.store.database import Database
from gealc_tui.store.file_identity import beside
from gealc_tui.store.registers import SEQ_BITS

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LAST_MOMENT = 250_000_000_000_000
"""In the year 9892; a clock that says a later one is not believed."""

_DATE = "%Y%m%d-%H%M%S-%f"

_REFUSED = {
    sqlite3.SQLITE_FULL: "full",
    sqlite3.SQLITE_READONLY: "permission",
    sqlite3.SQLITE_CANTOPEN: "permission",
    sqlite3.SQLITE_PERM: "permission",
}

_DAMAGED: dict[int, type[errors.DatabaseError]] = {
    sqlite3.SQLITE_CORRUPT: errors.DatabaseCorrupt,
    sqlite3.SQLITE_NOTADB: errors.NotADatabase,
}

_STATE = (
    "SELECT l.replica, r.first, r.last, r.tip FROM runs r JOIN logs l ON l.n = r.log",
    "SELECT replica, first, tip FROM aside",
    "SELECT replica, state FROM trust",
    "SELECT place, text FROM drafts",
    "SELECT name, value FROM settings WHERE name = 'replica'",
)
"""What a copy is made for. The tip of a run stands for all its changes."""


class Holding(NamedTuple):
    """What a copy holds: how many changes, and of a person's newest one the moment and the author's name."""

    changes: int
    at: int | None
    author: str | None


class Backups:
    """The copies of the database at `database`, in `folder`, which need not be there yet."""

    def __init__(self, database: Path, folder: Path) -> None:
        self.database = database
        self.folder = folder

    # --- looking -----------------------------------------------------------------------------------------------

    def listed(self) -> tuple[Backup, ...]:
        """All copies, the newest first. Raises FileUnreadable."""
        shape = re.compile(rf"{re.escape(self.database.stem)}-(\d{{8}}-\d{{6}}-\d{{3}})Z-([a-z]+)\.db", re.ASCII)
        found = []
        try:
            for entry in self._entries():
                match = shape.fullmatch(entry.name)
                at = _moment(match[1]) if match is not None else None
                if match is not None and at is not None and entry.is_file():
                    found.append(Backup(entry.name, at, match[2], entry.stat().st_size))
        except OSError as error:
            raise errors.FileUnreadable(path=str(self.folder), reason=errors.reason_of(error)) from error
        return tuple(sorted(found, key=lambda one: (one.at, one.name), reverse=True))

    def _entries(self) -> list[os.DirEntry[str]]:
        with suppress(FileNotFoundError), os.scandir(self.folder) as entries:
            return list(entries)
        return []

    def path(self, backup: Backup) -> Path:
        return self.folder / backup.name

    def holding(self, backup: Backup) -> Holding | None:
        """What a copy holds; None if that cannot be read."""
        try:
            with closing(Database.read_only(self.path(backup))) as db:
                newest = db.row(
                    "SELECT c.at, p.name FROM runs r JOIN changes c ON c.n = (r.log << ? | r.last)"
                    " JOIN logs l ON l.n = r.log LEFT JOIN people p ON p.id = l.replica"
                    " WHERE l.key IS NOT NULL ORDER BY c.at DESC, c.id DESC LIMIT 1",
                    [SEQ_BITS],
                )
                changes = db.value("SELECT coalesce(sum(last - first + 1), 0) FROM runs")
                return Holding(changes, *(newest or (None, None)))
        except (errors.DatabaseError, sqlite3.Error):
            return None

    # --- making ------------------------------------------------------------------------------------------------

    def make(self, at: int, reason: str) -> Backup:
        """Copies what is committed now, and lets one go that is kept no longer, if there is one.

        `at` is the present moment; `reason` as in `keeping.Backup`. Raises BackupFailed if the copy cannot be
        written, and DatabaseError if the database cannot be read.
        """
        at = min(max(at, 0), _LAST_MOMENT)
        made = self._made(at, reason, lambda: closing(Database(self.database)))
        self._thin(at)
        return made

    def make_of(self, live: Database, at: int) -> Backup:
        """Copies what an open connection still sees of a database in whose place another one lies (`replaced`).

        Raises BackupFailed, and DatabaseError if the database cannot be read.
        """
        return self._made(min(max(at, 0), _LAST_MOMENT), REPLACED, lambda: nullcontext(live))

    def _made(self, at: int, reason: str, source: Callable[[], AbstractContextManager[Database]]) -> Backup:
        with self._writing(), unfinished(self.folder) as file:
            with source() as live:
                whole_files.write(live, file)
            return self._named(at, reason, lambda path: whole_files.link(file, path))

    def make_daily(self, at: int) -> Backup | None:
        """The copy of the day: None if there is one, if nothing altered since the last, or nobody wrote here yet.

        Raises as `make` does.
        """
        try:
            listed = self.listed()
        except errors.FileUnreadable as error:
            raise errors.BackupFailed(path=error.path, reason=error.reason) from error
        if any(day_of(one.at) == day_of(at) for one in listed):
            return None
        with closing(Database(self.database)) as live:
            if not live.value("SELECT 1 FROM logs WHERE key IS NOT NULL LIMIT 1"):
                return None
            state = _state(live)
        last = next((one for one in listed if one.at <= at), None)
        return None if last is not None and self._holds(last, state) else self.make(at, "daily")

    def _holds(self, backup: Backup, state: set[tuple[Any, ...]]) -> bool:
        try:
            with closing(Database.read_only(self.path(backup))) as db:
                return _state(db) == state
        except (errors.DatabaseError, sqlite3.Error):
            # Damaged, or of another version.
            return False

    def set_aside(self, at: int) -> Backup:
        """Gives a database that cannot be read a second name among the copies, with what lies beside it.

        Whoever has it open goes on writing there. Raises BackupFailed.
        """

        def link(path: Path) -> None:
            whole_files.link(self.database, path)
            for end in whole_files.BESIDE:
                if (other := beside(self.database, end)).exists():
                    whole_files.link(other, beside(path, end))

        with self._writing():
            return self._named(min(max(at, 0), _LAST_MOMENT), DAMAGED, link)

    def _named(self, at: int, reason: str, appear: Callable[[Path], None]) -> Backup:
        """Lets a copy appear under its date, or the next free one."""
        for moment in count(at):
            date = (_EPOCH + timedelta(milliseconds=moment)).strftime(_DATE)[:-3]
            path = self.folder / f"{self.database.stem}-{date}Z-{reason}.db"
            with suppress(FileExistsError):
                appear(path)
                whole_files.sync(self.folder)
                return Backup(path.name, moment, reason, path.stat().st_size)
        raise AssertionError

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Makes the folder. What cannot be written there becomes BackupFailed."""
        try:
            make_folder(self.folder)
            yield
        except OSError as error:
            raise errors.BackupFailed(path=str(self.folder), reason=errors.reason_of(error)) from error
        except sqlite3.Error as error:
            code = getattr(error, "sqlite_errorcode", 0) & 0xFF
            if code in _DAMAGED:
                raise _DAMAGED[code](path=str(self.database), detail=str(error)) from error
            raise errors.BackupFailed(path=str(self.folder), reason=_REFUSED.get(code, "other")) from error

    def _thin(self, now: int) -> None:
        if (backup := displaced(self.listed(), now)) is not None:
            # Another process may be faster; what cannot be removed does no harm.
            with suppress(OSError):
                unlink(self.path(backup))


def _moment(date: str) -> int | None:
    """Milliseconds since 1970 of a date as it stands in a name; None if there is no such date."""
    try:
        moment = datetime.strptime(date + "000", _DATE).replace(tzinfo=UTC)
    except ValueError:
        return None
    return (moment - _EPOCH) // timedelta(milliseconds=1)


def _state(db: Database) -> set[tuple[Any, ...]]:
    return {(number, *row) for number, sql in enumerate(_STATE) for row in db.rows(sql)}
