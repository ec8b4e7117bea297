"""Whom this copy believes: decided by its person, and what follows from that.

A person decides about an author once, and the author's key is pinned by that, the id being its hash. Two things
follow without asking: an accepted author who goes on under a new identity, and says so with the old key, is
accepted; and so is everybody for whom an author vouches on whose list this copy chose to rely. Who is blocked is
blocked under every identity that the blocked key named, and no list undoes that; a person can take it back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gealc_tui.domain.change import Value, is_genesis
from gealc_tui.domain.vocabulary import Trust
from gealc_tui.store import local, log, registers, waiting
from gealc_tui.store.database import Database
from gealc_tui.store.queries import Queries
from gealc_tui.store.waiting import Blocked

SUCCEEDS = "succeeds"
"""Field of `person/<replica>`: the id of the replica whose person goes on here, and that replica's signature."""

SCRIBE = "scribe"
"""Field of `person/<scribe>`: the id of the replica that wrote down there what somebody had filled in, and that
replica's signature. Among claims the word itself stands before the two."""

VOUCHING = "vouching"
"""Kind of the entity that holds an author's list: `vouching/<replica>`, field `people`, ids of replicas."""


def trust_of(db: Database, replica: str, claims: Iterable[Value] = ()) -> Trust:
    """What this copy thinks of an author. An official document that is here was accepted when it was imported.

    Of a scribe about whom nobody decided it thinks what it thinks of the importer; `claims` are what a scribe says
    who is not here yet.
    """
    decided = local.trust_in(db, replica)
    if decided is not None:
        return decided
    if is_genesis(replica):
        return Trust.ACCEPTED if log.numbers(db, replica) else Trust.STRANGER
    # Only what was decided: a scribe is nobody's importer, and so no ring of them answers for itself.
    found = {local.trust_in(db, one) for one in importers_of(db, replica, claims)}
    if Trust.BLOCKED in found:
        return Trust.BLOCKED
    return Trust.ACCEPTED if found & {Trust.SELF, Trust.ACCEPTED} else Trust.STRANGER


def importers_of(db: Database, replica: str, claims: Iterable[Value] = ()) -> list[str]:
    """Those who said with their own key that they write as this scribe; nobody, of somebody who is no scribe."""
    said = [(SCRIBE, *value) for value in _scribe_words(db, replica) if isinstance(value, (list, tuple))]
    waits = [claim for one in waiting.waiting(db, replica) for claim in one.claims]
    found = (_importer(db, replica, claim) for claim in (*said, *waits, *claims))
    return list(dict.fromkeys(one for one in found if one is not None))


def _scribe_words(db: Database, replica: str) -> list[Value]:
    """What a log ever said of whose scribe it is."""
    return registers.said_by(db, replica, f"person/{replica}", SCRIBE)


def _importer(db: Database, replica: str, claim: Value) -> str | None:
    from gealc_tui.sync.identity import scribe_is_signed

    if isinstance(claim, (list, tuple)) and len(claim) == 3 and claim[0] == SCRIBE:
        _, importer, signature = claim
        if isinstance(importer, str) and isinstance(signature, str) and importer != replica:
            key = _key_of(db, importer)
            if key is not None and scribe_is_signed(importer, key, replica, signature):
                return importer
    return None


def _key_of(db: Database, replica: str) -> str | None:
    return log.key_of(db, replica) or next((one.key for one in waiting.waiting(db, replica)), None)


def vouched(db: Database) -> frozenset[str]:
    """Everybody for whom somebody vouches on whose list this copy relies."""
    return frozenset[str]().union(*(vouched_for(db, one) for one in local.relied_on(db)))


def is_successor(db: Database, replica: str, claims: Iterable[Value]) -> bool:
    """Whether a stranger who says this of themselves goes on for somebody who is accepted."""
    return any(trust_of(db, one) in (Trust.ACCEPTED, Trust.SELF) for one in _predecessors(db, replica, claims))


def blocked_predecessor(db: Database, replica: str, claims: Iterable[Value]) -> str | None:
    """The blocked author for whom a stranger goes on who says this of themselves; None if there is none.

    Whoever was a stranger again after having been blocked is not blocked once more for another's sake.
    """
    if local.trust_in(db, replica) is not None:
        return None
    found = (one for one in _predecessors(db, replica, claims) if trust_of(db, one) is Trust.BLOCKED)
    return next(found, None)


