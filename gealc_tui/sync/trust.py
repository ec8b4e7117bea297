"""Whom this copy believes: decided by its person, and what follows from that.

A person decides about an author once, and the author's key is pinned by that, the id being its hash. Two things
follow without asking: an accepted author who goes on under a new identity, and says so with the old key, is
accepted; and so is everybody for whom an author vouches on whose list this copy chose to rely.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from gealc_tui.domain.change import Value, is_genesis
from gealc_tui.domain.vocabulary import Trust
from gealc_tui.store import local, log, registers
from gealc_tui.store.database import Database
from gealc_tui.sync.bundle import BundleRun

SUCCEEDS = "succeeds"
"""Field of `person/<replica>`: the id of the replica whose person goes on here, and that replica's signature."""

VOUCHING = "vouching"
"""Kind of the entity that holds an author's list: `vouching/<replica>`, field `people`, ids of replicas."""


def trust_of(db: Database, replica: str) -> Trust:
    """What this copy thinks of an author. An official document that is here was accepted when it was imported."""
    decided = local.trust_in(db, replica)
    if decided is not None:
        return decided
    known = is_genesis(replica) and bool(log.numbers(db, replica))
    return Trust.ACCEPTED if known else Trust.STRANGER


def is_admitted(db: Database, replica: str, waiting: Collection[BundleRun]) -> bool:
    """Whether a stranger, of whom these runs wait, is to be accepted without asking."""
    return any(replica in vouched_for(db, one) for one in local.relied_on(db)) or any(
        trust_of(db, one) in (Trust.ACCEPTED, Trust.SELF) for one in _predecessors(db, replica, waiting)
    )


def vouched_for(db: Database, voucher: str) -> frozenset[str]:
    """The replicas on an accepted author's list."""
    shown = registers.shown_in(db, f"{VOUCHING}/{voucher}", "people")
    if shown is None or not isinstance(shown.value, list) or trust_of(db, voucher) is Trust.BLOCKED:
        return frozenset()
    return frozenset(one for one in shown.value if isinstance(one, str))


def _predecessors(db: Database, replica: str, waiting: Collection[BundleRun]) -> Iterator[str]:
    for run in waiting:
        for edit in run.edits_of(f"person/{replica}"):
            if edit.field == SUCCEEDS and (one := predecessor(db, replica, edit.value)):
                yield one


def predecessor(db: Database, replica: str, value: Value) -> str | None:
    """The replica that said with its own key that its person goes on as `replica`; None if the word is no proof."""
    from gealc_tui.sync.identity import successor_is_signed

    if isinstance(value, (list, tuple)) and len(value) == 2:
        old, signature = value
        if isinstance(old, str) and isinstance(signature, str):
            key = log.held_of(db, old).key
            if key is not None and successor_is_signed(old, key, replica, signature):
                return old
    return None


def successors(db: Database) -> dict[str, str]:
    """For each replica that was given up, the one under which its person goes on."""
    found = {}
    for entity, value in registers.shown_in_all(db, "person", SUCCEEDS):
        new = entity.removeprefix("person/")
        if (old := predecessor(db, new, value)) is not None:
            found[old] = new
    return found
