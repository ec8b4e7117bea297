"""Everybody whom this copy has met: what it holds of each, what it lacks, who has that, and what each lacks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from gealc_tui.domain.change import Value, is_genesis
from gealc_tui.domain.readings import PersonReading
from gealc_tui.domain.vocabulary import Trust
from gealc_tui.store import branches, local, log, waiting
from gealc_tui.store.database import Database
from gealc_tui.store.local import Peer
from gealc_tui.store.log import NOTHING, Held
from gealc_tui.store.queries import Queries
from gealc_tui.store.waiting import Waiting
from gealc_tui.sync.bundle import BundleRun
from gealc_tui.sync.trust import SCRIBE, SUCCEEDS, importers_of, successors, trust_of

MOST_AHEAD = 100_000
"""Who says to hold so many changes of an author that are not here is not believed. The network writes some ten
thousand a year."""

MOST_CLAIMS = 16
"""Of one run. An identity is somebody's successor once."""


def people(db: Database) -> tuple[PersonReading, ...]:
    """Every author that this copy has met, itself first, then by country and name; scribes behind their importer."""
    met = _Met(db)
    found = list(map(met.reading, met.replicas()))
    found.sort(key=lambda one: (one.trust is not Trust.SELF, one.country or "", one.name, one.replica))
    places = {one.replica: place for place, one in enumerate(found)}
    found.sort(key=lambda one: (places.get(one.scribe_of or one.replica, len(found)), one.scribe_of is not None))
    return tuple(found)


def oneself(db: Database) -> PersonReading | None:
    """Whoever uses this copy, without a look at the others; None while nobody has said who that is."""
    met = _Met(db)
    return met.reading(met.own) if met.own is not None and met.own in met.replicas() else None


class _Met:
    """What tells of everybody whom a copy has met, read once."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._peers = local.peers(db)
        self._everything = log.held(db)
        self._aside: dict[str, list[Waiting]] = {}
        for one in waiting.waiting(db):
            self._aside.setdefault(one.replica, []).append(one)
        self.own = local.setting(db, "replica")
        self._own_last = max((run.last for run in self._everything.get(self.own or "", NOTHING).runs), default=0)
        self._gone = successors(db)
        self._blocked = waiting.blocked(db)

    def replicas(self) -> Iterator[str]:
        known = self._everything.keys() | self._aside.keys() | local.decided(self._db)
        return (one for one in known if not is_genesis(one))

    def reading(self, replica: str) -> PersonReading:
        held, waits = self._everything.get(replica, NOTHING), self._aside.get(replica, [])
        name, country, role, email = _says_of_itself(self._db, replica, waits)
        if not name and replica in self._blocked:
            name, country = self._blocked[replica].name, self._blocked[replica].country
        missing, holders = _missing(self._db, replica, held, _believed(replica, self.own, self._peers, held))
        peer = self._peers.get(replica)
        acknowledged = None if peer is None else min(_last(peer.have.get(self.own or "", ())), self._own_last)
        return PersonReading(
            replica,
            name,
            country,
            role,
            trust_of(self._db, replica),
            last=max((run.last for run in held.runs), default=0),
            missing=missing,
            acknowledged=acknowledged,
            aside=max((one.last for one in waits), default=0),
            email=email,
            holders=holders,
            heard=None if peer is None else peer.heard,
            asks=peer is not None and peer.asks,
            successor=self._gone.get(replica),
            branches=len({run.log for run in held.runs}),
            scribe_of=next(iter(importers_of(self._db, replica)), None),
        )


def _last(said: Sequence[tuple[int, str]]) -> int:
    return max((seq for seq, _ in said), default=0)


def _believed(replica: str, own: str | None, peers: Mapping[str, Peer], held: Held) -> dict[str, list[tuple[int, str]]]:
    """What others said that they hold of an author, as far as that can be: nobody holds more than was written.

    Nobody knows better than this copy what it wrote itself, nor than an author how much that one had written when a
    file of theirs came last. Who heard from the author since may hold more, but not beyond what people can write.
    """
    here = max((run.last for run in held.runs), default=0)
    author = peers.get(replica)
    written = here if replica == own else None if author is None else max(here, _last(author.have.get(replica, ())))
    found = {}
    for peer, said in peers.items():
        is_later = author is not None and said.heard >= author.heard
        most = here + MOST_AHEAD if written is None or (is_later and replica != own) else written
        found[peer] = [(seq, id) for seq, id in said.have.get(replica, ()) if seq <= min(most, here + MOST_AHEAD)]
    return found


def _missing(
    db: Database, replica: str, held: Held, claims: Mapping[str, Sequence[tuple[int, str]]]
) -> tuple[int, tuple[str, ...]]:
    """How many changes of an author are known to exist and are not here, and who said to have some of them.

    `claims` are the changes without a gap before them that each other copy said to hold. Counted by numbers: what each
    number's change is, if there are several branches, is not known before it comes.
    """
    find = branches.finder(db, held)
    covered, gaps = 0, 0
    for run in held.runs:
        gaps += max(0, run.first - 1 - covered)
        covered = max(covered, run.last)
    whole = held.runs[0].last if held.runs and held.runs[0].first == 1 else 0
    holders, beyond = [], 0
    for peer, told in claims.items():
        unknown = [seq for seq, id in told if find(seq, id) is None]
        # Who has a change without a gap before it has what lacks here before that change.
        if unknown or any(seq > whole for seq, _ in told):
            holders.append(peer)
        beyond = max(beyond, *(seq - covered for seq in unknown), 0)
    return gaps + beyond, tuple(sorted(holders))


def _says_of_itself(
    db: Database, replica: str, waits: Sequence[Waiting]
) -> tuple[str, str | None, str | None, str | None]:
    if (known := Queries(db).person(replica)) is not None:
        return known
    # Nobody is written to before they are accepted, so the address of a stranger is not needed.
    name, country, role = "", None, None
    for one in waits:
        name, country, role = one.name or name, one.country or country, one.role or role
    return name, country, role, None


def introduced(run: BundleRun, size: int, sender: str, file: bytes | None) -> Waiting:
    """What there is to tell of a run that is not applied. Of name, country and role only texts are believed."""
    said: dict[str, str] = {}
    claims: list[Value] = []
    for edit in run.edits_of(f"person/{run.replica}"):
        if isinstance(edit.value, str):
            said[edit.field] = edit.value
        elif edit.field == SUCCEEDS and len(claims) < MOST_CLAIMS:
            claims.append(edit.value)
        elif edit.field == SCRIBE and isinstance(edit.value, (list, tuple)) and len(claims) < MOST_CLAIMS:
            claims.append([SCRIBE, *edit.value])
    return Waiting(
        run.replica,
        run.after + 1,
        run.tip,
        run.last,
        size,
        run.key,
        said.get("name", ""),
        said.get("country"),
        said.get("role"),
        tuple(claims),
        sender,
        file,
    )