def vouched_for(db: Database, voucher: str) -> frozenset[str]:
    """The replicas on an accepted author's list."""
    shown = registers.shown_in(db, f"{VOUCHING}/{voucher}", "people")
    if shown is None or not isinstance(shown.value, list) or trust_of(db, voucher) is Trust.BLOCKED:
        return frozenset()
    return frozenset(one for one in shown.value if isinstance(one, str))


def _predecessors(db: Database, replica: str, claims: Iterable[Value]) -> Iterator[str]:
    for claim in claims:
        if (one := predecessor(db, replica, claim)) is not None:
            yield one


def predecessor(db: Database, replica: str, value: Value) -> str | None:
    """The replica that said with its own key that its person goes on as `replica`; None if the word is no proof."""
    from gealc_tui.sync.identity import successor_is_signed

    if isinstance(value, (list, tuple)) and len(value) == 2:
        old, signature = value
        if isinstance(old, str) and isinstance(signature, str):
            key = _key_of(db, old)
            if key is not None and successor_is_signed(old, key, replica, signature):
                return old
    return None


# --- blocking ----------------------------------------------------------------------------------------------------


def block(db: Database, replica: str, because: str | None = None) -> None:
    """Takes in nothing more of an author, nor of anybody whom the author's key named as a successor."""
    for one in (replica, *named_by(db, replica)):
        was = trust_of(db, one)
        if was not in (Trust.SELF, Trust.BLOCKED):
            name, country = _called(db, one)
            waiting.note_blocked(db, Blocked(one, was, name, country, because or replica))
            local.set_trust(db, one, Trust.BLOCKED)


def unblock(db: Database, replica: str) -> list[str]:
    """Takes a block back, with those for its sake. Returns who is accepted again."""
    noted = waiting.blocked(db)
    # Older versions noted nothing; of whom something was applied, they were accepted once.
    was = Trust.ACCEPTED if log.numbers(db, replica) else Trust.STRANGER
    found = [noted.get(replica, Blocked(replica, was, "", None, replica))]
    for one in found:  # and for the sake of those who were blocked for the sake of this one
        found += [other for other in noted.values() if other.because == one.replica and other not in found]
    for one in found:
        waiting.forget_blocked(db, one.replica)
        if importers_of(db, one.replica):
            local.forget_trust(db, one.replica)  # what is thought of the importer counts again
        else:
            local.set_trust(db, one.replica, one.was)
    return [one.replica for one in found if one.was is Trust.ACCEPTED]


def named_by(db: Database, replica: str) -> list[str]:
    """The successors that an author's key ever named, and theirs, as far as they are known here."""
    named: dict[str, list[str]] = {}
    for new, claims in _claims(db).items():
        for old in _predecessors(db, new, claims):
            named.setdefault(old, []).append(new)
    found: list[str] = []
    ahead = [replica]
    while ahead:
        for new in named.get(ahead.pop(), ()):
            if new != replica and new not in found:
                found.append(new)
                ahead.append(new)
    return found


def _claims(db: Database) -> dict[str, list[Value]]:
    """Whose successors people ever said that they are, also those who said otherwise later, or wait."""
    found: dict[str, list[Value]] = {}
    for new, value in registers.said_by_themselves(db, "person", SUCCEEDS):
        found.setdefault(new, []).append(value)
    for one in waiting.waiting(db):
        found.setdefault(one.replica, []).extend(one.claims)
    return found


def _called(db: Database, replica: str) -> tuple[str, str | None]:
    """Name and country of somebody, as they say them."""
    if (known := Queries(db).person(replica)) is not None:
        return known[0], known[1]
    for one in reversed(waiting.waiting(db, replica)):
        if one.name:
            return one.name, one.country
    return "", None


def successors_of(db: Database, replica: str) -> list[str]:
    """Those as whom an author goes on, one after the other."""
    next_of, found = successors(db), [replica]
    while (new := next_of.get(found[-1])) is not None and new not in found:
        found.append(new)
    return found[1:]


def successors(db: Database) -> dict[str, str]:
    """For each replica that was given up, the one under which its person goes on."""
    found = {}
    for entity, value in registers.shown_in_all(db, "person", SUCCEEDS):
        new = entity.removeprefix("person/")
        if (old := predecessor(db, new, value)) is not None:
            found[old] = new
    return found
