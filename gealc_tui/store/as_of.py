"""The plan as it stood: the same fold over fewer changes, in a database in memory.

The rows of some changes are copied as they lie in the log, what branches share is related anew from these alone, and
the views are made by the same `rebuild`. So every question and every report works on it; nothing in it is local, and
nothing of it is ever written back.
"""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Sequence
from typing import NamedTuple

from gealc_tui.domain.moment import HeldRun, Moment
from gealc_tui.store import branches, log, plan_part, run_sets, views
from gealc_tui.store.database import Database
from gealc_tui.store.insertion import Insertion
from gealc_tui.store.queries import Queries
from gealc_tui.store.registers import SEQ_BITS, SEQ_MASK
from gealc_tui.store.run_sets import Missing, Numbers

_KEPT = 4
"""Folds that are kept, the last that were asked for."""


class Stood(NamedTuple):
    """The plan as it stood, to be asked like the present one."""

    read: Queries
    missing: tuple[Missing, ...]
    """What belongs to it and is not here."""
    is_verified: bool
    """Whether it is the very plan that the moment vouches for, whatever else may lack."""


class Past:
    """Folds of one copy, each made once."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._kept: OrderedDict[object, Stood] = OrderedDict()

    def at(self, moment: Moment, more: Sequence[str] = ()) -> Stood:
        """The plan at a moment: its runs, its own change, and those of `more` (their ids) that are here.

        Raises Stopped.
        """
        found = run_sets.found(self._db, moment.runs)
        own = run_sets.number_of(self._db, moment.own_run)
        added = [n for id in sorted(more) if (n := run_sets.number_named(self._db, id)) is not None]
        key = moment.key, found.numbers, own, tuple(added)
        if (stood := self._look_up(key)) is None:
            copy = folded(self._db, found.numbers)
            is_verified = moment.plan is not None and plan_part.fingerprint(copy, moment.plan) == moment.fingerprint
            if own is not None and not found.hold(own):
                add_change(self._db, copy, own)
            for number in added:
                if number != own and not found.hold(number):
                    add_change(self._db, copy, number)
            stood = self._keep(key, Stood(Queries(copy), found.missing, is_verified))
        return stood

    def of(self, runs: Sequence[HeldRun]) -> Stood:
        """The plan as it follows from some runs. Raises Stopped."""
        found = run_sets.found(self._db, runs)
        if (stood := self._look_up(found.numbers)) is None:
            copy = folded(self._db, found.numbers)
            stood = self._keep(found.numbers, Stood(Queries(copy), found.missing, not found.missing))
        return stood

    def _look_up(self, key: object) -> Stood | None:
        if key in self._kept:
            self._kept.move_to_end(key)
        return self._kept.get(key)

    def _keep(self, key: object, stood: Stood) -> Stood:
        self._kept[key] = stood
        if len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
        return stood


def folded(db: Database, numbers: Sequence[Numbers]) -> Database:
    """A database in memory that holds just these changes. Whoever asks closes it. Raises Stopped."""
    copy = db.empty_copy()
    with copy.transaction():
        _copy_rows(db, copy, numbers)
        for replica in branches.branched(copy):
            # What lies between two stretches of one log here may be no part of it.
            branches.split(copy, replica)
        views.rebuild(copy)
    return copy


def _copy_rows(db: Database, copy: Database, numbers: Sequence[Numbers]) -> None:
    for first, last in numbers:
        between = [first, last]
        copy.executemany(
            "INSERT OR IGNORE INTO logs VALUES (?, ?, ?)",
            db.rows("SELECT n, replica, key FROM logs WHERE n = ?", [first >> SEQ_BITS]),
        )
        _add_run(db, copy, first, last)
        for table, column in (("changes", "n"), ("edits", "change")):
            rows = db.each(f"SELECT * FROM {table} WHERE {column} BETWEEN ? AND ?", between)
            copy.copy_rows(table, rows)
        overs = db.each(
            "SELECT o.register, o.change, o.position, o.over, NULL FROM edits e JOIN overs o USING (register, change)"
            " WHERE e.change BETWEEN ? AND ?",
            between,
        )
        copy.copy_rows("overs", overs)
    used = json.dumps([n for (n,) in copy.rows("SELECT DISTINCT register FROM edits")])
    rows = db.each("SELECT r.* FROM json_each(?) j JOIN registers r ON r.n = j.value", [used])
    copy.copy_rows("registers", rows)


def _add_run(db: Database, copy: Database, first: int, last: int) -> None:
    number, start, end = first >> SEQ_BITS, first & SEQ_MASK, last & SEQ_MASK
    previous = log.change_at(db, number, start - 1) or db.value(
        "SELECT previous FROM runs WHERE log = ? AND first = ?", [number, start]
    )
    tip = log.change_at(db, number, end)
    log.add_run(copy, log.Run(number, start, end, previous or "", tip or "", None))


def add_change(db: Database, copy: Database, change: int) -> None:
    """Puts one more change, by its number, into what was folded."""
    number, seq = change >> SEQ_BITS, change & SEQ_MASK
    with copy.transaction():
        for replica, key in db.rows("SELECT replica, key FROM logs WHERE n = ?", [number]):
            copy.execute("INSERT OR IGNORE INTO logs VALUES (?, ?, ?)", [number, replica, key])
        _add_run(db, copy, change, change)
        # Registers keep their numbers, which the rows that were copied name.
        copy.copy_rows(
            "registers",
            db.rows(
                "SELECT DISTINCT r.* FROM edits e JOIN registers r ON r.n = e.register WHERE e.change = ?", [change]
            ),
            or_ignore=True,
        )
        into = Insertion(copy)
        into.add(number, list(log.changes(db, number, seq, seq)))
        into.close()
        author = copy.value("SELECT replica FROM logs WHERE n = ?", [number])
        if author in branches.branched(copy):
            branches.split(copy, author)
            into.touched |= branches.relate(copy, author)
        views.refresh(copy, into.touched)
