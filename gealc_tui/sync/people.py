"""Everybody whom this copy has met: what it holds of each, what it lacks, who has that, and what each lacks."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from gealc_tui.domain.change import is_genesis
from gealc_tui.domain.readings import PersonReading
from gealc_tui.domain.vocabulary import Trust
from gealc_tui.store import local, log
from gealc_tui.store.database import Database
from gealc_tui.store.local import Peer
from gealc_tui.store.log import NOTHING, Held
from gealc_tui.store.queries import Queries
from gealc_tui.sync.bundle import BundleRun, decode_run
from gealc_tui.sync.trust import successors, trust_of


def people(db: Database) -> tuple[PersonReading, ...]:
    """Every author that this copy has met, itself first, then by country and name."""
    peers = local.peers(db)
    everything = log.held(db)
    waiting: dict[str, list[BundleRun]] = {}
    for replica, text in local.aside(db):
        waiting.setdefault(replica, []).append(decode_run(text))
    own = local.setting(db, "replica")
    own_last = max((run.last for run in everything.get(own or "", NOTHING).runs), default=0)
    gone = successors(db)
    found = []
    for replica in everything.keys() | waiting.keys() | local.decided(db):
        if is_genesis(replica):
            continue
        held, aside = everything.get(replica, NOTHING), waiting.get(replica, [])
        name, country, role, email = _says_of_itself(db, replica, aside)
        missing, holders = _missing(db, replica, held, peers)
        peer = peers.get(replica)
        acknowledged = None if peer is None else min(_last(peer.have.get(own or "", ())), own_last)
        found.append(
            PersonReading(
                replica,
                name,
                country,
                role,
                trust_of(db, replica),
                last=max((run.last for run in held.runs), default=0),
                missing=missing,
                acknowledged=acknowledged,
                aside=max((run.last for run in aside), default=0),
                email=email,
                holders=holders,
                heard=None if peer is None else peer.heard,
                asks=peer is not None and peer.asks,
                successor=gone.get(replica),
            )
        )
    return tuple(sorted(found, key=lambda one: (one.trust is not Trust.SELF, one.country or "", one.name, one.replica)))


def _last(said: Sequence[tuple[int, str]]) -> int:
    return max((seq for seq, _ in said), default=0)


def _missing(db: Database, replica: str, held: Held, peers: Mapping[str, Peer]) -> tuple[int, tuple[str, ...]]:
    """How many changes of an author are known to exist and are not here, and who said to have some of them.

    Counted by numbers: what each number's change is, if there are several branches, is not known before it comes.
    """
    here: set[str] = {run.tip for run in held.runs}
    covered, gaps = 0, 0
    for run in held.runs:
        gaps += max(0, run.first - 1 - covered)
        covered = max(covered, run.last)
    whole = held.runs[0].last if held.runs and held.runs[0].first == 1 else 0
    holders, beyond = [], 0
    for peer, said in peers.items():
        told = said.have.get(replica, ())
        unknown = [seq for seq, id in told if not _is_here(db, held, here, seq, id)]
        # Who has a change without a gap before it has what lacks here before that change.
        if unknown or any(seq > whole for seq, _ in told):
            holders.append(peer)
        beyond = max(beyond, *(seq - covered for seq in unknown), 0)
    return gaps + beyond, tuple(sorted(holders))


def _is_here(db: Database, held: Held, known: Collection[str], seq: int, id: str) -> bool:
    return id in known or any(log.change_at(db, run.log, seq) == id for run in held.runs)


def _says_of_itself(
    db: Database, replica: str, waiting: list[BundleRun]
) -> tuple[str, str | None, str | None, str | None]:
    # Nobody is written to before they are accepted, so the address of a stranger is not needed.
    return Queries(db).person(replica) or (*introduction(replica, waiting), None)


def introduction(replica: str, runs: Collection[BundleRun]) -> tuple[str, str | None, str | None]:
    """Name, country and role as an author whose runs are not applied says them. Only texts are believed."""
    said: dict[str, str] = {}
    for run in runs:
        for edit in run.edits_of(f"person/{replica}"):
            if isinstance(edit.value, str):
                said[edit.field] = edit.value
    return said.get("name", ""), said.get("country"), said.get("role")
