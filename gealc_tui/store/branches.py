"""The log of an identity that was used on two machines: branches, kept side by side.

Where a replica has branches, each is a log with a number of its own that holds one unbroken stretch, and `lineage`
says which stretches of the others are in its past. Promise: the lineage depends on the set of changes alone, not on
the order in which they came; which number a branch bears does depend on it, and shows nowhere.

A stretch that does not reach down to the part that all branches share (there is a gap before it) has that part in
its past, and nothing else: what is not proved to be superseded stays in sight. Callers hold the transaction.
"""

from __future__ import annotations

from collections.abc import Sequence

from gealc_tui.domain.change import Change
from gealc_tui.store import log
from gealc_tui.store.database import Database
from gealc_tui.store.insertion import Insertion
from gealc_tui.store.log import Held, Run
from gealc_tui.store.registers import SEQ_BITS, SEQ_MASK

Numbered = Sequence[tuple[str, Change]]
"""Changes with their ids, an unbroken chain."""


def lacking(db: Database, replica: str, changes: Numbered) -> list[Numbered]:
    """The unbroken stretches of `changes` that are not here."""
    numbers = log.numbers(db, replica)
    here = {id for id, change in changes if any(log.change_at(db, n, change.seq) == id for n in numbers)}
    found: list[list[tuple[str, Change]]] = [[]]
    for one in changes:
        if one[0] not in here:
            found[-1].append(one)
        elif found[-1]:
            found.append([])
    return [stretch for stretch in found if stretch]


def insert(
    db: Database, into: Insertion, replica: str, key: str | None, changes: Numbered, signature: str | None
) -> None:
    """Stores a stretch of a replica that has branches, or has them with this.

    `signature` covers its last change; None if it leads to what is here. `relate` has to follow.
    """
    into.close()  # what was put in before may get other numbers now
    held = _split(db, replica, key, log.held_of(db, replica))
    first, last, tip = changes[0][1], changes[-1][1], changes[-1][0]
    following = [run for run in held.runs if run.previous == tip and run.first == last.seq + 1]
    leading = [run for run in held.runs if run.tip == first.previous and run.last == first.seq - 1]
    if following and signature is None:
        # The signature of what follows covers this too.
        number = following[0].log
    elif leading:
        number = leading[0].log
    else:
        number = log.add_log(db, replica, key)
    into.add(number, changes)
    log.add_run(db, Run(number, first.seq, last.seq, first.previous, tip, signature))


def _split(db: Database, replica: str, key: str | None, held: Held) -> Held:
    """Gives each stretch a log of its own."""
    seen: set[int] = set()
    for run in held.runs:
        if run.log in seen:
            _renumber(db, run, log.add_log(db, replica, key))
        seen.add(run.log)
    return log.held_of(db, replica)


def _renumber(db: Database, run: Run, number: int) -> None:
    low, high = run.log << SEQ_BITS | run.first, run.log << SEQ_BITS | run.last
    moved = (number - run.log) << SEQ_BITS
    for table, column in (
        ("changes", "n"),
        ("edits", "change"),
        ("overs", "change"),
        ("overs", "seen"),
        ("heads", "change"),
        ("instants", "change"),
        ("steps", "change"),
        ("steps", "target"),
    ):
        db.execute(f"UPDATE {table} SET {column} = {column} + ? WHERE {column} BETWEEN ? AND ?", [moved, low, high])
    db.execute("UPDATE runs SET log = ? WHERE log = ? AND first = ?", [number, run.log, run.first])


def relate(db: Database, replica: str) -> set[int]:
    """Finds out again which branch has which in its past. Returns the registers that the replica sets."""
    runs = log.held_of(db, replica).runs
    pasts = lineage(db, replica, runs)
    numbers = [run.log for run in runs]
    marks = ", ".join("?" * len(numbers))
    db.execute(f"DELETE FROM lineage WHERE log IN ({marks})", numbers)
    db.executemany(
        "INSERT INTO lineage VALUES (?, ?, ?)",
        [(number, ancestor, upto) for number, past in pasts.items() for ancestor, upto in past.items()],
    )
    return {
        register
        for number in numbers
        for (register,) in db.rows(
            "SELECT DISTINCT register FROM edits WHERE change BETWEEN ? AND ?",
            [number << SEQ_BITS, number << SEQ_BITS | SEQ_MASK],
        )
    }


def lineage(db: Database, replica: str, runs: Sequence[Run]) -> dict[int, dict[int, int]]:
    """For each branch, up to which seq others are in its past."""
    parting = _parting(db, runs)
    pasts: dict[int, dict[int, int]] = {}
    for run in sorted(runs, key=lambda one: one.first):
        parent = _parent(db, runs, run)
        if parent is None:
            shared = min(parting, run.first) - 1
            others = (one for one in runs if one.log != run.log and one.first <= shared)
            pasts[run.log] = {one.log: min(one.last, shared) for one in others}
        else:
            # Its parent begins before it, and so was dealt with.
            pasts[run.log] = {**pasts[parent.log], parent.log: run.first - 1}
    return pasts


def _parent(db: Database, runs: Sequence[Run], run: Run) -> Run | None:
    """The branch that holds the change before `run`, if it is here."""
    for one in runs:
        if one.first < run.first <= one.last + 1 and log.change_at(db, one.log, run.first - 1) == run.previous:
            return one
    return None


def _parting(db: Database, runs: Sequence[Run]) -> int:
    """The lowest seq under which two different changes of the replica are known, if only by name."""
    seqs = {run.first for run in runs} | {run.first - 1 for run in runs if run.first > 1}
    for seq in sorted(seqs):
        names = {log.change_at(db, run.log, seq) for run in runs if run.first <= seq <= run.last}
        names |= {run.previous for run in runs if run.first - 1 == seq}
        if len(names) > 1:
            return seq
    return SEQ_MASK
