"""What goes into a change file, and who is known to have what.

By default a file holds what its recipients have not acknowledged; an acknowledgement is what a file that they sent
says that they hold (`have`). Overlap costs only bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

from gealc_tui.domain.change import is_genesis
from gealc_tui.domain.vocabulary import Trust
from gealc_tui.store import branches, local, log
from gealc_tui.store.database import Database
from gealc_tui.store.log import Held, Run
from gealc_tui.sync.bundle import MOST_TIPS, BundleRun
from gealc_tui.sync.people import MOST_AHEAD
from gealc_tui.sync.trust import importers_of, successors, trust_of

Tips = Mapping[str, Sequence[tuple[int, str]]]
"""For each log, the last change (seq and id) without a gap before it; of a log with branches, that of each."""


def tips(db: Database) -> dict[str, tuple[tuple[int, str], ...]]:
    """What this copy holds without a gap."""
    found = {}
    for replica, held in log.held(db).items():
        whole = sorted(((run.last, run.tip) for run in _without_gap(db, held)), reverse=True)
        if whole:
            # What is left out is sent here once more, and costs bytes.
            found[replica] = tuple(sorted(whole[:MOST_TIPS]))
    return found


def _without_gap(db: Database, held: Held) -> Iterator[Run]:
    if not held.has_branches:
        yield from held.runs[:1] if held.runs[0].first == 1 else ()
        return
    parents = branches.parents(db, held.runs)
    whole: set[int] = set()
    # What a branch parts from begins before it, and so was dealt with.
    for run in held.runs:
        parent, upto = parents.get(run.log, (0, 0))
        if upto == run.first - 1 and (upto == 0 or parent in whole):
            whole.add(run.log)
            yield run


def runs_lacking(db: Database, have: Sequence[Tips]) -> tuple[BundleRun, ...]:
    """What somebody lacks who holds `have`; of several, what one of them may lack. Of nobody (empty): everything.

    The logs of authors who are not accepted are not passed on.
    """
    found = []
    own = local.setting(db, "replica")
    for replica, held in log.held(db).items():
        if trust_of(db, replica) not in (Trust.SELF, Trust.ACCEPTED):
            continue
        # Of this copy's own words nobody has any that it does not know.
        ahead = 0 if replica == own else MOST_AHEAD
        find, pasts = branches.finder(db, held), branches.pasts(db, held.runs)
        acknowledged = [_acknowledged(held, one.get(replica, ()), ahead, find, pasts) for one in have]
        for run in held.runs:
            known = min((one.get(run.log, 0) for one in acknowledged), default=0)
            # A genesis log proves itself only when whole.
            first = 1 if is_genesis(replica) else max(run.first, known + 1)
            if max(first, known + 1) > run.last:
                continue
            changes = tuple(log.changes(db, run.log, first, run.last))
            previous = changes[0][1].previous
            found.append(BundleRun(replica, held.key, first - 1, previous, run.tip, run.signature, changes))
    return tuple(found)


def _acknowledged(
    held: Held,
    said: Sequence[tuple[int, str]],
    ahead: int,
    find: Callable[[int, str], int | None],
    pasts: Mapping[int, Mapping[int, int]],
) -> dict[int, int]:
    """For each log of a replica, up to which seq somebody has it who holds the changes `said`.

    A change that is not here is of a later part, or of a branch that this copy does not know. Only where nobody has
    branches, and up to `ahead` changes further, does it stand for what is here; should that be wrong, it shows when
    the branch comes.
    """
    reached: dict[int, int] = {}
    for seq, id in said:
        number = find(seq, id)
        if number is None and not held.has_branches and 0 < seq - held.runs[-1].last <= ahead:
            number = held.runs[0].log
        if number is not None:
            for one, upto in {**pasts.get(number, {}), number: seq}.items():
                reached[one] = max(reached.get(one, 0), upto)
    return reached


def recipients(db: Database) -> list[str]:
    """Those to whom files are made by default: everybody who is accepted and has not been given up for another.

    A scribe reads nothing: those who filled in a sheet have no copy.
    """
    gone = successors(db)
    known = {replica for replica in log.held(db).keys() | local.decided(db) if not is_genesis(replica)}
    found = (one for one in known if trust_of(db, one) is Trust.ACCEPTED and one not in gone)
    return sorted(one for one in found if not importers_of(db, one))


def haves(db: Database, replicas: Collection[str]) -> list[Tips]:
    """What each of these copies said that it holds; nothing, if it never wrote."""
    known = local.peers(db)
    return [known[one].have if one in known else {} for one in replicas]
