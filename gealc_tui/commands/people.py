"""Who uses this copy, and whom it accepts."""

from __future__ import annotations

from collections.abc import Sequence

from gealc_tui import errors
from gealc_tui.commands import fields
from gealc_tui.domain.limits import LONGEST_LINE
from gealc_tui.domain.vocabulary import Role, Trust
from gealc_tui.replica import Committed, Replica
from gealc_tui.sync.outcomes import MergeReport


def introduce(replica: Replica, name: str, country: str, role: str, email: str | None = None) -> Committed | None:
    """Says who uses this copy. An empty `email` takes the address away; None leaves it as it is.

    Raises TextEmpty, ValueRefused …
    """
    said = fields.clean(name, LONGEST_LINE).strip()
    if not said:
        raise errors.TextEmpty()
    if "\n" in said:
        raise errors.ValueRefused(field="name", value=said, expected="line")
    address = None if email is None else fields.email(email)
    return replica.introduce(said, fields.country_or_body(country), fields.role(role), address)


def accept(replica: Replica, person: str) -> MergeReport:
    """Accepts an author (the id, or how it begins), and takes in what waited. Raises PersonUnknown."""
    return replica.accept(replica.person(person))


def would_accept(replica: Replica, person: str) -> MergeReport:
    """What would come of accepting somebody; changes nothing. Raises PersonUnknown."""
    return replica.accept(replica.person(person), dry_run=True)


def rely_on(replica: Replica, person: str, *, relies: bool = True) -> MergeReport:
    """Accepts everybody for whom an accepted author vouches, now and later; or ceases to. Those who were accepted stay.

    Raises PersonUnknown, and NotAccepted for an author who is not accepted.
    """
    found = replica.person(person)
    if relies and replica.trust_in(found) is not Trust.ACCEPTED:
        raise errors.NotAccepted(replica=found)
    return replica.rely_on(found, relies)


def rely_on_as(replica: Replica, person: str, role: str, *, relies: bool = True) -> None:
    """Believes what an accepted author does in a function (a `Role`), in this copy alone; or ceases to.

    Raises PersonUnknown, and NotAccepted for an author who is not accepted.
    """
    found = replica.person(person)
    if relies and replica.trust_in(found) not in (Trust.ACCEPTED, Trust.SELF):
        raise errors.NotAccepted(replica=found)
    replica.rely_on_as(found, Role(role), relies)


def vouch_for(replica: Replica, persons: Sequence[str], *, vouches: bool = True) -> Committed | None:
    """Puts people on the signed list of those for whom this copy's person vouches, or takes them off it.

    Whoever relies on that list accepts them. Raises PersonUnknown, NoIdentity, and NotAccepted for an author who is
    not accepted here.
    """
    replica.require_identity()
    replica.check_identity()
    chosen = {replica.person(one) for one in persons}
    for one in sorted(chosen):
        if vouches and replica.trust_in(one) is not Trust.ACCEPTED:
            raise errors.NotAccepted(replica=one)
    listed = replica.vouched_for(replica.id or "")
    wanted = listed | chosen if vouches else listed - chosen
    return replica.commit([(f"vouching/{replica.id}", "people", sorted(wanted))], step=None)


def hand_over(replica: Replica, person: str, role: str) -> Committed:
    """Says, signed, that one's own function goes on with somebody else (the id, or how it begins).

    Others see it, and judge it for themselves: it makes nobody anything. Raises PersonUnknown, NoIdentity, NotAccepted,
    and RoleIsNotYours.
    """
    replica.require_identity()
    found, wanted = replica.person(person), Role(role)
    if replica.trust_in(found) is not Trust.ACCEPTED:
        raise errors.NotAccepted(replica=found)
    own = replica.read.person(replica.id or "")
    if own is None or own[2] != wanted:
        raise errors.RoleIsNotYours(role=wanted)
    entity = f"handover/{replica.new_id()}"
    committed = replica.commit([(entity, "role", wanted.value), (entity, "to", found)])
    assert committed is not None, "a word with a new id says something new"
    return committed


def block(replica: Replica, person: str) -> None:
    """Takes in nothing more of an author, nor of successors that the author named: what comes is kept aside.

    Raises PersonUnknown and CannotBlockSelf.
    """
    replica.block(replica.person(person))


def unblock(replica: Replica, person: str) -> MergeReport:
    """Takes a block back; what came meanwhile is taken in, if the author was accepted before.

    Raises PersonUnknown, and NotBlocked for an author who is not blocked.
    """
    found = replica.person(person)
    if replica.trust_in(found) is not Trust.BLOCKED:
        raise errors.NotBlocked(replica=found)
    return replica.unblock(found)
