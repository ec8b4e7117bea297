"""One register: one field of one entity, its number in this database, and what it shows.

Promise: equal values have equal stored texts. Reads the views; the log itself is in `log`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from gealc_tui.domain.change import Value
from gealc_tui.store.database import Database, stored

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
    """Numbers for pairs of entity and field, each asked for once, and given to those that have none."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._known: dict[tuple[str, str], int] = {}

    def __call__(self, pairs: Sequence[tuple[str, str]]) -> list[int]:
        """The numbers of some registers, in their order."""
        unknown = [pair for pair in dict.fromkeys(pairs) if pair not in self._known]
        if unknown:
            # SQLite's JSON ends a text at its first NUL, which hostile names may hold.
            self._look_up([pair for pair in unknown if "\0" not in "".join(pair)])
            self._look_up_one_by_one([pair for pair in unknown if "\0" in "".join(pair)])
            self._make([pair for pair in unknown if pair not in self._known])
        return [self._known[pair] for pair in pairs]

    def _look_up(self, pairs: Sequence[tuple[str, str]]) -> None:
        for entity, field, n in self._db.rows(
            "SELECT r.entity, r.field, r.n FROM json_each(?) j JOIN registers r"
            " ON r.entity = j.value ->> 0 AND r.field = j.value ->> 1",
            [_spell(pairs)],
        ):
            self._known[entity, field] = n

    def _look_up_one_by_one(self, pairs: Sequence[tuple[str, str]]) -> None:
        for pair in pairs:
            if (n := self._db.value("SELECT n FROM registers WHERE entity = ? AND field = ?", pair)) is not None:
                self._known[pair] = n

    def _make(self, pairs: Sequence[tuple[str, str]]) -> None:
        if pairs:
            last = self._db.value("SELECT max(n) FROM registers") or 0
            new = {pair: n for n, pair in enumerate(pairs, last + 1)}
            self._db.executemany(
                "INSERT INTO registers VALUES (?, ?, ?)", ((n, entity, field) for (entity, field), n in new.items())
            )
            self._known.update(new)


class Told(NamedTuple):
    """A register as it stands. `text` is the stored text of the value that is shown, None if nobody ever set it."""

    entity: str
    field: str
    text: str | None
    differs: bool
    log: int | None
    """Number of the log whose value is shown."""

    @property
    def value(self) -> Value:
        return None if self.text is None else stored(self.text)


def told(db: Database, registers: Iterable[int]) -> dict[int, Told]:
    """Many registers at once, by number, in the order of entity and field."""
    return {
        n: Told(entity, field, text, bool(differs), None if change is None else change >> SEQ_BITS)
        for n, entity, field, text, differs, change in db.rows(
            "SELECT r.n, r.entity, r.field, h.value, h.differs, h.change FROM json_each(?) j"
            " JOIN registers r ON r.n = j.value LEFT JOIN heads h ON h.register = r.n AND h.shown"
            " ORDER BY r.entity, r.field",
            [_spell(list(registers))],
        )
    }


def counts_of(db: Database, entities: Iterable[str]) -> dict[str, int]:
    """How many registers each of some entities has."""
    return dict(db.rows_in("SELECT entity, count(*) FROM registers WHERE entity IN ({}) GROUP BY entity", entities))


def set_by(db: Database, changes: Iterable[int]) -> set[int]:
    """The registers that some changes set, by the changes' numbers."""
    rows = db.rows(
        "SELECT DISTINCT e.register FROM json_each(?) j JOIN edits e ON e.change = j.value", [_spell(list(changes))]
    )
    return {register for (register,) in rows}


def shown(db: Database, register: int) -> Shown | None:
    """What a register shows; None if nobody ever set it."""
    row = db.row("SELECT value, differs FROM heads WHERE register = ? AND shown", [register])
    return None if row is None else Shown(stored(row[0]), bool(row[1]))


def shown_in(db: Database, entity: str, field: str) -> Shown | None:
    """What a field of an entity shows; None if nobody ever set it."""
    register = db.value("SELECT n FROM registers WHERE entity = ? AND field = ?", [entity, field])
    return None if register is None else shown(db, register)


def shown_in_all(db: Database, kind: str, field: str) -> list[tuple[str, Value]]:
    """What a field shows of each entity of a kind."""
    return [
        (entity, stored(value))
        for entity, value in db.rows(
            "SELECT r.entity, h.value FROM registers r JOIN heads h ON h.register = r.n"
            " WHERE r.entity >= ?1 || '/' AND r.entity < ?1 || '0' AND r.field = ?2 AND h.shown ORDER BY r.entity",
            [kind, field],
        )
    ]


def said_by_themselves(db: Database, kind: str, field: str) -> list[tuple[str, Value]]:
    """All values that a field of an entity of a kind (`person/<replica>`) ever had by that replica's own word."""
    return [
        (replica, json.loads(value))
        for replica, value in db.rows(
            "SELECT l.replica, e.value FROM registers r JOIN edits e ON e.register = r.n"
            " JOIN logs l ON l.n = e.change >> ?3"
            " WHERE r.entity >= ?1 || '/' AND r.entity < ?1 || '0' AND r.field = ?2"
            " AND r.entity = ?1 || '/' || l.replica ORDER BY e.change",
            [kind, field, SEQ_BITS],
        )
    ]


def said_by(db: Database, replica: str, entity: str, field: str) -> list[Value]:
    """All values that a register ever had by a replica's own word."""
    rows = db.rows(
        "SELECT e.value FROM registers r JOIN edits e ON e.register = r.n JOIN logs l ON l.n = e.change >> ?"
        " WHERE r.entity = ? AND r.field = ? AND l.replica = ? ORDER BY e.change",
        [SEQ_BITS, entity, field, replica],
    )
    return [json.loads(value) for (value,) in rows]


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
