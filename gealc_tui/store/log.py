"""The log: changes appended and found again, whole.

Promise: what is appended here can be given out again byte for byte in its canonical form, with the signature that
proves it. Nothing here folds or judges; callers hold the transaction.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from gealc_tui.domain.change import NO_CHANGE, Change, Edit, Value
from gealc_tui.store.database import Database

SEQ_BITS = 40
SEQ_MASK = (1 << SEQ_BITS) - 1


class Run(NamedTuple):
    """An unbroken stretch of a log that this copy holds, from `first` to `last`, both included.

    `previous` is the id of the change before the first, `tip` that of the last. `signature` (base64) covers the
    tip; a genesis log has none.
    """

    first: int
    last: int
    previous: str
    tip: str
    signature: str | None


def encode_value(value: Value) -> str:
    """A value as stored and compared: equal values have equal texts."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def log_number(db: Database, replica: str) -> int | None:
    n: int | None = db.value("SELECT n FROM logs WHERE replica = ?", [replica])
    return n


def open_log(db: Database, replica: str, key: str | None) -> int:
    """The number of a replica's log, made if it is new. `key` is its public key (None: a genesis log)."""
    n = log_number(db, replica)
    return n if n is not None else db.insert("INSERT INTO logs (replica, key) VALUES (?, ?)", [replica, key])


def runs(db: Database, log: int) -> list[Run]:
    """The stretches of a log that are here, in order; more than one means gaps."""
    return [
        Run(*row)
        for row in db.rows("SELECT first, last, previous, tip, signature FROM runs WHERE log = ? ORDER BY first", [log])
    ]


def held(db: Database) -> dict[str, tuple[str | None, list[Run]]]:
    """For each replica, its public key and the stretches of its log that are here."""
    found: dict[str, tuple[str | None, list[Run]]] = {}
    for replica, key, *run in db.rows(
        "SELECT replica, key, first, last, previous, tip, signature FROM logs JOIN runs ON log = n"
        " ORDER BY replica, first"
    ):
        found.setdefault(replica, (key, []))[1].append(Run(*run))
    return found


def add_run(db: Database, log: int, run: Run) -> None:
    """Notes a new stretch, which overlaps none, joined with its neighbours where they meet."""
    first, last, previous, tip, signature = run
    before = db.row("SELECT first, previous FROM runs WHERE log = ? AND last = ?", [log, first - 1])
    if before is not None:
        db.execute("DELETE FROM runs WHERE log = ? AND first = ?", [log, before[0]])
        first, previous = before
    after = db.row("SELECT last, tip, signature FROM runs WHERE log = ? AND first = ?", [log, last + 1])
    if after is not None:
        db.execute("DELETE FROM runs WHERE log = ? AND first = ?", [log, last + 1])
        last, tip, signature = after
    db.execute("INSERT INTO runs VALUES (?, ?, ?, ?, ?, ?)", [log, first, last, previous, tip, signature])


def change_at(db: Database, log: int, seq: int) -> str | None:
    """The id of a change by its place."""
    found: str | None = db.value("SELECT id FROM changes WHERE n = ?", [log << SEQ_BITS | seq])
    return found


def insert(db: Database, log: int, changes: Sequence[tuple[str, Change]]) -> set[int]:
    """Stores changes (id and content) of one log; returns the numbers of the registers that they set."""
    register_of = _Registers(db)
    change_rows: list[tuple[int, str, int]] = []
    edit_rows: list[tuple[int, int, int, str]] = []
    over_rows: list[tuple[int, int, int, str]] = []
    for id, change in changes:
        n = log << SEQ_BITS | change.seq
        change_rows.append((n, id, change.at))
        for position, (entity, field, value, over) in enumerate(change.edits):
            register = register_of(entity, field)
            edit_rows.append((n, position, register, encode_value(value)))
            over_rows.extend((register, n, place, name) for place, name in enumerate(over))
    db.executemany("INSERT INTO changes VALUES (?, ?, ?)", change_rows)
    db.executemany("INSERT INTO edits VALUES (?, ?, ?, ?)", edit_rows)
    db.executemany("INSERT INTO overs VALUES (?, ?, ?, ?)", over_rows)
    return {row[2] for row in edit_rows}


class _Registers:
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


def changes(db: Database, replica: str, first: int, last: int) -> Iterator[tuple[str, Change]]:
    """The changes `first` to `last` (both included) of a log, with their ids, in order.

    Only for stretches that are held whole: `previous` of the first is looked up, or read from its run.
    """
    log = log_number(db, replica)
    if log is None:
        return
    low, high = log << SEQ_BITS | first, log << SEQ_BITS | last
    previous = change_at(db, log, first - 1) or db.value(
        "SELECT previous FROM runs WHERE log = ? AND first = ?", [log, first]
    )
    overs: dict[tuple[int, int], list[str]] = {}
    for change, register, over in db.rows(
        "SELECT o.change, o.register, o.over FROM edits e JOIN overs o USING (register, change)"
        " WHERE e.change BETWEEN ? AND ? ORDER BY o.change, o.register, o.position",
        [low, high],
    ):
        overs.setdefault((change, register), []).append(over)
    edits: dict[int, list[Edit]] = {}
    for change, register, entity, field, value in db.rows(
        "SELECT e.change, e.register, r.entity, r.field, e.value FROM edits e JOIN registers r ON r.n = e.register"
        " WHERE e.change BETWEEN ? AND ? ORDER BY e.change, e.position",
        [low, high],
    ):
        over = tuple(overs.get((change, register), ()))
        edits.setdefault(change, []).append(Edit(entity, field, json.loads(value), over))
    for n, id, at in db.rows("SELECT n, id, at FROM changes WHERE n BETWEEN ? AND ? ORDER BY n", [low, high]):
        yield id, Change(replica, n & SEQ_MASK, previous or NO_CHANGE, at, tuple(edits.get(n, ())))
        previous = id


def known_ids(db: Database, ids: Iterable[str]) -> set[str]:
    """Those of `ids` that the log holds, in whichever replica's name."""
    return {id for id in ids if db.value("SELECT 1 FROM changes WHERE id = ?", [id])}


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


def shown_value(db: Database, entity: str, field: str) -> tuple[Value, bool] | None:
    """What a register shows and whether its heads differ; None if nobody ever set it."""
    found = db.row(
        "SELECT h.value, h.differs FROM registers r JOIN heads h ON h.register = r.n"
        " WHERE r.entity = ? AND r.field = ? AND h.shown",
        [entity, field],
    )
    return None if found is None else (json.loads(found[0]), bool(found[1]))
