"""Files as they come: what is in each, whether it was met before, whether it is what it says; then the reception.

Each change file is taken in whole or not at all, in a transaction of its own; one that is refused is told, and does
not keep the others from coming in.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from contextlib import AbstractContextManager

from gealc_tui import errors
from gealc_tui.domain.vocabulary import Trust
from gealc_tui.store import local
from gealc_tui.store.database import Database
from gealc_tui.sync import bundle, envelope
from gealc_tui.sync.envelope import Found
from gealc_tui.sync.gate import Gate
from gealc_tui.sync.outcomes import FileOutcome, LogOutcome, Outcome
from gealc_tui.sync.reception import Reception, refusal
from gealc_tui.sync.trust import trust_of

_WHOLE = {Outcome.NEW, Outcome.KNOWN, Outcome.PARTIAL, Outcome.FORKED}
"""Outcomes after which nothing of a run is left to be taken in."""


class Intake:
    """One merge of any number of files. `transaction` is begun for each change file.

    What is read and folded passes the `gate`: an error that nobody named refuses the file over which it was raised, and
    undoes what was taken in of it.
    """

    def __init__(
        self,
        db: Database,
        reception: Reception,
        transaction: Callable[[], AbstractContextManager[None]],
        *,
        gate: Gate,
        accept: bool,
        now: int,
    ) -> None:
        self._db = db
        self._reception = reception
        self._transaction = transaction
        self._gate = gate
        self._accept = accept
        self._now = now

    def take(self, name: str, data: bytes) -> list[FileOutcome]:
        """What became of the change files in `data`, whatever they came in. Each is named by the way to it."""
        if (known := self._known(name, data)) is not None:
            return [known]
        try:
            with self._gate.passing():
                opened = envelope.opened(name, data)
        except errors.GateFault as error:
            return [refusal(name, error)]
        outcomes = [self._take(found) for found in opened.files]
        return outcomes + [refusal(one.name, one.error) for one in opened.refused]

    def _known(self, name: str, data: bytes) -> FileOutcome | None:
        changes = local.changes_in_file(self._db, hashlib.sha256(data).digest())
        return None if changes is None else FileOutcome(name, "known", None, (), met=changes)

    def _take(self, found: Found) -> FileOutcome:
        if (known := self._known(found.name, found.data)) is not None:
            return known
        met_itself = self._reception.met_itself
        try:
            with self._gate.passing():
                made = bundle.decode(found.data)
        except errors.GealcError as error:
            return refusal(found.name, error)
        try:
            with self._gate.passing():
                logs = self._taken_in(found, made)
        except errors.GateFault as error:
            self._reception.met_itself = met_itself
            return refusal(found.name, error)
        return FileOutcome(found.name, "applied", None, logs, repairs=tuple(one.value for one in found.repairs))

    def _taken_in(self, found: Found, made: bundle.Bundle) -> tuple[LogOutcome, ...]:
        """What became of the runs of a bundle, all of which was taken in, or nothing."""
        digest = hashlib.sha256(found.data).digest()
        with self._transaction():
            # A file of its own is met once as well, whatever becomes of the identity by it.
            is_own = trust_of(self._db, made.sender) is Trust.SELF
            logs = self._reception.receive(made.runs, accept=self._accept, sender=made.sender, file=digest)
            heard = self._reception.acknowledge(made, self._now)
            if (heard or is_own) and not made.request and all(one.outcome in _WHOLE for one in logs):
                changes = sum(one.new + one.known for one in logs)
                local.note_file(self._db, digest, changes)
            return logs
