"""One connection to one database file: opened carefully, every failure named.

Guarantees: committed means on the disk (WAL, synchronous FULL); a second process waits its turn; files are
readable by their owner only; whatever SQLite says, and whatever is stored that this program does not write, goes out
as a `DatabaseError` of `errors`. A connection belongs to the thread that opened it.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from gealc_tui import errors

C = TypeVar("C", bound=StrEnum)

APPLICATION_ID = 0x4745414C
"""`GEAL`, in the header of the file (SQLite file format, section 1.3.18)."""

BUSY_MILLISECONDS = 5_000

UNNAMED = sqlite3.Error
"""What SQLite says that `Database` has no name for, such as a value that no column takes."""

ANOTHERS = "another program's database"

_NAMED: dict[int, type[errors.DatabaseError]] = {
    sqlite3.SQLITE_BUSY: errors.DatabaseLocked,
    sqlite3.SQLITE_LOCKED: errors.DatabaseLocked,
    sqlite3.SQLITE_READONLY: errors.DatabaseReadOnly,
    sqlite3.SQLITE_PERM: errors.DatabaseCannotOpen,
    sqlite3.SQLITE_AUTH: errors.DatabaseCannotOpen,
    sqlite3.SQLITE_CANTOPEN: errors.DatabaseCannotOpen,
    sqlite3.SQLITE_CORRUPT: errors.DatabaseCorrupt,
    sqlite3.SQLITE_NOTADB: errors.NotADatabase,
    sqlite3.SQLITE_FULL: errors.DiskFull,
    sqlite3.SQLITE_IOERR: errors.DiskFailed,
}


class Database:
    """A thin, visible layer: SQL in, tuples out."""

    stop_asked: Callable[[], bool] | None = None
    """Asked before every step; what is under way ends with Stopped. Forgotten once something is on the disk."""

    def __init__(self, path: Path, *, busy_milliseconds: int = BUSY_MILLISECONDS) -> None:
        self.path = path
        with self.named():
            # Files that SQLite makes beside the database take its mode.
            if not path.exists():
                path.touch(mode=0o600)
            self.connection = sqlite3.connect(
                _uri(path), uri=True, isolation_level=None, timeout=busy_milliseconds / 1000
            )
        try:
            with self.named():
                self._prepare()
        except errors.DatabaseError:
            self.connection.close()
            raise

    @classmethod
    def read_only(cls, path: Path) -> Database:
        """A file that is looked at and left as it is, down to its journal mode. Raises DatabaseError."""
        opened = cls.__new__(cls)
        opened.path = path
        # Without a journal beside it nobody is writing, and nothing has to be made beside it either.
        alone = not path.with_name(f"{path.name}-wal").exists()
        uri = f"{path.absolute().as_uri()}?mode=ro{'&immutable=1' if alone else ''}"
        with opened.named():
            opened.connection = sqlite3.connect(uri, uri=True, isolation_level=None, timeout=BUSY_MILLISECONDS / 1000)
        try:
            if opened.value("PRAGMA application_id") != APPLICATION_ID:
                raise errors.NotADatabase(path=str(path), detail=ANOTHERS)
        except errors.DatabaseError:
            opened.close()
            raise
        return opened

    def _prepare(self) -> None:
        execute = self.connection.execute
        owner = execute("PRAGMA application_id").fetchone()[0]
        if owner != APPLICATION_ID:
            if execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]:
                raise errors.NotADatabase(path=str(self.path), detail=ANOTHERS)
            execute(f"PRAGMA application_id = {APPLICATION_ID}")
        # A read-only file cannot change its journal, and needs none.
        with suppress(sqlite3.OperationalError):
            execute("PRAGMA journal_mode = WAL")
        execute("PRAGMA synchronous = FULL")
        execute("PRAGMA foreign_keys = ON")
        execute("PRAGMA cache_size = -16384")

    def close(self) -> None:
        self.connection.close()

    @contextmanager
    def named(self) -> Iterator[None]:
        """SQLite's errors become ours."""
        if self.stop_asked is not None and self.stop_asked():
            raise errors.Stopped()
        try:
            yield
        except sqlite3.ProgrammingError:
            raise  # a fault of ours
        except sqlite3.Error as error:
            raise self._name(error) from error
        except UnicodeDecodeError as error:
            # SQLite quotes damaged bytes, of a name in the schema, and Python cannot read what it says.
            raise errors.DatabaseCorrupt(path=str(self.path), detail="damaged bytes in a name") from error
        except OSError as error:
            raise errors.DatabaseCannotOpen(path=str(self.path), detail=str(error.strerror)) from error

    def _name(self, error: sqlite3.Error) -> errors.DatabaseError:
        code = getattr(error, "sqlite_errorcode", None)
        kind = _NAMED.get(code & 0xFF) if code is not None else None
        if str(error).startswith(("no such table", "no such column")):
            kind = errors.DatabaseCorrupt
        # Our own SQL runs in every test, so that what is left comes from what is stored: text that is no UTF-8 (of
        # which Python gives no code), a row that no constraint allows, an index that does not fit.
        return (kind or errors.DatabaseAltered)(path=str(self.path), detail=_without_content(error))

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """All rows of a question."""
        with self.named():
            return self.connection.execute(sql, values).fetchall()

    def each(self, sql: str, values: Sequence[Any] = ()) -> Iterator[tuple[Any, ...]]:
        """The rows of a question one by one: of very many, only the one in hand is kept."""
        with self.named():
            yield from self.connection.execute(sql, values)

    def row(self, sql: str, values: Sequence[Any] = ()) -> tuple[Any, ...] | None:
        """The first row, or None."""
        with self.named():
            found: tuple[Any, ...] | None = self.connection.execute(sql, values).fetchone()
            return found

    def value(self, sql: str, values: Sequence[Any] = ()) -> Any:
        """The first column of the first row, or None."""
        found = self.row(sql, values)
        return None if found is None else found[0]

    def execute(self, sql: str, values: Sequence[Any] = ()) -> None:
        with self.named():
            self.connection.execute(sql, values)

    def insert(self, sql: str, values: Sequence[Any] = ()) -> int:
        """Executes an INSERT and returns the new row's id."""
        with self.named():
            return int(self.connection.execute(sql, values).lastrowid or 0)

    def executemany(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        with self.named():
            self.connection.executemany(sql, rows)

    @contextmanager
    def transaction(self, *, keep: bool = True) -> Iterator[None]:
        """All or nothing. With `keep=False` nothing, at the end: a trial run of the same code."""
        self.execute("BEGIN IMMEDIATE")
        try:
            yield
            if keep:
                self.execute("COMMIT")
                self.stop_asked = None
        finally:
            if self.connection.in_transaction:
                with suppress(sqlite3.Error):
                    self.connection.execute("ROLLBACK")

    @contextmanager
    def without_waiting(self) -> Iterator[None]:
        """Nobody else's writing is waited for: DatabaseLocked comes at once."""
        patience = self.value("PRAGMA busy_timeout")
        self.execute("PRAGMA busy_timeout = 0")
        try:
            yield
        finally:
            self.execute(f"PRAGMA busy_timeout = {patience}")

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """All or nothing of a part of the transaction that is under way."""
        self.execute("SAVEPOINT attempt")
        try:
            yield
        except BaseException:
            # A failure may have ended the whole transaction already.
            with suppress(sqlite3.Error):
                self.connection.execute("ROLLBACK TO attempt")
                self.connection.execute("RELEASE attempt")
            raise
        self.execute("RELEASE attempt")

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Several questions about one and the same moment, whatever others write meanwhile; one may lie in another."""
        if self.connection.in_transaction:
            yield
            return
        self.execute("BEGIN")
        try:
            yield
        finally:
            with self.named():
                self.connection.execute("ROLLBACK")

    @contextmanager
    def copy_in_memory(self) -> Iterator[Database]:
        """A copy that can be altered at will, and goes away."""
        copy = Database.__new__(Database)
        copy.path = self.path
        copy.connection = sqlite3.connect(":memory:", isolation_level=None)
        try:
            with self.named():
                self.connection.backup(copy.connection)
            yield copy
        finally:
            copy.close()

    def empty_copy(self) -> Database:
        """A database in memory with the same tables, and nothing in them. It asks the same whether to stop."""
        copy = Database.__new__(Database)
        copy.path = self.path
        copy.stop_asked = self.stop_asked
        copy.connection = sqlite3.connect(":memory:", isolation_level=None)
        for (sql,) in self.rows(
            "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
            # The tables below a full-text table come with it.
            " AND name NOT LIKE 'search\\__%' ESCAPE '\\' ORDER BY type = 'table' DESC, rowid"
        ):
            copy.execute(sql)
        return copy

    def copy_rows(self, table: str, rows: Iterable[Sequence[Any]], *, or_ignore: bool = False) -> None:
        """Puts rows of the same table elsewhere into one here, all columns in their order."""
        columns = len(self.rows(f"PRAGMA table_info({table})"))
        verb = "INSERT OR IGNORE" if or_ignore else "INSERT"
        self.executemany(f"{verb} INTO {table} VALUES ({', '.join('?' * columns)})", rows)

    def pack(self) -> None:
        """Makes the file small and leaves nothing beside it."""
        self.execute("PRAGMA journal_mode = DELETE")
        self.execute("VACUUM")

    def data_version(self) -> int:
        """A number that changes when *another* connection has written (SQLite's PRAGMA data_version)."""
        return int(self.value("PRAGMA data_version"))


def stored(text: object) -> Any:
    """A value from its stored text. Raises DatabaseAltered if it is none."""
    try:
        return json.loads(text)  # type: ignore[arg-type]
    except (TypeError, ValueError, RecursionError) as error:
        raise errors.DatabaseAltered(path="", detail="a value that cannot be read") from error


def stored_names(text: object) -> tuple[str, ...]:
    """A list of names from its stored text; nothing for NULL. Raises DatabaseAltered."""
    found = stored(text or "[]")
    if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
        raise errors.DatabaseAltered(path="", detail="a list that is none")
    return tuple(found)


def stored_code(codes: type[C], text: object) -> C:
    """One of a closed list, from what a view holds. Raises DatabaseAltered for what no view of ours holds."""
    try:
        return codes(str(text))
    except ValueError as error:
        raise errors.DatabaseAltered(path="", detail=f"no {codes.__name__}") from error


def _without_content(error: sqlite3.Error) -> str:
    """What SQLite said, without the text that it could not read."""
    return str(error).partition(" with text ")[0]


def _uri(path: Path) -> str:
    """The database as SQLite names it. In a folder that cannot be written WAL cannot work, and nobody can write."""
    uri = path.absolute().as_uri()
    return uri if os.access(path.parent, os.W_OK) else f"{uri}?immutable=1"
