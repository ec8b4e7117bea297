"""Files as they come: what is in each, whether it was met before, whether it is what it says; then the reception.

Each change file is taken in whole or not at all, in a transaction of its own; one that is refused is told, and does
not keep the others from coming in.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from contextlib import AbstractContextManager

from gealc_tui import errors
from gealc_tui.store import local
from gealc_tui.store.database import Database
from gealc_tui.sync import bundle
from gealc_tui.sync.outcomes import FileOutcome, LogOutcome, Outcome
from gealc_tui.sync.reception import Reception, refusal

_WHOLE = {Outcome.NEW, Outcome.KNOWN, Outcome.PARTIAL, Outcome.FORKED}
"""Outcomes after which nothing of a run is left to be taken in."""


class Intake:
    """One merge of any number of files. `transaction` is begun for each change file."""

    def __init__(
        self,
        db: Database,
        reception: Reception,
        transaction: Callable[[], AbstractContextManager[None]],
        *,
        accept: bool,
        now: int,
    ) -> None:
        self._db = db
        self._reception = reception
        self._transaction = transaction
        self._accept = accept
        self._now = now

    def take(self, name: str, data: bytes) -> list[FileOutcome]:
        """What became of the change files in `data`."""
        digest = hashlib.sha256(data).digest()
        if (changes := local.changes_in_file(self._db, digest)) is not None:
            return [FileOutcome(name, "known", None, (), changes)]
        try:
            made = bundle.decode(data)
        except errors.GealcError as error:
            return [refusal(name, error)]
        with self._transaction():
            logs = self._reception.receive(made.runs, accept=self._accept)
            heard = self._reception.acknowledge(made, self._now)
            if heard and not made.request and all(one.outcome in _WHOLE for one in logs):
                local.note_file(self._db, digest, _count(logs))
        return [FileOutcome(name, "applied", None, logs)]


def _count(logs: tuple[LogOutcome, ...]) -> int:
    return sum(one.new + one.known for one in logs)
