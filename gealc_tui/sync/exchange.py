"""What goes into a change file, and who is known to have what.

By default a file holds what its recipients have not acknowledged; an acknowledgement is the version vector
(`have`) of a file that they sent. Overlap costs only bytes.
"""

from __future__ import annotations

from collections.abc import Collection

from gealc_tui.domain.change import is_genesis
from gealc_tui.domain.readings import PersonReading
from gealc_tui.domain.vocabulary import Trust
from gealc_tui.store import local, log
from gealc_tui.store.database import Database
from gealc_tui.store.queries import Queries
from gealc_tui.sync.bundle import Bundle, BundleRun, decode_run
from gealc_tui.sync.identity import Identity


def version_vector(db: Database) -> dict[str, tuple[int, str]]:
    """For each log, the last seq that is here without a gap before it, and its id."""
    return {replica: (runs[0].last, runs[0].tip) for replica, (_, runs) in log.held(db).items() if runs[0].first == 1}


def bundle(db: Database, identity: Identity, *, recipients: Collection[str] | None, at: int, summary: str) -> Bundle:
    """What the recipients lack, as far as is known; everything when there are none (None).

    The logs of authors who are not trusted are not passed on.
    """
    known = local.peers(db)
    runs = []
    for replica, (key, stretches) in log.held(db).items():
        if trust_of(db, replica) not in (Trust.SELF, Trust.ACCEPTED):
            continue
        acknowledged = min((known.get(one, {}).get(replica, 0) for one in recipients or ()), default=0)
        for stretch in stretches:
            # A genesis log proves itself only when whole.
            first = 1 if is_genesis(replica) else max(stretch.first, acknowledged + 1)
            if max(first, acknowledged + 1) > stretch.last:
                continue
            changes = tuple(log.changes(db, replica, first, stretch.last))
            previous = changes[0][1].previous
            runs.append(BundleRun(replica, key, first - 1, previous, stretch.tip, stretch.signature, changes))
    return Bundle(identity.replica, identity.key, at, summary, version_vector(db), tuple(runs))


def trust_of(db: Database, replica: str) -> Trust:
    """What this copy thinks of an author. An official document that is here was accepted when it was imported."""
    decided = local.trust_in(db, replica)
    if decided is not None:
        return decided
    known = is_genesis(replica) and log.log_number(db, replica) is not None
    return Trust.ACCEPTED if known else Trust.STRANGER


def people(db: Database) -> tuple[PersonReading, ...]:
    """Every author that this copy has met, itself first, then by country and name."""
    known = local.peers(db)
    held = {replica: runs for replica, (_, runs) in log.held(db).items() if not is_genesis(replica)}
    waiting: dict[str, list[BundleRun]] = {}
    for replica, text in local.aside(db):
        waiting.setdefault(replica, []).append(decode_run(text))
    own = local.setting(db, "replica")
    found = []
    for replica in held.keys() | waiting.keys() | local.decided(db):
        if is_genesis(replica):
            continue
        runs = held.get(replica, [])
        here = sum(run.last - run.first + 1 for run in runs)
        last = runs[-1].last if runs else 0
        heard = max([last, *(have.get(replica, 0) for have in known.values())])
        name, country, role = _says_of_itself(db, replica, waiting.get(replica, []))
        acknowledged = known[replica].get(own or "", 0) if replica in known else None
        aside = max((run.last for run in waiting.get(replica, [])), default=0)
        found.append(
            PersonReading(replica, name, country, role, trust_of(db, replica), last, heard - here, acknowledged, aside)
        )
    return tuple(sorted(found, key=lambda one: (one.trust is not Trust.SELF, one.country or "", one.name, one.replica)))


def _says_of_itself(db: Database, replica: str, waiting: list[BundleRun]) -> tuple[str, str | None, str | None]:
    return Queries(db).person(replica) or introduction(replica, waiting)


def introduction(replica: str, runs: Collection[BundleRun]) -> tuple[str, str | None, str | None]:
    """Name, country and role as an author whose runs are not applied says them. Only texts are believed."""
    said: dict[str, str] = {}
    for run in runs:
        for _, change in run.changes:
            for entity, field, value, _ in change.edits:
                if entity == f"person/{replica}" and isinstance(value, str):
                    said[field] = value
    return said.get("name", ""), said.get("country"), said.get("role")
