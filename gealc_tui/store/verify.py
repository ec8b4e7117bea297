"""Everything derived again from the log: what disagrees is listed.

Catches what a damaged disk, another program or a fault of ours may have done: an id that is not the hash of its
change, a chain with a broken link, a signature that does not fit, a view that is not what the log folds to.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from gealc_tui import errors
from gealc_tui.domain.change import change_id, genesis_id, is_genesis
from gealc_tui.domain.entities import ENTITIES
from gealc_tui.store import branches, log, soundness, views
from gealc_tui.store.database import Database
from gealc_tui.store.registers import SEQ_BITS, SEQ_MASK, encode_value

SignatureCheck = Callable[[str, str, int, str, str], bool]
"""replica, key, seq, tip, signature → whether it fits."""


_LOG = ("logs", "runs", "changes", "registers", "edits", "overs")
_VIEWS = ("heads", "instants", "deletions", "search", "translations", *(model.TABLE for model in ENTITIES.values()))


class Fault(NamedTuple):
    """`kind` is a code: file, value, edits, hash, chain, signature, genesis, missing, view, local; `place` says where.

    What is a fault of a view alone, a rebuild mends. `local` is what this copy keeps beside the plan.
    """

    kind: str
    place: str


def faults(db: Database, is_signed: SignatureCheck) -> Iterator[Fault]:
    """All disagreements. Rebuilds the views to compare them, so give it a copy. Never raises for what is stored."""
    try:
        yield from _faults(db, is_signed)
    except errors.DatabaseError as error:
        yield Fault("file", error.detail)


def _faults(db: Database, is_signed: SignatureCheck) -> Iterator[Fault]:
    for (said,) in db.rows("PRAGMA integrity_check"):
        if said != "ok":
            # SQLite looks into the full-text table too, since 3.44; that is made anew like every view.
            yield Fault("view" if _IS_OF_SEARCH in said else "file", said)
    misfits = list(soundness.misfits(db))
    yield from (Fault(_kind_of(one.table), f"{one.table} {one.row}") for one in misfits)
    if any(_kind_of(one.table) == "value" for one in misfits):
        return  # neither read nor folded
    unreadable = list(_unreadable(db))
    yield from unreadable
    if unreadable:
        return  # neither hashed nor folded
    yield from _loose(db)
    for replica, held in log.held(db).items():
        for run in held.runs:
            yield from _run_faults(db, replica, held, run, is_signed)
        if held.has_branches and branches.lineage(db, held.runs) != branches.parents(db, held.runs):
            yield Fault("view", f"lineage {replica}")
    yield from _view_faults(db)


_IS_OF_SEARCH = "FTS5 table main.search"
"""What SQLite says of a full-text table that does not fit."""


def _kind_of(table: str) -> str:
    """What a row that does not fit is a fault of, by where it stands."""
    if table in _LOG:
        return "value"
    return "view" if table in _VIEWS or table.startswith("search") else "local"


def _unreadable(db: Database) -> Iterator[Fault]:
    """Edits that are no edits: a value that is not spelled as we spell it, a register set twice by one change."""
    for change, value in db.rows("SELECT change, value FROM edits"):
        if not _is_readable(value):
            yield Fault("value", _place(db, change))
    for (change,) in db.rows("SELECT change FROM edits GROUP BY change, register HAVING count(*) > 1"):
        yield Fault("edits", _place(db, change))


@lru_cache(4_096)  # the same few values stand in most edits
def _is_readable(value: str) -> bool:
    try:
        return encode_value(json.loads(value, parse_float=_no_float)) == value
    except (TypeError, ValueError, RecursionError):
        return False


def _no_float(text: str) -> float:
    raise ValueError(text)


def _loose(db: Database) -> Iterator[Fault]:
    """Changes that lie in no run, so that no signature covers them, and edits that belong to no change."""
    for (change,) in db.rows(
        "SELECT n FROM changes WHERE NOT EXISTS"
        " (SELECT 1 FROM runs WHERE log = n >> ?1 AND n & ?2 BETWEEN first AND last)",
        [SEQ_BITS, SEQ_MASK],
    ):
        yield Fault("signature", _place(db, change))
    for (change,) in db.rows("SELECT DISTINCT change FROM edits WHERE change NOT IN (SELECT n FROM changes)"):
        yield Fault("missing", _place(db, change))


def _place(db: Database, change: int) -> str:
    replica = db.value("SELECT replica FROM logs WHERE n = ?", [change >> SEQ_BITS])
    return f"{replica} {change & SEQ_MASK}"


def _run_faults(db: Database, replica: str, held: log.Held, run: log.Run, is_signed: SignatureCheck) -> Iterator[Fault]:
    previous, seq = run.previous, run.first - 1
    for id, change in log.changes(db, run.log, run.first, run.last):
        place = f"{replica} {change.seq}"
        if change.seq != seq + 1:
            yield Fault("missing", place)
        if change_id(change) != id:
            yield Fault("hash", place)
        if change.previous != previous:
            yield Fault("chain", place)
        previous, seq = id, change.seq
    place = f"{replica} {run.last}"
    if seq != run.last or previous != run.tip:
        yield Fault("missing", place)
    if is_genesis(replica):
        if replica != genesis_id(run.tip):
            yield Fault("genesis", place)
    elif run.signature is None or not is_signed(replica, held.key or "", run.last, run.tip, run.signature):
        yield Fault("signature", place)


def _view_faults(db: Database) -> Iterator[Fault]:
    tables = ["overs", *_VIEWS]
    with soundness.any_bytes(db):
        was = {table: _content(db, table) for table in tables}
    views.rebuild(db)
    for table in tables:
        for row in sorted(was[table] ^ _content(db, table), key=repr):
            yield Fault("view", f"{table} {row[0]}")


def _content(db: Database, table: str) -> set[tuple[Any, ...]]:
    return set(db.rows(f"SELECT * FROM {table}"))
