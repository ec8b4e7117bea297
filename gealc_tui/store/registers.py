"""One register: one field of one entity, its number in this database, and what it shows.

Promise: equal values have equal stored texts. Reads the views; the log itself is in `log`.
"""

from __future__ import annotations

import json
from typing import NamedTuple

from gealc_tui.domain.change import Value
from gealc_tui.store.database import Database

SEQ_BITS = 40
"""A change's number is `log << SEQ_BITS | seq`."""

SEQ_MASK = (1 << SEQ_BITS) - 1


class Shown(NamedTuple):
    """What a register shows, and whether its heads differ."""

    value: Value
    differs: bool


_spell = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def encode_value(value: Value) -> str:
    """A value as stored and compared: equal values have equal texts."""
    return _spell(value)


class Numbers:
    """Numbers for pairs of entity and field, each asked for once."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._known: dict[tuple[str, str], int] = {}

    def __call__(self, entity: str, field: str) -> int:
        pair = (entity, field)
        n = self._known.get(pair)
        if n is None:
            n = self._db.value("SELECT n FROM registers WHERE entity = ? AND field = ?", pair)
            if n is None:
                n = self._db.insert("INSERT INTO registers (entity, field) VALUES (?, ?)", pair)
            self._known[pair] = n
        return n


def name(db: Database, register: int) -> tuple[str, str]:
    """The entity and field of a register."""
    entity, field = db.row("SELECT entity, field FROM registers WHERE n = ?", [register]) or ("", "")
    return entity, field


def of_entity(db: Database, entity: str) -> set[int]:
    """The numbers of all registers that an entity has."""
    return {n for (n,) in db.rows("SELECT n FROM registers WHERE entity = ?", [entity])}


def shown(db: Database, register: int) -> Shown | None:
    """What a register shows; None if nobody ever set it."""
    row = db.row("SELECT value, differs FROM heads WHERE register = ? AND shown", [register])
    return None if row is None else Shown(json.loads(row[0]), bool(row[1]))


def shown_in(db: Database, entity: str, field: str) -> Shown | None:
    """What a field of an entity shows; None if nobody ever set it."""
    register = db.value("SELECT n FROM registers WHERE entity = ? AND field = ?", [entity, field])
    return None if register is None else shown(db, register)


def shown_in_all(db: Database, kind: str, field: str) -> list[tuple[str, Value]]:
    """What a field shows of each entity of a kind."""
    return [
        (entity, json.loads(value))
        for entity, value in db.rows(
            "SELECT r.entity, h.value FROM registers r JOIN heads h ON h.register = r.n"
            " WHERE r.entity >= ?1 || '/' AND r.entity < ?1 || '0' AND r.field = ?2 AND h.shown ORDER BY r.entity",
            [kind, field],
        )
    ]


def speaker(db: Database, register: int) -> str:
    """The replica whose value a register shows."""
    change = db.value("SELECT change FROM heads WHERE register = ? AND shown", [register])
    return str(db.value("SELECT replica FROM logs WHERE n = ?", [change >> SEQ_BITS]))


def standing_of_others(db: Database, log: int, entity: str, field: str) -> tuple[str, ...]:
    """The ids of a register's heads that other logs wrote: what a new edit of `log` goes over. Sorted."""
    return tuple(
        id
        for (id,) in db.rows(
            "SELECT c.id FROM registers r JOIN heads h ON h.register = r.n JOIN changes c ON c.n = h.change"
            " WHERE r.entity = ? AND r.field = ? AND h.change >> ? <> ? ORDER BY c.id",
            [entity, field, SEQ_BITS, log],
        )
    )
