"""Stretches of logs, as moments name them, found again among the local logs.

Which local log holds what branches share differs from copy to copy, so a run is walked from its tip back along
`previous`. Reads the log; callers hold a snapshot or a transaction.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from gealc_tui.domain.moment import HeldRun, Reason
from gealc_tui.domain.vocabulary import Trust
from gealc_tui.store import local, log, waiting
from gealc_tui.store.database import Database
from gealc_tui.store.registers import SEQ_BITS, SEQ_MASK

Numbers = tuple[int, int]
"""The numbers of the first and the last of changes that follow each other in one local log."""


class Missing(NamedTuple):
    """How many changes of an author are not here, and why."""

    replica: str
    changes: int
    reason: Reason


class Found(NamedTuple):
    """Where the changes of some runs lie, each once, and what lacks."""

    numbers: tuple[Numbers, ...]
    missing: tuple[Missing, ...]

    def hold(self, change: int) -> bool:
        """Whether a change is among them, by its number."""
        return any(first <= change <= last for first, last in self.numbers)


def held(db: Database) -> tuple[HeldRun, ...]:
    """All that is here: the stretches of every log, those of official documents included."""
    return tuple(
        HeldRun(replica, run.first, run.last, run.tip) for replica, of in log.held(db).items() for run in of.runs
    )


def found(db: Database, runs: Iterable[HeldRun]) -> Found:
    """The changes of some runs. Runs may overlap, and may name what does not exist."""
    numbers: list[Numbers] = []
    lacking: dict[str, int] = {}
    for run in runs:
        here = _walked(db, run)
        numbers += here
        if lacks := run.last - run.first + 1 - sum(last - first + 1 for first, last in here):
            lacking[run.replica] = lacking.get(run.replica, 0) + lacks
    missing = tuple(Missing(replica, lacks, _reason(db, replica)) for replica, lacks in sorted(lacking.items()))
    return Found(_joined(numbers), missing)


def number_of(db: Database, run: HeldRun) -> int | None:
    """The number of a run's last change, if it is here."""
    logs = log.numbers(db, run.replica)
    return next((n << SEQ_BITS | run.last for n in logs if log.change_at(db, n, run.last) == run.tip), None)


def number_named(db: Database, change: str) -> int | None:
    """The number here of a change by its id."""
    found: int | None = db.value("SELECT n FROM changes WHERE id = ? LIMIT 1", [change])
    return found


def _walked(db: Database, run: HeldRun) -> list[Numbers]:
    logs = log.numbers(db, run.replica)
    tip = number_of(db, run)
    if tip is None:
        # Of a log without branches, what is here before its tip is part of it all the same.
        return _within(db, logs[0], run) if len(logs) == 1 else []
    numbers = []
    at, last = tip >> SEQ_BITS, run.last
    while True:
        first, previous = _stretch(db, at, last)
        first = max(first, run.first)
        numbers.append((at << SEQ_BITS | first, at << SEQ_BITS | last))
        if first == run.first:
            return numbers
        parent = next((n for n in logs if log.change_at(db, n, first - 1) == previous), None)
        if parent is None:
            return numbers + (_within(db, at, run._replace(last=first - 1)) if len(logs) == 1 else [])
        at, last = parent, first - 1


def _stretch(db: Database, number: int, seq: int) -> tuple[int, str]:
    """Where the stretch of a local log begins that holds a change, and the id of the change before it."""
    row = db.row(
        "SELECT first, previous FROM runs WHERE log = ? AND first <= ? ORDER BY first DESC LIMIT 1", [number, seq]
    )
    return (row[0], row[1]) if row is not None else (seq, "")


def _within(db: Database, number: int, run: HeldRun) -> list[Numbers]:
    base = number << SEQ_BITS
    return [
        (base | max(first, run.first), base | min(last, run.last))
        for first, last in db.rows(
            "SELECT first, last FROM runs WHERE log = ? AND first <= ? AND last >= ? ORDER BY first",
            [number, run.last, run.first],
        )
    ]


def _joined(numbers: Sequence[Numbers]) -> tuple[Numbers, ...]:
    """The same changes, each once, in order."""
    joined: list[Numbers] = []
    for first, last in sorted(numbers):
        if joined and first <= joined[-1][1] + 1 and first >> SEQ_BITS == joined[-1][1] >> SEQ_BITS:
            joined[-1] = joined[-1][0], max(last, joined[-1][1])
        else:
            joined.append((first, last))
    return tuple(joined)


def _reason(db: Database, replica: str) -> Reason:
    if local.trust_in(db, replica) is Trust.BLOCKED:
        return Reason.BLOCKED
    return Reason.WAITING if replica in waiting.authors(db) else Reason.MISSING


def outside(db: Database, numbers: Sequence[Numbers]) -> list[Numbers]:
    """All changes that are here and not among these, as numbers of local logs."""
    left: list[Numbers] = []
    for (number,) in db.rows("SELECT n FROM logs ORDER BY n"):
        first, end = number << SEQ_BITS, number << SEQ_BITS | SEQ_MASK
        for start, last in (one for one in numbers if one[0] >> SEQ_BITS == number):
            if start > first:
                left.append((first, start - 1))
            first = last + 1
        if first <= end:
            left.append((first, end))
    return left
