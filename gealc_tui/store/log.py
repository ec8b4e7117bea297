"""The log: changes appended and found again, whole.

Promise: what is appended here can be given out again byte for byte in its canonical form, with the signature that
proves it. Nothing here folds or judges; callers hold the transaction.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from gealc_tui.domain.change import NO_CHANGE, Change, Edit
from gealc_tui.store.database import Database, stored
from gealc_tui.store.registers import SEQ_BITS, SEQ_MASK


class Run(NamedTuple):
    """An unbroken stretch that this copy holds of the log numbered `log`, from `first` to `last`, both included.

    `previous` is the id of the change before the first, `tip` that of the last. `signature` (base64) covers the
    tip; a genesis log has none.
    """

    log: int
    first: int
    last: int
    previous: str
    tip: str
    signature: str | None


class Held(NamedTuple):
    """What is here of one replica: its public key, and stretches.

    Of a replica whose identity was used once, all stretches are of one log, and more than one means gaps. Else each
    branch is a log with a number of its own, and holds one stretch (`store.branches`).
    """

    key: str | None
    runs: tuple[Run, ...]

    @property
    def has_branches(self) -> bool:
        return len({run.log for run in self.runs}) > 1


NOTHING = Held(None, ())


def numbers(db: Database, replica: str) -> list[int]:
    """The numbers of a replica's logs: none, one, or as many as it has branches."""
    return [n for (n,) in db.rows("SELECT n FROM logs WHERE replica = ? ORDER BY n", [replica])]


def key_of(db: Database, replica: str) -> str | None:
    """The public key of a replica of whom something is here."""
    found: str | None = db.value("SELECT key FROM logs WHERE replica = ? LIMIT 1", [replica])
    return found


def open_log(db: Database, replica: str, key: str | None) -> int:
    """The number of a replica's only log, made if it is new. `key` is its public key (None: a genesis log)."""
    found = numbers(db, replica)
    return found[0] if found else add_log(db, replica, key)


def add_log(db: Database, replica: str, key: str | None) -> int:
    """The number of a new log of a replica, beside what others it has."""
    return db.insert("INSERT INTO logs (replica, key) VALUES (?, ?)", [replica, key])


def genesis_of(db: Database, entity: str) -> str | None:
    """The official document (its replica) that told of an entity first; None if none did."""
    found: str | None = db.value(
        "SELECT l.replica FROM registers r JOIN edits e ON e.register = r.n JOIN logs l ON l.n = e.change >> ?"
        " WHERE r.entity = ? AND l.key IS NULL ORDER BY e.change LIMIT 1",
        [SEQ_BITS, entity],
    )
    return found


_HELD = (
    "SELECT l.replica, l.key, r.log, r.first, r.last, r.previous, r.tip, r.signature FROM logs l JOIN runs r"
    " ON r.log = l.n {where} ORDER BY l.replica, r.first, r.tip"
)


def held(db: Database) -> dict[str, Held]:
    """What is here of each replica, stretches in order."""
    found: dict[str, tuple[str | None, list[Run]]] = {}
    for replica, key, *run in db.rows(_HELD.format(where="")):
        found.setdefault(replica, (key, []))[1].append(Run(*run))
    return {replica: Held(key, tuple(runs)) for replica, (key, runs) in found.items()}


def held_of(db: Database, replica: str) -> Held:
    """What is here of one replica."""
    rows = db.rows(_HELD.format(where="WHERE l.replica = ?"), [replica])
    return Held(rows[0][1], tuple(Run(*row[2:]) for row in rows)) if rows else NOTHING


def run_of(db: Database, log: int) -> Run:
    """The only stretch of a branch."""
    return Run(*db.rows("SELECT log, first, last, previous, tip, signature FROM runs WHERE log = ?", [log])[0])


def add_run(db: Database, run: Run) -> None:
    """Notes a new stretch, which overlaps none of its log, joined with its neighbours where they meet."""
    log, first, last, previous, tip, signature = run
    before = db.row("SELECT first, previous FROM runs WHERE log = ? AND last = ?", [log, first - 1])
    if before is not None:
        db.execute("DELETE FROM runs WHERE log = ? AND first = ?", [log, before[0]])
        first, previous = before
    after = db.row("SELECT last, tip, signature FROM runs WHERE log = ? AND first = ?", [log, last + 1])
    if after is not None:
        db.execute("DELETE FROM runs WHERE log = ? AND first = ?", [log, last + 1])
        last, tip, signature = after
    db.execute("INSERT INTO runs VALUES (?, ?, ?, ?, ?, ?)", [log, first, last, previous, tip, signature])


def count(db: Database) -> int:
    """How many changes are here."""
    return int(db.value("SELECT coalesce(sum(last - first + 1), 0) FROM runs"))


def change_at(db: Database, log: int, seq: int) -> str | None:
    """The id of a change by its place."""
    found: str | None = db.value("SELECT id FROM changes WHERE n = ?", [log << SEQ_BITS | seq])
    return found


def changes(db: Database, log: int, first: int, last: int) -> Iterator[tuple[str, Change]]:
    """The changes `first` to `last` (both included) of a log, with their ids, in order.

    Only for stretches that are held whole: `previous` of the first is looked up, or read from its run.
    """
    replica = str(db.value("SELECT replica FROM logs WHERE n = ?", [log]))
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
        edits.setdefault(change, []).append(Edit(entity, field, stored(value), over))
    for n, id, at in db.rows("SELECT n, id, at FROM changes WHERE n BETWEEN ? AND ? ORDER BY n", [low, high]):
        yield id, Change(replica, n & SEQ_MASK, previous or NO_CHANGE, at, tuple(edits.get(n, ())))
        previous = id


def place_of(db: Database, id: str, near: int) -> tuple[int, int] | None:
    """The log and seq of a change, looked for in the log numbered `near` first, from its end."""
    low, high = near << SEQ_BITS, near << SEQ_BITS | SEQ_MASK
    n = db.value("SELECT n FROM changes WHERE n BETWEEN ? AND ? AND id = ? ORDER BY n DESC LIMIT 1", [low, high, id])
    n = n if n is not None else db.value("SELECT n FROM changes WHERE id = ?", [id])
    return None if n is None else (n >> SEQ_BITS, n & SEQ_MASK)
