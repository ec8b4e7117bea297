"""What the files of a shared folder hold of each log, and so what this copy can add.

The sum is made from the files that are there, each remembered since it was read: a file that somebody deleted holds
nothing any more, and what only it held is written again. The id of a change stands for all changes before it, so the
end of a stretch tells exactly which changes lie in it, with gaps and with branches.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from gealc_tui.domain.vocabulary import Trust
from gealc_tui.store import branches, log
from gealc_tui.store.carried import Stretch
from gealc_tui.store.database import Database
from gealc_tui.store.log import Held, Run
from gealc_tui.sync.bundle import FORMAT, BundleRun
from gealc_tui.sync.trust import trust_of


def stretches(data: bytes) -> tuple[Stretch, ...] | None:
    """The stretches in a bundle, as its runs say; to be believed once the gate has let it through.

    None if these are somebody's bytes that are no bundle. Of one that is cut off or damaged there are none, which may
    at worst look as if the folder lacked them.
    """
    if FORMAT.encode() not in data:
        return None
    try:
        raw = json.loads(data.decode("utf-8-sig"))
        if not isinstance(raw, dict) or raw.get("format") != FORMAT:
            return None
        return tuple(
            Stretch(run["replica"], run["after"], run["previous"], run["after"] + run["count"], run["tip"])
            for run in raw["logs"]
        )
    except (ValueError, LookupError, TypeError, RecursionError):
        return ()


def joined(there: Iterable[Stretch]) -> dict[str, list[Stretch]]:
    """The stretches of each replica, those that continue each other as one."""
    starts: dict[tuple[str, int, str], Stretch] = {}
    continued: set[tuple[str, int, str]] = set()
    for one in sorted(there, key=lambda one: one.after):
        before, end = (one.replica, one.after, one.previous), (one.replica, one.last, one.tip)
        continued.add(before)
        start = starts.get(before, one)
        if end not in starts or start.after < starts[end].after:
            starts[end] = start._replace(last=one.last, tip=one.tip)
    found: dict[str, list[Stretch]] = {}
    for end, one in starts.items():
        if end not in continued:
            found.setdefault(one.replica, []).append(one)
    return found


def runs_beyond(db: Database, there: Iterable[Stretch]) -> tuple[BundleRun, ...]:
    """What this copy holds of accepted authors and the folder does not. A run ends where its author signed."""
    known = joined(there)
    found = []
    for replica, held in log.held(db).items():
        if trust_of(db, replica) not in (Trust.SELF, Trust.ACCEPTED):
            continue
        covered = _covered(db, held, known.get(replica, ()))
        for run in held.runs:
            first = _first_beyond(run, covered.get(run.log, ()))
            if first <= run.last:
                changes = tuple(log.changes(db, run.log, first, run.last))
                previous = changes[0][1].previous
                found.append(BundleRun(replica, held.key, first - 1, previous, run.tip, run.signature, changes))
    return tuple(found)


def _covered(db: Database, held: Held, there: Sequence[Stretch]) -> dict[int, list[tuple[int, int]]]:
    """For each log of a replica, the first and last seq of what the folder holds of it."""
    if not there:
        return {}
    parents, find = branches.parents(db, held.runs), branches.finder(db, held)
    covered: dict[int, list[tuple[int, int]]] = {}
    for one in there:
        number, upto = find(one.last, one.tip), one.last
        # Down to where the stretch begins, from each branch into the one from which it parts.
        while number is not None and upto > one.after:
            covered.setdefault(number, []).append((one.after + 1, upto))
            number, upto = parents.get(number, (None, 0))
    return covered


def _first_beyond(run: Run, covered: Sequence[tuple[int, int]]) -> int:
    """The first seq of a run that is not covered; behind its end, if all is."""
    first = run.first
    for start, last in sorted(covered):
        if start <= first:
            first = max(first, last + 1)
    return first
