"""Whether the rows of a database are such as this program writes: types, and text that is UTF-8.

SQLite itself keeps any value in any column, and any bytes in a text: another program, or a damaged disk, may have
put there what no reader expects. What the values say is not looked at here (`store.verify`).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NamedTuple

from gealc_tui.domain.entities import ENTITIES, Entity
from gealc_tui.errors import DatabaseAltered, DatabaseCorrupt, NotADatabase
from gealc_tui.store.database import Database

_TYPES: dict[str, tuple[type, ...]] = {"TEXT": (str,), "INTEGER": (int,), "BLOB": (bytes,)}


class Misfit(NamedTuple):
    """A row of `table` that holds something else than its columns say; `row` is how it begins."""

    table: str
    row: str


def is_sound(path: Path) -> bool:
    """Whether a database file is whole, and its rows such as this program writes.

    Raises DatabaseError if it cannot be looked at now: another program holds it, or nobody may read it.
    """
    try:
        with closing(Database.read_only(path)) as db:
            return db.value("PRAGMA quick_check(1)") == "ok" and next(misfits(db), None) is None
    except (DatabaseAltered, DatabaseCorrupt, NotADatabase):
        return False


def misfits(db: Database) -> Iterator[Misfit]:
    """The rows that do not fit their table, by table. Raises DatabaseError for what cannot be read."""
    tables = db.rows(
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type IN ('table', 'shadow')"
        " AND name NOT GLOB 'sqlite_*' AND name NOT GLOB '_sqlite_*' ORDER BY name"
    )
    never_empty = {model.TABLE: _never_empty(model) for model in ENTITIES.values()}
    with any_bytes(db):
        for (table,) in tables:
            columns = [
                (_TYPES.get(kind, ()), needed or name in never_empty.get(table, ()))
                for name, kind, needed in db.rows(_COLUMNS, [table])
            ]
            for row in db.each(f'SELECT * FROM "{table}"'):
                if not all(map(_fits, columns, row)):
                    yield Misfit(table, repr(row[0])[:40])


def _never_empty(model: type[Entity]) -> frozenset[str]:
    """The columns of a view that always hold something."""
    return frozenset(name for name, info in model.model_fields.items() if info.default is not None)


_COLUMNS = 'SELECT name, upper(type), "notnull" OR pk FROM pragma_table_info(?) ORDER BY cid'


def _fits(column: tuple[tuple[type, ...], bool], value: object) -> bool:
    types, needed = column
    if value is None:
        return not needed
    if types and type(value) not in types:
        return False
    return not isinstance(value, str) or value.isascii() or _is_utf8(value)


def _is_utf8(text: str) -> bool:
    """Whether a text holds none of the surrogates that `any_bytes` makes."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


@contextmanager
def any_bytes(db: Database) -> Iterator[None]:
    """Text is read whatever its bytes are; those that are no UTF-8 become surrogates."""
    factory = db.connection.text_factory
    db.connection.text_factory = lambda data: data.decode("utf-8", "surrogateescape")
    try:
        yield
    finally:
        db.connection.text_factory = factory
