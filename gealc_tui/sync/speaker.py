"""Who speaks from this copy: the replica that its database names, with the key that lies beside it.

An identity serves one machine, and one line of changes. Where a database turns out to be an old copy (it lacks what
the key has written already), or its log has branches, its person goes on under a new identity, for which the old key
answers. Callers hold the transaction.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from gealc_tui.domain.vocabulary import Trust
from gealc_tui.store import local, log
from gealc_tui.store.database import Database
from gealc_tui.sync import mark

if TYPE_CHECKING:
    from gealc_tui.sync.identity import Identity


def is_given_up(db: Database, keys: Path, replica: str) -> bool:
    """Whether this replica must not write any more: its key has written what is not here, or it has branches."""
    return lacks_its_last_words(db, keys, replica) or len(log.numbers(db, replica)) > 1


def lacks_its_last_words(db: Database, keys: Path, replica: str) -> bool:
    """Whether the change that this replica's key wrote last on this machine is not here."""
    # The mark first: it is never ahead of a database that is its own.
    noted = mark.read(keys, replica)
    if noted is None:
        return False
    return all(log.change_at(db, number, noted.seq) != noted.tip for number in log.numbers(db, replica))


def begin(db: Database, keys: Path) -> Identity:
    """Makes a new identity and lets it speak from here; the one before, if any, is somebody who is accepted.

    Raises FileUnwritable.
    """
    from gealc_tui.sync import identity

    before = local.setting(db, "replica")
    made = identity.create(keys)
    if before is not None:
        local.set_trust(db, before, Trust.ACCEPTED)
    local.set_setting(db, "replica", made.replica)
    local.set_setting(db, "sent", "0")
    local.set_trust(db, made.replica, Trust.SELF)
    # What another identity did cannot be undone in this one's name.
    local.forget_steps(db)
    return made
