"""The one door: one person's copy of the plan, on one machine.

`commit` writes what the person does, `merge` takes in what others did, `bundle_text` gives out what others lack,
`read` answers questions. Every write ends in `views.refresh`, in the same transaction as the change itself: what
was acknowledged is on the disk, whole. Clock and ids are arguments. A replica belongs to the thread that opened it.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import nullcontext
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from gealc_tui import errors
from gealc_tui.domain.change import (
    GENESIS,
    NO_CHANGE,
    Change,
    Edit,
    Value,
    canonical,
    change_id,
    genesis_id,
    same,
    text_hash,
)
from gealc_tui.domain.moments import local_day
from gealc_tui.domain.vocabulary import Trust
from gealc_tui.store import local, log, registers
from gealc_tui.store.database import Database
from gealc_tui.store.local import Step
from gealc_tui.store.migrations import migrate
from gealc_tui.store.queries import Queries
from gealc_tui.store.registers import SEQ_BITS

if TYPE_CHECKING:
    from gealc_tui.domain.readings import PersonReading
    from gealc_tui.store.verify import Fault
    from gealc_tui.sync.identity import Identity
    from gealc_tui.sync.outcomes import MergeReport

Setting = tuple[str, str, Value]
"""Entity, field, value: what a command wants to be written."""


class Committed(NamedTuple):
    """What a commit wrote: the change's id, and each register with what it showed before and shows now."""

    change: str
    edits: tuple[tuple[str, str, Value, Value], ...]


def wall_clock() -> int:
    """Milliseconds since 1970, UTC."""
    return time.time_ns() // 1_000_000


def random_id() -> str:
    """80 random bits, readable."""
    return text_hash(secrets.token_bytes(16))[:16]


