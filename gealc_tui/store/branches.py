"""The log of an identity that was used on two machines: branches, kept side by side.

Where a replica has branches, each is a log with a number of its own that holds one unbroken stretch. `lineage` holds
for each the one branch from which it parts, and after which seq; what else is in its past is found by going on from
there. Promises: the lineage depends on the set of changes alone, not on the order in which they came; which number a
branch bears does depend on it, and shows nowhere. There is no limit to the branches, and the work grows with their
number and with that of the changes, not with a product of the two.

A stretch that does not reach down to the part that all branches share (there is a gap before it) parts from the end
of that part: what is not proved to be superseded stays in sight. Callers hold the transaction.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence

from gealc_tui.domain.change import Change
from gealc_tui.domain.register import Lineage, Pasts
from gealc_tui.store import log
from gealc_tui.store.database import Database
from gealc_tui.store.insertion import Insertion
from gealc_tui.store.log import Held, Run
from gealc_tui.store.registers import SEQ_BITS, SEQ_MASK

Numbered = Sequence[tuple[str, Change]]
"""Changes with their ids, an unbroken chain."""

Parents = dict[int, tuple[int, int]]
"""For a branch, by the number of its log, the one from which it parts, and the last seq that they share."""


class Branches:
    """What is held of one replica that has branches, or has them with what comes now: read once, found by ids."""

    def __init__(self, db: Database, replica: str, key: str | None, held: Held) -> None:
        self._db = db
        self._replica = replica
        self._key = key
        self._is_split = held.has_branches
        self._read(held)

    def _read(self, held: Held) -> None:
        self._places = places(self._db, held.runs)
        self._starting: dict[tuple[int, str], int] = {}
        self._ending: dict[tuple[int, str], int] = {}
        self._covered: list[tuple[int, int]] = []
        for run in held.runs:
            self._note(run)

    def _note(self, run: Run) -> None:
        self._starting.setdefault((run.first, run.previous), run.log)
        self._ending[run.last, run.tip] = run.log
        self._cover(run.first, run.last)

    def _cover(self, first: int, last: int) -> None:
        """Notes that changes with these numbers are here. What is covered is kept apart by gaps, in order."""
        start = bisect_right(self._covered, first, key=lambda one: one[1] + 1)
        if start and self._covered[start - 1][1] + 1 >= first:
            start -= 1
        end = start
        while end < len(self._covered) and self._covered[end][0] <= last + 1:
            first, last = min(first, self._covered[end][0]), max(last, self._covered[end][1])
            end += 1
        self._covered[start:end] = [(first, last)]

    def missing_before(self, after: int) -> int:
        """How many numbers from 1 to `after` are those of no change that is here."""
        return after - sum(min(last, after) - first + 1 for first, last in self._covered if first <= after)

    def lacking(self, changes: Numbered) -> list[Numbered]:
        """The unbroken stretches of `changes` that are not here."""
        found: list[list[tuple[str, Change]]] = [[]]
        for one in changes:
            if one[0] not in self._places:
                found[-1].append(one)
            elif found[-1]:
                found.append([])
        return [stretch for stretch in found if stretch]

    def insert(self, into: Insertion, changes: Numbered, signature: str | None) -> None:
        """Stores a stretch. `signature` covers its last change; None if it leads to what is here."""
        if not self._is_split:
            self._split(into)
        first, last, tip = changes[0][1], changes[-1][1], changes[-1][0]
        following = self._starting.get((last.seq + 1, tip))
        leading = self._ending.get((first.seq - 1, first.previous))
        if following is not None and signature is None:
            # The signature of what follows covers this too.
            number = following
        elif leading is not None:
            number = self._ending.pop((first.seq - 1, first.previous))
        else:
            number = log.add_log(self._db, self._replica, self._key)
        into.add(number, changes)
        log.add_run(self._db, Run(number, first.seq, last.seq, first.previous, tip, signature))
        self._places.update((id, number << SEQ_BITS | change.seq) for id, change in changes)
        self._note(log.run_of(self._db, number))

    def _split(self, into: Insertion) -> None:
        into.close()  # what was put in before may get other numbers now
        split(self._db, self._replica)
        self._is_split = True
        self._read(log.held_of(self._db, self._replica))


def split(db: Database, replica: str) -> None:
    """Gives each unbroken stretch of a replica a log of its own, as whoever has branches needs it."""
    key = db.value("SELECT key FROM logs WHERE replica = ?", [replica])
    seen: set[int] = set()
    for run in log.held_of(db, replica).runs:
        if run.log in seen:
            _renumber(db, run, log.add_log(db, replica, key))
        seen.add(run.log)


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


def places(db: Database, runs: Iterable[Run]) -> dict[str, int]:
    """The number of each change in these stretches, by its id."""
    return {
        id: n
        for run in runs
        for n, id in db.rows(
            "SELECT n, id FROM changes WHERE n BETWEEN ? AND ?", [run.log << SEQ_BITS, run.log << SEQ_BITS | SEQ_MASK]
        )
    }


def finder(db: Database, held: Held) -> Callable[[int, str], int | None]:
    """Finds the log of a replica in which a change is, by its seq and id; None if it is not here.

    Of a replica that has branches all ids are read once: to look into each branch would take as often as many times.
    """
    if held.has_branches:
        here = places(db, held.runs)
        return lambda _, id: here[id] >> SEQ_BITS if id in here else None
    number = held.runs[0].log if held.runs else 0
    return lambda seq, id: number if log.change_at(db, number, seq) == id else None


# --- lineage -----------------------------------------------------------------------------------------------------


def relate(db: Database, replica: str) -> set[int]:
    """Finds out again which branch parts from which. Returns the registers for which that may matter."""
    runs = log.held_of(db, replica).runs
    known, found = parents(db, runs), lineage(db, runs)
    altered = {number for number in known.keys() | found.keys() if known.get(number) != found.get(number)}
    db.executemany("DELETE FROM lineage WHERE log = ?", [(number,) for number in altered])
    db.executemany(
        "INSERT INTO lineage VALUES (?, ?, ?)",
        [(number, *found[number]) for number in altered if number in found],
    )
    return {
        register
        for number in _with_descendants(altered, found)
        for (register,) in db.rows(
            "SELECT DISTINCT register FROM edits WHERE change BETWEEN ? AND ?",
            [number << SEQ_BITS, number << SEQ_BITS | SEQ_MASK],
        )
    }


def relate_all(db: Database) -> None:
    """Finds out again, of everybody, which branch parts from which."""
    db.execute("DELETE FROM lineage")
    for replica in branched(db):
        relate(db, replica)


def branched(db: Database) -> list[str]:
    """The replicas that have branches."""
    return [replica for (replica,) in db.rows("SELECT replica FROM logs GROUP BY replica HAVING count(*) > 1")]


def _with_descendants(branches: set[int], parents: Parents) -> set[int]:
    children: dict[int, list[int]] = {}
    for number, (parent, _) in parents.items():
        children.setdefault(parent, []).append(number)
    found: set[int] = set()
    waiting = list(branches)
    while waiting:
        number = waiting.pop()
        if number not in found:
            found.add(number)
            waiting += children.get(number, ())
    return found


def parents(db: Database, runs: Iterable[Run]) -> Parents:
    """The lineage of these stretches as it was found out when they came."""
    rows = db.rows(
        "SELECT l.log, l.parent, l.upto FROM json_each(?) j CROSS JOIN lineage l ON l.log = j.value",
        [json.dumps([run.log for run in runs])],
    )
    return {number: (parent, upto) for number, parent, upto in rows}


def pasts(db: Database, runs: Iterable[Run]) -> Mapping[int, Mapping[int, int]]:
    """For each branch, up to which seq others are in its past."""
    return Pasts(parents(db, runs))


def all_pasts(db: Database) -> Lineage:
    """The same of everybody; branches are named by the numbers of their logs, as texts."""
    rows = db.rows("SELECT log, parent, upto FROM lineage")
    return Pasts({str(log): (str(parent), upto) for log, parent, upto in rows})


def lineage(db: Database, runs: Sequence[Run]) -> Parents:
    """From which branch each parts, found out from the changes."""
    if len({run.log for run in runs}) < 2:
        return {}
    here = places(db, runs)
    ordered = sorted(runs, key=lambda run: run.first)
    firsts = [run.first for run in ordered]
    parting = _parting(ordered, here)
    found: Parents = {}
    for run in ordered:
        before = here.get(run.previous, 0)
        if _leads(before, run):
            found[run.log] = (before >> SEQ_BITS, before & SEQ_MASK)
            continue
        # Below the parting all stretches are of one chain: the one that begins last holds its end.
        shared = min(parting, run.first) - 1
        if place := bisect_right(firsts, shared):
            parent = ordered[place - 1]
            found[run.log] = (parent.log, min(parent.last, shared))
    return found


def _parting(ordered: Sequence[Run], here: Mapping[str, int]) -> int:
    """The lowest seq under which two different changes of the replica are known, if only by name.

    `ordered` by where they begin; no change is in two of them, so where two overlap there are two.
    """
    reached = before_it = first = 0
    names: dict[int, str] = {}
    partings = [SEQ_MASK]
    for run in ordered:
        if run.first > first:
            first, before_it = run.first, reached
        if run.first <= reached:
            partings.append(run.first)
        if run.first > 1 and not _leads(here.get(run.previous, 0), run):
            is_held = run.first - 1 <= before_it
            if is_held or names.setdefault(run.first - 1, run.previous) != run.previous:
                partings.append(run.first - 1)
        reached = max(reached, run.last)
    return min(partings)


def _leads(number: int, run: Run) -> bool:
    """Whether the change with this number (0: none that is here) is the one before a stretch.

    Who writes with ill will may name as the one before it a change that stands elsewhere.
    """
    return number & SEQ_MASK == run.first - 1 > 0
