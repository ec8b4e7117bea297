"""Who uses this copy, and whom it accepts."""

from __future__ import annotations

from gealc_tui import errors
from gealc_tui.commands import fields
from gealc_tui.domain.limits import LONGEST_LINE
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
    return replica.introduce(said, fields.country(country), fields.role(role), address)


def accept(replica: Replica, person: str) -> MergeReport:
    """Accepts an author (the id, or how it begins), and takes in what waited. Raises PersonUnknown."""
    return replica.accept(replica.person(person))


def block(replica: Replica, person: str) -> None:
    """Takes in nothing more of an author. Raises PersonUnknown and CannotBlockSelf."""
    replica.block(replica.person(person))
