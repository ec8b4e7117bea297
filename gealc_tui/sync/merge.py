"""The merge: first a plan, one small verdict for each run, then its execution.

`judge` only looks; `apply` inserts what is new and returns the registers that it touched. Folding them is the
caller's, in the same transaction. The files were proved before (`bundle.decode`); here it is only asked what this
copy holds already and whom it accepts.
"""

from __future__ import annotations

from typing import NamedTuple

from gealc_tui.domain.change import Change, is_genesis
from gealc_tui.domain.vocabulary import Trust
from gealc_tui.store import log
from gealc_tui.store.database import Database
from gealc_tui.sync.bundle import BundleRun
from gealc_tui.sync.outcomes import Outcome


class Piece(NamedTuple):
    """An unbroken stretch of a run that this copy lacks."""

    changes: tuple[tuple[str, Change], ...]
    signature: str | None
    """The run's own, if the piece ends where the run does."""

    @property
    def stretch(self) -> log.Run:
        first, last = self.changes[0][1], self.changes[-1][1]
        return log.Run(first.seq, last.seq, first.previous, self.changes[-1][0], self.signature)


class Verdict(NamedTuple):
    run: BundleRun
    outcome: Outcome
    pieces: tuple[Piece, ...]
    missing: int
    """Changes before the run that this copy lacks, and the run does not bring."""

    @property
    def new(self) -> int:
        return sum(len(piece.changes) for piece in self.pieces)


def judge(db: Database, run: BundleRun, trust: Trust) -> Verdict:
    """What is to be done with a proved run, given what this copy thinks of its author."""
    if trust is Trust.BLOCKED:
        return Verdict(run, Outcome.BLOCKED, (), 0)
    number = log.log_number(db, run.replica)
    held = log.runs(db, number) if number is not None else []
    if not _agrees(db, number, held, run) or _is_twin(db, run, held):
        return Verdict(run, Outcome.FORKED, (), 0)
    missing = _missing_before(held, run)
    if trust is Trust.STRANGER:
        return Verdict(run, Outcome.STRANGER, (), missing)
    pieces = _lacking(held, run)
    if not pieces:
        return Verdict(run, Outcome.KNOWN, (), missing)
    return Verdict(run, Outcome.PARTIAL if missing else Outcome.NEW, pieces, missing)


def apply(db: Database, verdict: Verdict) -> set[int]:
    """Stores what is new. Returns the numbers of the registers to fold again."""
    touched: set[int] = set()
    if verdict.pieces:
        number = log.open_log(db, verdict.run.replica, verdict.run.key)
        for piece in verdict.pieces:
            touched |= log.insert(db, number, piece.changes)
            log.add_run(db, number, piece.stretch)
    return touched


def _agrees(db: Database, number: int | None, held: list[log.Run], run: BundleRun) -> bool:
    """Whether the run and what is held are one chain.

    Where they overlap, equal ids at the last common change mean that all before it are equal too. Where they only
    touch, the later part must continue the earlier one.
    """
    if number is None:
        return True
    ids = {run.after: run.previous} | {change.seq: id for id, change in run.changes}
    for stretch in held:
        last = min(stretch.last, run.last)
        if last >= max(stretch.first, run.after) and last > 0:
            if log.change_at(db, number, last) != ids[last]:
                return False
        elif stretch.first - 1 in ids and ids[stretch.first - 1] != stretch.previous:
            return False
    return True


def _is_twin(db: Database, run: BundleRun, held: list[log.Run]) -> bool:
    """Whether a genesis log that is new here shares changes with another one: then one of them is made up."""
    return is_genesis(run.replica) and not held and bool(log.known_ids(db, (id for id, _ in run.changes)))


def _missing_before(held: list[log.Run], run: BundleRun) -> int:
    """How many changes between number 1 and the end of the run are neither held nor brought."""
    here = sum(min(stretch.last, run.after) - stretch.first + 1 for stretch in held if stretch.first <= run.after)
    return run.after - here


def _lacking(held: list[log.Run], run: BundleRun) -> tuple[Piece, ...]:
    """What the run brings between and behind the stretches that are held."""
    pieces = []
    start = run.after  # the last seq that is held or was taken up
    for first, last in [*((stretch.first, stretch.last) for stretch in held), (run.last + 1, run.last + 1)]:
        end = min(first - 1, run.last)
        if end > start:
            changes = run.changes[start - run.after : end - run.after]
            pieces.append(Piece(changes, run.signature if end == run.last else None))
        start = max(start, last)
    return tuple(pieces)