class Replica:
    """A database and the keys that may speak for it."""

    def __init__(
        self,
        path: Path,
        keys: Path,
        *,
        clock: Callable[[], int] = wall_clock,
        new_id: Callable[[], str] = random_id,
    ) -> None:
        """Opens the database at `path`, making its tables if it is new. Raises errors.DatabaseError."""
        self.path = path
        self.keys = keys
        self.clock = clock
        self.new_id = new_id
        self._db = Database(path)
        try:
            migrate(self._db)
        except errors.DatabaseError:
            self._db.close()
            raise
        self.read = Queries(self._db)

    def close(self) -> None:
        self._db.close()

    def __enter__(self) -> Replica:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def another(self) -> Replica:
        """The same copy for another thread."""
        return Replica(self.path, self.keys, clock=self.clock, new_id=self.new_id)

    @property
    def today(self) -> date:
        """The day on this machine's clock."""
        return local_day(self.clock())

    def data_version(self) -> int:
        """A number that changes when another process or thread has written."""
        return self._db.data_version()

    # --- who speaks --------------------------------------------------------------------------------------------

    @property
    def id(self) -> str | None:
        """The replica's id; None until somebody has said who uses this copy."""
        return local.setting(self._db, "replica")

    @cached_property
    def _identity(self) -> Identity:
        from gealc_tui.sync import identity

        replica = self.id
        if replica is None:
            raise errors.NoIdentity()
        found = identity.load(self.keys, replica)
        if found is None:
            raise errors.IdentityLost(replica=replica)
        return found

    def require_identity(self) -> None:
        """Raises NoIdentity or IdentityLost if nothing can be written here."""
        _ = self._identity

    def introduce(self, name: str, country: str, role: str) -> Committed | None:
        """Says who uses this copy. The first time, and when the key does not lie here, with a new key."""
        from gealc_tui.sync import identity

        replica = self.id
        if replica is None or identity.load(self.keys, replica) is None:
            made = identity.create(self.keys)
            self.__dict__.pop("_identity", None)
            with self._db.transaction():
                if replica is not None:
                    local.set_trust(self._db, replica, Trust.ACCEPTED)
                local.set_setting(self._db, "replica", made.replica)
                local.set_trust(self._db, made.replica, Trust.SELF)
                local.forget_steps(self._db)
            replica = made.replica
        person = f"person/{replica}"
        return self.commit([(person, "name", name), (person, "country", country), (person, "role", role)], step=None)

    # --- writing -----------------------------------------------------------------------------------------------

    def commit(
        self,
        settings: Sequence[Setting],
        *,
        step: str | None = "do",
        target: str | None = None,
        restate: bool = False,
    ) -> Committed | None:
        """Writes one change, durably; None if everything stands so already and nothing differs.

        With `restate` a value is written though it is the one that is shown. `step` is how undo sees the change
        (None: not at all), `target` the change that it undoes or does again.
        """
        from gealc_tui.store import views

        identity = self._identity
        with self._db.transaction():
            shown = [registers.shown_in(self._db, entity, field) for entity, field, _ in settings]
            wanted = [
                (setting, None if was is None else was.value)
                for setting, was in zip(settings, shown, strict=True)
                if restate or was is None or was.differs or not same(was.value, setting[2])
            ]
            if not wanted:
                return None
            number = log.open_log(self._db, identity.replica, identity.key)
            held = log.runs(self._db, number)
            seq, previous = (held[-1].last + 1, held[-1].tip) if held else (1, NO_CHANGE)
            at = max(self.clock(), log.last_at(self._db, number))
            edits = tuple(
                Edit(entity, field, value, registers.standing_of_others(self._db, number, entity, field))
                for (entity, field, value), _ in wanted
            )
            change = Change(identity.replica, seq, previous, at, edits)
            id = change_id(change)
            touched = log.insert(self._db, number, [(id, change)])
            log.add_run(self._db, number, log.Run(seq, seq, previous, id, identity.sign_run(seq, id)))
            if step is not None:
                local.add_step(self._db, number << SEQ_BITS | seq, step, target)
            views.refresh(self._db, touched)
        return Committed(id, tuple((entity, field, was, value) for (entity, field, value), was in wanted))

    def holds_genesis(self, changes: Sequence[tuple[Edit, ...]], at: int) -> bool:
        """Whether this very document was imported before."""
        return log.log_number(self._db, genesis_id(_genesis_chain(changes, at)[-1][0])) is not None

    def import_genesis(self, changes: Sequence[tuple[Edit, ...]], at: int) -> None:
        """Takes in an official document, given as the edits of each change, as the log that it determines."""
        from gealc_tui.store import views

        chain = _genesis_chain(changes, at)
        tip = chain[-1][0]
        with self._db.transaction():
            if log.log_number(self._db, genesis_id(tip)) is not None:
                return
            number = log.open_log(self._db, genesis_id(tip), None)
            touched = log.insert(self._db, number, chain)
            log.add_run(self._db, number, log.Run(1, len(chain), NO_CHANGE, tip, None))
            views.refresh(self._db, touched)

    # --- undo --------------------------------------------------------------------------------------------------

    def steps(self) -> list[Step]:
        """This copy's own changes, oldest first, as undo sees them."""
        return local.steps(self._db)

    def change(self, id: str) -> Change:
        """A change of this copy's own log, by its id."""
        replica, seq = log.place_of(self._db, id)
        return next(log.changes(self._db, replica, seq, seq))[1]

    # --- drafts ------------------------------------------------------------------------------------------------

    def draft(self, place: str) -> str:
        """What was being typed at a place when it was last heard of."""
        return local.draft(self._db, place) or ""

    def keep_draft(self, place: str, text: str) -> None:
        """Writes through what is being typed, so that a kill loses nothing. An empty text forgets it."""
        local.keep_draft(self._db, place, text)

    def setting(self, name: str) -> str | None:
        """A setting of this copy alone (the theme, the last activity)."""
        return local.setting(self._db, name)

    def set_setting(self, name: str, value: str) -> None:
        local.set_setting(self._db, name, value)

    # --- exchange ----------------------------------------------------------------------------------------------

    def bundle_text(self, *, recipients: Sequence[str] | None, summary: str) -> str:
        """The signed change file with what the recipients lack; None: everything. Marks nothing as sent."""
        from gealc_tui.sync import bundle, exchange

        with self._db.snapshot():
            made = exchange.bundle(self._db, self._identity, recipients=recipients, at=self.clock(), summary=summary)
        return bundle.encode(made, self._identity)

    def mark_sent(self) -> None:
        """Notes that a file with everything of our own up to now was made."""
        self.set_setting("sent", str(self._own_last()))

    def unsent(self) -> int:
        """How many own changes no file holds yet."""
        return self._own_last() - int(self.setting("sent") or 0)

    def _own_last(self) -> int:
        replica = self.id
        number = log.log_number(self._db, replica) if replica is not None else None
        held = log.runs(self._db, number) if number is not None else []
        return held[-1].last if held else 0

    def people(self) -> tuple[PersonReading, ...]:
        from gealc_tui.sync import exchange

        with self._db.snapshot():
            return exchange.people(self._db)

    def person(self, prefix: str) -> str:
        """The id of the one author (or official document that waits) whose id begins so. Raises PersonUnknown."""
        waiting = {replica for replica, _ in local.aside(self._db)}
        known = waiting | {one.replica for one in self.people()}
        found = [replica for replica in known if prefix and replica.startswith(prefix)]
        if len(found) != 1:
            raise errors.PersonUnknown(replica=prefix)
        return found[0]

    def merge(self, files: Iterable[tuple[str, bytes]], *, accept: bool = False, dry_run: bool = False) -> MergeReport:
        """Takes in change files (name, content), each whole or not at all. A refused one is reported, not raised.

        With `accept` the authors that are met are accepted. With `dry_run` the same happens, and is then undone.
        """
        from gealc_tui.sync import bundle
        from gealc_tui.sync.outcomes import FileOutcome
        from gealc_tui.sync.reception import Reception, refusal

        reception = Reception(self._db)
        outcomes: list[FileOutcome] = []
        with self._db.transaction(keep=False) if dry_run else nullcontext():
            for name, data in files:
                try:
                    made = bundle.decode(data)
                except errors.GealcError as error:
                    outcomes.append(refusal(name, error))
                    continue
                with nullcontext() if dry_run else self._db.transaction():
                    logs = reception.receive(made.runs, accept=accept)
                    reception.acknowledge(made)
                outcomes.append(FileOutcome(name, "applied", None, logs))
            return reception.report(outcomes)

    def accept(self, replica: str) -> MergeReport:
        """Accepts an author, and takes in what was kept aside of theirs."""
        from gealc_tui.sync.outcomes import FileOutcome
        from gealc_tui.sync.reception import Reception

        reception = Reception(self._db)
        if replica == self.id:
            return reception.report([])
        with self._db.transaction():
            logs = reception.receive(reception.accept(replica), accept=False)
        return reception.report([FileOutcome("", "applied", None, logs)])

    def block(self, replica: str) -> None:
        """Takes in nothing more of an author; what was accepted stays, what was kept aside is forgotten."""
        if replica == self.id:
            raise errors.CannotBlockSelf()
        with self._db.transaction():
            local.set_trust(self._db, replica, Trust.BLOCKED)
            local.forget_aside(self._db, replica)

    # --- the whole ---------------------------------------------------------------------------------------------

    def dump(self) -> dict[str, object]:
        """The whole visible state: equal on copies that hold the same changes, nothing local in it."""
        entities: dict[str, dict[str, Value]] = {}
        differences = []
        for entity, fields in self.read.state().items():
            entities[entity] = {field: heads[0][0] for field, heads in fields.items()}
            for field, heads in fields.items():
                if any(not same(value, heads[0][0]) for value, _ in heads):
                    values = [{"value": value, "change": change} for value, change in heads]
                    differences.append({"entity": entity, "field": field, "values": values})
        return {"entities": entities, "differences": differences}

    def fingerprint(self) -> str:
        """A hash of the visible state: equal on two copies that show the same plan."""
        return text_hash(canonical(self.dump()))

    def verify(self) -> tuple[Fault, ...]:
        """Derives every id, chain, signature and view again from the log; what disagrees is returned."""
        from gealc_tui.store import verify
        from gealc_tui.sync.identity import run_is_signed

        # A copy in memory: nothing is locked, and a database that cannot be written can be checked too.
        with self._db.copy_in_memory() as copy:
            return tuple(verify.faults(copy, run_is_signed))

    def pack(self) -> None:
        """Makes the database one small file, with nothing beside it: for a copy that is to be given out."""
        self._db.pack()

    def rebuild(self) -> None:
        """Throws the views away and folds the log again."""
        from gealc_tui.store import views

        with self._db.transaction():
            views.rebuild(self._db)


def _genesis_chain(changes: Iterable[tuple[Edit, ...]], at: int) -> list[tuple[str, Change]]:
    chain: list[tuple[str, Change]] = []
    for seq, edits in enumerate(changes, 1):
        change = Change(GENESIS, seq, chain[-1][0] if chain else NO_CHANGE, at, edits)
        chain.append((change_id(change), change))
    return chain
