"""One connection to one database file: opened carefully, every failure named.

Guarantees: committed means on the disk (WAL, synchronous FULL); a second process waits its turn; files are
readable by their owner only; whatever SQLite says, and whatever is stored that this program does not write, goes out
as a `DatabaseError` of `errors`; nothing is written once another file lies in the database's place
(`DatabaseReplaced`). A connection belongs to the thread that opened it.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from enum import Enum
from pathlib import Path, PurePath
from typing import Any, TypeVar

from gealc_tui import errors
from gealc_tui.store.file_identity import FileId, OpenFiles, file_id

C = TypeVar("C", bound=Enum)

APPLICATION_ID = 0x4745414C
"""`GEAL`, in the header of the file (SQLite file format, section 1.3.18)."""

BUSY_MILLISECONDS = 5_000

UNNAMED = sqlite3.Error
"""What SQLite says that `Database` has no name for, such as a value that no column takes."""

_MOST_VALUES = 500
"""How many values one statement is given. SQLite takes 999 at least (SQLITE_MAX_VARIABLE_NUMBER)."""

_MOST_ANSWERS = 200
"""How many answers a snapshot remembers, and of how many rows: enough for a screen, little for a check of all."""

_FIRST = "first"
"""Before a question of which only the first row is asked for."""

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


_NO_ROOM = {
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR_SHMOPEN,
    sqlite3.SQLITE_IOERR_SHMSIZE,
    sqlite3.SQLITE_IOERR_SHMMAP,
    sqlite3.SQLITE_IOERR_WRITE,
}
"""What SQLite says on a full disk, where it needs a little room beside a database even to read it."""


class Database:
    """A thin, visible layer: SQL in, tuples out."""

    stop_asked: Callable[[], bool] | None = None
    """Asked before every step; what is under way ends with Stopped. Forgotten once something is on the disk."""

    _has_room = True
    """False: the disk was full to the last byte when this was opened. It is read from memory; to write is DiskFull."""

    _files: OpenFiles | None = None
    """Not looked at where nothing is written: copies in memory, and files that are only read."""

    _answers: dict[tuple[Any, ...], tuple[tuple[Any, ...], ...]] | None = None
    """What was asked within the snapshot that is under way, and the rows; None outside of one."""

    def __init__(
        self, path: Path, *, busy_milliseconds: int = BUSY_MILLISECONDS, same_as: FileId | None = None
    ) -> None:
        """`same_as` is the file that must lie at `path`, if that is known. Raises DatabaseError."""
        self.path = path
        with self.named():
            # Files that SQLite makes beside the database take its mode.
            if not path.exists() and same_as is None:
                path.touch(mode=0o600)
            before = file_id(path)
            if same_as is not None and before != same_as:
                raise self._replaced()
            self.connection = sqlite3.connect(
                _uri(path), uri=True, isolation_level=None, timeout=busy_milliseconds / 1000
            )
        try:
            with self.named():
                self._prepare()
        except errors.DatabaseError as error:
            self.connection.close()
            if not _wants_room(error):
                raise
            self.connection = self._read_without_room()
            self._has_room = False
        else:
            self._files = OpenFiles(path)
            if self._files.main != before:
                self.connection.close()
                raise self._replaced()

    def _read_without_room(self) -> sqlite3.Connection:
        """What is committed, as a copy in memory. Raises DatabaseError.

        For a moment nobody else may use the database: its index of the journal is then kept in memory too.
        """
        with self.named(), closing(sqlite3.connect(_uri(self.path), uri=True, isolation_level=None)) as file:
            file.execute("PRAGMA locking_mode = EXCLUSIVE")
            if file.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
                raise errors.NotADatabase(path=str(self.path), detail=ANOTHERS)
            memory = sqlite3.connect(":memory:", isolation_level=None)
            file.backup(memory)
            return memory

    @classmethod
    def read_only(cls, path: Path) -> Database:
        """A file that is looked at and left as it is, down to its journal mode. Raises DatabaseError."""
        opened = cls.__new__(cls)
        opened.path = path
        # Without a journal beside it nobody is writing, and nothing has to be made beside it either.
        alone = not path.with_name(f"{path.name}-wal").exists()
        uri = f"{address(path)}?mode=ro{'&immutable=1' if alone else ''}"
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
            # A file that was in another mode until now gets its journals when it is first read.
            execute("SELECT 1 FROM sqlite_schema LIMIT 1").fetchone()
        execute("PRAGMA synchronous = FULL")
        # On macOS alone: there fsync does not reach the disk by itself (sqlite.org/pragma.html#pragma_fullfsync).
        execute("PRAGMA fullfsync = ON")
        execute("PRAGMA foreign_keys = ON")
        execute("PRAGMA cache_size = -16384")

    def close(self) -> None:
        self._files = None
        self.connection.close()

    def _open_again(self) -> None:
        """Goes on in the file itself, if there is room by now. Raises DatabaseError."""
        fresh = Database(self.path)
        if not fresh._has_room:
            fresh.close()
            raise errors.DiskFull(path=str(self.path), detail="no room to open it for writing")
        self.connection.close()
        self.connection, self._files, self._has_room = fresh.connection, fresh._files, True

    # --- the file ----------------------------------------------------------------------------------------------

    @property
    def file(self) -> FileId | None:
        """Which file this has open; None once it is closed."""
        return None if self._files is None else self._files.main

    def is_replaced(self) -> bool:
        """Whether the files that this connection has open are no longer those under the database's name."""
        if self._files is None:
            return False
        if self._files.is_main_replaced():
            return True
        # One who has left WAL mode has no journals any more, and asking is slower than looking.
        return self._files.are_journals_replaced() and self.value("PRAGMA journal_mode") == "wal"

    def drop_orphaned_journals(self) -> None:
        """Removes this connection's journals from beside another database. Only after their content is elsewhere."""
        for journal in self._files.orphaned_journals() if self._files is not None else ():
            with suppress(OSError):
                journal.unlink()

    def _require_writable(self) -> None:
        if not self._has_room:
            self._open_again()
        if self.is_replaced():
            raise self._replaced()

    def _replaced(self) -> errors.DatabaseReplaced:
        return errors.DatabaseReplaced(path=str(self.path), detail="another file lies in its place")

    # --- SQL ---------------------------------------------------------------------------------------------------

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
        question = (sql, *values)
        if self._answers is not None and question in self._answers:
            return [*self._answers[question]]
        with self.named():
            found = self.connection.execute(sql, values).fetchall()
        self._remember(question, found)
        return found

    def rows_in(self, sql: str, among: Iterable[str]) -> list[tuple[Any, ...]]:
        """All rows of a question whose `IN ({})` stands for many texts; any text, for JSON would end one at its NUL."""
        texts = list(among)
        found: list[tuple[Any, ...]] = []
        for first in range(0, len(texts), _MOST_VALUES):
            part = texts[first : first + _MOST_VALUES]
            found += self.rows(sql.format(", ".join("?" * len(part))), part)
        return found

    def each(self, sql: str, values: Sequence[Any] = ()) -> Generator[tuple[Any, ...], None, None]:
        """The rows of a question one by one: of very many, only the one in hand is kept."""
        with self.named():
            yield from self.connection.execute(sql, values)

    def row(self, sql: str, values: Sequence[Any] = ()) -> tuple[Any, ...] | None:
        """The first row, or None."""
        question = (_FIRST, sql, *values)
        if self._answers is not None and question in self._answers:
            return next(iter(self._answers[question]), None)
        with self.named():
            found: tuple[Any, ...] | None = self.connection.execute(sql, values).fetchone()
        self._remember(question, [] if found is None else [found])
        return found

    def value(self, sql: str, values: Sequence[Any] = ()) -> Any:
        """The first column of the first row, or None."""
        found = self.row(sql, values)
        return None if found is None else found[0]

    def execute(self, sql: str, values: Sequence[Any] = ()) -> None:
        """Writes; on its own, or as a part of a transaction. Raises DatabaseError.

        RuntimeError within a snapshot: what is written there would be gone at its end, without a word.
        """
        if self._answers is not None:
            raise RuntimeError("a snapshot is for reading")
        if not self.connection.in_transaction:
            self._require_writable()
        self.scratch(sql, values)

    def scratch(self, sql: str, values: Sequence[Any] = ()) -> None:
        """Writes into a temporary table of this connection: nothing in the file."""
        self._forget_answers()
        with self.named():
            self.connection.execute(sql, values)

    def insert(self, sql: str, values: Sequence[Any] = ()) -> int:
        """Executes an INSERT within a transaction and returns the new row's id."""
        self._forget_answers()
        with self.named():
            return int(self.connection.execute(sql, values).lastrowid or 0)

    def executemany(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        """Writes many rows within a transaction."""
        self._forget_answers()
        with self.named():
            self.connection.executemany(sql, rows)

    def _remember(self, question: tuple[Any, ...], found: Sequence[tuple[Any, ...]]) -> None:
        if self._answers is not None and len(found) <= _MOST_ANSWERS:
            if len(self._answers) >= _MOST_ANSWERS:
                self._answers.clear()
            self._answers[question] = (*found,)

    def _forget_answers(self) -> None:
        if self._answers:
            self._answers.clear()

    @contextmanager
    def transaction(self, *, keep: bool = True) -> Iterator[None]:
        """All or nothing. With `keep=False` nothing, at the end: a trial run of the same code."""
        self.execute("BEGIN IMMEDIATE")
        try:
            yield
            if keep:
                self._require_writable()
                self.execute("COMMIT")
                # Written into a file that was taken away meanwhile is not written.
                self._require_writable()
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
        """Several questions about one and the same moment, whatever others write meanwhile; one may lie in another.

        Within it what was asked before is not asked again: the answer would be the same.
        """
        if self.connection.in_transaction:
            yield
            return
        self.scratch("BEGIN")
        self._answers = {}
        try:
            yield
        finally:
            self._answers = None
            self.scratch("ROLLBACK")

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


def stored_code(codes: type[C], value: object) -> C:
    """One of a closed list, from what a view holds. Raises DatabaseAltered for what no view of ours holds."""
    try:
        return codes(value)
    except ValueError as error:
        raise errors.DatabaseAltered(path="", detail=f"no {codes.__name__}") from error


def _without_content(error: sqlite3.Error) -> str:
    """What SQLite said, without the text that it could not read."""
    return str(error).partition(" with text ")[0]


def _wants_room(error: errors.DatabaseError) -> bool:
    return getattr(error.__cause__, "sqlite_errorcode", None) in _NO_ROOM


def address(path: PurePath) -> str:
    """A path as SQLite's URIs take it: one on a server (`\\\\server\\share`) without authority, none with `\\\\?\\`.

    Source: sqlite.org/uri.html, sections 3.1 and 3.2.
    """
    absolute = path.absolute() if isinstance(path, Path) else path
    text = str(absolute)
    for prefix, plain in (("\\\\?\\UNC\\", "\\\\"), ("\\\\?\\", "")):
        if text.startswith(prefix):
            absolute = type(absolute)(plain + text.removeprefix(prefix))
            break
    uri = absolute.as_uri()
    return uri if uri.startswith("file:///") else f"file:////{uri.removeprefix('file://')}"


def _uri(path: Path) -> str:
    """The database as SQLite names it. In a folder that cannot be written WAL cannot work, and nobody can write."""
    uri = address(path)
    return uri if os.access(path.parent, os.W_OK) else f"{uri}?immutable=1"
