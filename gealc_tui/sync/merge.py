"""The merge: first a plan, one small verdict for each run, then its execution.

`judge` only looks; `apply` inserts what is new. Folding what that touches is the caller's, in the same transaction.
The files were proved before (`bundle.decode`); here it is only asked what this copy holds already and whom it accepts.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

from gealc_tui.domain.change import Change, is_genesis
from gealc_tui.domain.vocabulary import Trust
from gealc_tui.store import branches, log
from gealc_tui.store.branches import Branches
from gealc_tui.store.database import Database
from gealc_tui.store.insertion import Insertion
from gealc_tui.store.log import Run
from gealc_tui.sync.bundle import BundleRun
from gealc_tui.sync.outcomes import Outcome


class Piece(NamedTuple):
    """An unbroken stretch of a run that this copy lacks."""

    changes: Sequence[tuple[str, Change]]
    signature: str | None
    """The run's own, if the piece ends where the run does."""

    def stretch(self, number: int) -> Run:
        first, (tip, last) = self.changes[0][1], self.changes[-1]
        return Run(number, first.seq, last.seq, first.previous, tip, self.signature)


class Verdict(NamedTuple):
    run: BundleRun
    outcome: Outcome
    pieces: tuple[Piece, ...]
    missing: int
    """Changes before the run that this copy lacks, and the run does not bring."""

    branches: Branches | None = None
    """Those of its author, if there are any."""

    @property
    def new(self) -> int:
        return sum(len(piece.changes) for piece in self.pieces)


def judge(db: Database, run: BundleRun, trust: Trust, met: dict[str, Branches]) -> Verdict:
    """What is to be done with a proved run, given what this copy thinks of its author.

    `met` are the branches that were met so far in this merge, by replica, and read once.
    """
    if trust is Trust.BLOCKED:
        return Verdict(run, Outcome.BLOCKED, (), 0)
    if trust is not Trust.STRANGER and run.replica in met:
        return _judge_branch(met[run.replica], run)
    held = log.held_of(db, run.replica)
    if is_genesis(run.replica) and not held.runs and _has_twin(db, run):
        return Verdict(run, Outcome.TWIN, (), 0)
    missing = _missing_before(held.runs, run)
    if trust is Trust.STRANGER:
        return Verdict(run, Outcome.STRANGER, (), missing)
    if held.has_branches or not _is_one_chain(db, held.runs, run):
        met[run.replica] = Branches(db, run.replica, run.key, held)
        return _judge_branch(met[run.replica], run)
    pieces = _lacking(held.runs, run)
    if not pieces:
        return Verdict(run, Outcome.KNOWN, (), missing)
    return Verdict(run, Outcome.PARTIAL if missing else Outcome.NEW, pieces, missing)


def _judge_branch(held: Branches, run: BundleRun) -> Verdict:
    """The run is of an identity that was used on two machines: its place is found by ids, not by numbers."""
    pieces = tuple(
        Piece(changes, run.signature if changes[-1][0] == run.tip else None) for changes in held.lacking(run.changes)
    )
    outcome = Outcome.FORKED if pieces else Outcome.KNOWN
    return Verdict(run, outcome, pieces, held.missing_before(run.after), held)


def apply(db: Database, into: Insertion, verdict: Verdict) -> None:
    """Stores what is new. `relate` has to follow once all is stored."""
    replica, key = verdict.run.replica, verdict.run.key
    if verdict.branches is not None:
        for piece in verdict.pieces:
            verdict.branches.insert(into, piece.changes, piece.signature)
        return
    for piece in verdict.pieces:
        number = log.open_log(db, replica, key)
        into.add(number, piece.changes)
        log.add_run(db, piece.stretch(number))


def relate(db: Database, met: Collection[str]) -> set[int]:
    """Finds out which branch parts from which, of the replicas that have any. Returns the registers concerned."""
    return {register for replica in met for register in branches.relate(db, replica)}


def _has_twin(db: Database, run: BundleRun) -> bool:
    """Whether an official log that is here begins like this one: then one of the two is made up."""
    first = run.changes[0][0]
    logs = db.rows("SELECT n FROM logs WHERE key IS NULL")
    return any(log.change_at(db, number, 1) == first for (number,) in logs)


def _is_one_chain(db: Database, held: tuple[Run, ...], run: BundleRun) -> bool:
    """Whether the run and what is held of a log without branches are one chain.

    Where they overlap, equal ids at the last common change mean that all before it are equal too. Where they only
    touch, the later part must continue the earlier one.
    """
    if not held:
        return True
    ids = {run.after: run.previous} | {change.seq: id for id, change in run.changes}
    for stretch in held:
        last = min(stretch.last, run.last)
        if last >= max(stretch.first, run.after) and last > 0:
            if log.change_at(db, stretch.log, last) != ids[last]:
                return False
        elif stretch.first - 1 in ids and ids[stretch.first - 1] != stretch.previous:
            return False
    return True


def _missing_before(held: tuple[Run, ...], run: BundleRun) -> int:
    """How many changes between number 1 and the end of the run are neither held nor brought."""
    here = 0
    covered = 0  # the last number up to which has been counted
    for stretch in sorted(held, key=lambda one: one.first):
        last = min(stretch.last, run.after)
        here += max(0, last - max(stretch.first - 1, covered))
        covered = max(covered, last)
    return run.after - here


def _lacking(held: tuple[Run, ...], run: BundleRun) -> tuple[Piece, ...]:
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
