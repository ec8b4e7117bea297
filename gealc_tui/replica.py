"""The one door: one person's copy of the plan, on one machine.

`commit` writes what the person does, `merge` takes in what others did, `bundle_text` gives out what others lack,
`read` answers questions. Every write ends in `views.refresh`, in the same transaction as the change itself: what
was acknowledged is on the disk, whole. Clock and ids are arguments. A replica belongs to the thread that opened it.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from datetime import date
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
from gealc_tui.paths import BACKUPS
from gealc_tui.store import carried, local, log, registers
from gealc_tui.store.backups import Backups
from gealc_tui.store.database import Database
from gealc_tui.store.insertion import Insertion
from gealc_tui.store.local import Step
from gealc_tui.store.migrations import migrate
from gealc_tui.store.queries import Queries
from gealc_tui.store.registers import SEQ_BITS

if TYPE_CHECKING:
    from gealc_tui.domain.readings import PersonReading
    from gealc_tui.store.carried import Carried, Stretch
    from gealc_tui.store.verify import Fault
    from gealc_tui.sync.bundle import BundleRun
    from gealc_tui.sync.identity import Identity
    from gealc_tui.sync.mark import Mark
    from gealc_tui.sync.outcomes import MergeReport
    from gealc_tui.sync.reception import Reception

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
        """Opens the database at `path`, making its tables if it is new, and bringing old ones up to date.

        Raises errors.DatabaseError, and BackupFailed if old ones cannot be copied before.
        """
        self.path = path
        self.keys = keys
        self.clock = clock
        self.new_id = new_id
        self.backups = Backups(path, path.parent / BACKUPS)
        self._db = Database(path)
        try:
            migrate(self._db, lambda: self.backups.make(self.clock(), "migrate"))
        except errors.GealcError:
            self._db.close()
            raise
        self.read = Queries(self._db)
        self._keys_read: dict[str, Identity] = {}
        self._written: tuple[str, Mark] | None = None
        self._copied_for: Reception | None = None

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

    @property
    def _identity(self) -> Identity:
        """The key of this copy. Raises NoIdentity or IdentityLost."""
        from gealc_tui.sync import identity

        replica = self.id
        if replica is None:
            raise errors.NoIdentity()
        if (found := self._keys_read.get(replica)) is None:
            found = identity.load(self.keys, replica)
            if found is None:
                raise errors.IdentityLost(replica=replica)
            self._keys_read[replica] = found
        return found

    def require_identity(self) -> None:
        """Raises NoIdentity or IdentityLost if nothing can be written here."""
        _ = self._identity

    def introduce(self, name: str, country: str, role: str, email: str | None = None) -> Committed | None:
        """Says who uses this copy. The first time, and when the key does not lie here, with a new key.

        An empty `email` takes the address away; None leaves it as it is.
        """
        from gealc_tui.sync import identity, speaker

        self.check_identity()
        replica = self.id
        if replica is None or identity.load(self.keys, replica) is None:
            with self._db.transaction():
                replica = speaker.begin(self._db, self.keys).replica
        person = f"person/{replica}"
        settings: list[Setting] = [(person, "name", name), (person, "country", country), (person, "role", role)]
        known = self.read.person(replica)
        if email or (email == "" and known is not None and known[3]):
            settings.append((person, "email", email or None))
        return self.commit(settings, step=None)

    def check_identity(self) -> None:
        """Goes on under a new identity if the one that this copy has was used elsewhere. For each start."""
        from gealc_tui.sync import speaker

        replica = self.id
        if replica is None or not speaker.is_given_up(self._db, self.keys, replica):
            return
        with suppress(errors.IdentityLost, errors.DatabaseReadOnly, errors.DatabaseLocked), self._writing():
            self._speaking()

    def _speaking(self) -> Identity:
        """The identity that may write now: a new one, if the present one was used elsewhere."""
        from gealc_tui.sync import speaker

        identity = self._identity
        if speaker.is_given_up(self._db, self.keys, identity.replica):
            return self._succeed(identity)
        return identity

    def _succeed(self, old: Identity) -> Identity:
        """Goes on under a new identity, for which the old one answers: who accepted it need not be asked again."""
        from gealc_tui.sync import speaker
        from gealc_tui.sync.trust import SUCCEEDS

        new = speaker.begin(self._db, self.keys)
        person = f"person/{new.replica}"
        said = self.read.state_of(f"person/{old.replica}")
        words: list[Setting] = [(person, field, value) for field, value in said.items() if field != SUCCEEDS]
        word: Setting = (person, SUCCEEDS, [old.replica, old.sign_successor(new.replica)])
        self._append(new, [*words, word], step=None, target=None, restate=True)
        local.set_setting(self._db, "renewed", old.replica)
        return new

    def renewed(self) -> bool:
        """Whether this copy goes on under a new identity, and its person was not told yet."""
        return bool(self.setting("renewed"))

    def told_renewed(self) -> None:
        self.set_setting("renewed", "")

    # --- writing -----------------------------------------------------------------------------------------------

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """One transaction, after which the mark beside the key says what was written."""
        from gealc_tui.sync import mark

        self._written = None
        with self._db.transaction():
            yield
        if self._written is not None:
            mark.write(self.keys, *self._written)

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
        with self._writing():
            return self._append(self._speaking(), settings, step=step, target=target, restate=restate)

    def _append(
        self, identity: Identity, settings: Sequence[Setting], *, step: str | None, target: str | None, restate: bool
    ) -> Committed | None:
        """Writes one change within a transaction."""
        from gealc_tui.store import views
        from gealc_tui.sync.mark import Mark

        shown = [registers.shown_in(self._db, entity, field) for entity, field, _ in settings]
        wanted = [
            (setting, None if was is None else was.value)
            for setting, was in zip(settings, shown, strict=True)
            if restate or was is None or was.differs or not same(was.value, setting[2])
        ]
        if not wanted:
            return None
        number = log.open_log(self._db, identity.replica, identity.key)
        held = log.held_of(self._db, identity.replica).runs
        seq, previous = (held[-1].last + 1, held[-1].tip) if held else (1, NO_CHANGE)
        at = max(self.clock(), log.last_at(self._db, number))
        edits = tuple(
            Edit(entity, field, value, registers.standing_of_others(self._db, number, entity, field))
            for (entity, field, value), _ in wanted
        )
        change = Change(identity.replica, seq, previous, at, edits)
        id = change_id(change)
        into = Insertion(self._db)
        into.add(number, [(id, change)])
        into.close()
        log.add_run(self._db, log.Run(number, seq, seq, previous, id, identity.sign_run(seq, id)))
        if step is not None:
            place = log.place_of(self._db, target, number) if target is not None else None
            undone = place[0] << SEQ_BITS | place[1] if place is not None else None
            local.add_step(self._db, number << SEQ_BITS | seq, step, undone)
        views.refresh(self._db, into.touched)
        self._written = identity.replica, Mark(seq, id)
        return Committed(id, tuple((entity, field, was, value) for (entity, field, value), was in wanted))

    def holds_genesis(self, changes: Sequence[tuple[Edit, ...]], at: int) -> bool:
        """Whether this very document was imported before."""
        return bool(log.numbers(self._db, genesis_id(_genesis_chain(changes, at)[-1][0])))

    def import_genesis(self, changes: Sequence[tuple[Edit, ...]], at: int) -> None:
        """Takes in an official document, given as the edits of each change, as the log that it determines."""
        from gealc_tui.store import views

        chain = _genesis_chain(changes, at)
        tip = chain[-1][0]
        with self._db.transaction():
            if log.numbers(self._db, genesis_id(tip)):
                return
            number = log.open_log(self._db, genesis_id(tip), None)
            into = Insertion(self._db)
            into.add(number, chain)
            into.close()
            log.add_run(self._db, log.Run(number, 1, len(chain), NO_CHANGE, tip, None))
            views.refresh(self._db, into.touched)

    # --- undo --------------------------------------------------------------------------------------------------

    def steps(self) -> list[Step]:
        """This copy's own changes, oldest first, as undo sees them."""
        return local.steps(self._db)

    def change(self, id: str) -> Change:
        """A change that is here, by its id. Raises NotFound."""
        own = log.numbers(self._db, self.id or "")
        place = log.place_of(self._db, id, own[0] if own else 0)
        if place is None:
            raise errors.NotFound(ref=id)
        return next(log.changes(self._db, *place, place[1]))[1]

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
        from gealc_tui.sync import exchange

        with self._db.snapshot():
            have = exchange.haves(self._db, recipients or ())
            return self._bundle(exchange.runs_lacking(self._db, have), summary)

    def bundle_lacking(self, there: Iterable[Stretch], summary: str) -> str | None:
        """The signed change file with what lies in none of these stretches; None if that is nothing."""
        from gealc_tui.sync.carriers.holding import runs_beyond

        with self._db.snapshot():
            runs = runs_beyond(self._db, there)
            return self._bundle(runs, summary) if runs else None

    def _bundle(self, runs: tuple[BundleRun, ...], summary: str) -> str:
        from gealc_tui.sync import bundle, exchange

        identity, held = self._identity, exchange.tips(self._db)
        made = bundle.Bundle(identity.replica, identity.key, self.clock(), summary, held, runs)
        return bundle.encode(made, identity)

    def request_text(self, summary: str) -> str:
        """The small signed file that says what this copy holds, and asks for the rest."""
        from gealc_tui.sync import bundle, exchange

        identity = self._identity
        with self._db.snapshot():
            held = exchange.tips(self._db)
        made = bundle.Bundle(identity.replica, identity.key, self.clock(), summary, held, (), request=True)
        return bundle.encode(made, identity)

    def recipients(self) -> list[str]:
        """Those to whom files are made by default."""
        from gealc_tui.sync import exchange

        with self._db.snapshot():
            return exchange.recipients(self._db)

    def note_answered(self, replicas: Sequence[str]) -> None:
        """Remembers that a file was made for these, should they have asked."""
        for replica in replicas:
            local.note_answered(self._db, replica)

    def carried(self, place: str) -> dict[str, Carried]:
        """What is remembered of the files of a shared folder, by name."""
        return carried.carried(self._db, place)

    def note_carried(self, place: str, files: Mapping[str, Carried]) -> None:
        """Remembers files of a shared folder, as they were read or written."""
        with self._db.transaction():
            carried.remember(self._db, place, files)

    def mark_sent(self, upto: int | None = None) -> None:
        """Notes that a file with everything of our own was made: up to now, or to change number `upto`."""
        sent = self._own_last() if upto is None else max(upto, int(self.setting("sent") or 0))
        self.set_setting("sent", str(sent))

    def unsent(self) -> int:
        """How many own changes no file holds yet."""
        return self._own_last() - int(self.setting("sent") or 0)

    def _own_last(self) -> int:
        replica = self.id
        held = log.held_of(self._db, replica).runs if replica is not None else ()
        return max((run.last for run in held), default=0)

    def people(self) -> tuple[PersonReading, ...]:
        from gealc_tui.sync import people

        with self._db.snapshot():
            return people.people(self._db)

    def person(self, prefix: str) -> str:
        """The id of the one author (or official document that waits) whose id begins so. Raises PersonUnknown."""
        known = set(local.waiting(self._db)) | {one.replica for one in self.people()}
        found = [replica for replica in known if prefix and replica.startswith(prefix)]
        if len(found) != 1:
            raise errors.PersonUnknown(replica=prefix)
        return found[0]

    def merge(self, files: Iterable[tuple[str, bytes]], *, accept: bool = False, dry_run: bool = False) -> MergeReport:
        """Takes in change files (name, content), each whole or not at all. A refused one is reported, not raised.

        With `accept` the authors that are met are accepted. With `dry_run` the same happens, and is then undone.
        """
        from gealc_tui.sync.intake import Intake
        from gealc_tui.sync.reception import Reception

        reception = Reception(self._db, self.id)

        def transaction() -> AbstractContextManager[None]:
            return nullcontext() if dry_run else self._taking_in(reception)

        intake = Intake(self._db, reception, transaction, accept=accept, now=self.clock())
        with self._db.transaction(keep=False) if dry_run else nullcontext():
            outcomes = [outcome for name, data in files for outcome in intake.take(name, data)]
            return reception.report(outcomes)

    @contextmanager
    def _taking_in(self, reception: Reception) -> Iterator[None]:
        """A transaction for what comes from others; words of one's own among it call for a new identity.

        Before the first of a merge that brings changes takes effect, a copy is made. Raises BackupFailed.
        """
        with self._writing():
            before = log.count(self._db)
            yield
            if self._copied_for is not reception and log.count(self._db) != before:
                # Over a connection of its own, which does not see this transaction yet.
                self.backups.make(self.clock(), "merge")
                self._copied_for = reception
            if reception.met_itself and self.id == reception.own:
                self._succeed(self._identity)

    def merge_copy(self, name: str, copy: Database) -> MergeReport:
        """Takes in what a copy of a database holds that is proved, and lacks here, in one transaction."""
        from gealc_tui.sync import exchange
        from gealc_tui.sync.outcomes import FileOutcome
        from gealc_tui.sync.reception import Reception

        reception = Reception(self._db, self.id)
        with self._taking_in(reception):
            logs = reception.receive(exchange.runs_lacking(copy, ()), accept=False)
        return reception.report([FileOutcome(name, "applied", None, logs)])

    def accept(self, replica: str) -> MergeReport:
        """Accepts an author, and takes in what was kept aside of theirs."""
        from gealc_tui.sync.outcomes import FileOutcome
        from gealc_tui.sync.reception import Reception

        reception = Reception(self._db, self.id)
        if replica == self.id:
            return reception.report([])
        with self._taking_in(reception):
            logs = reception.receive(reception.accept(replica), accept=False)
        return reception.report([FileOutcome("", "applied", None, logs)])

    def rely_on(self, replica: str, relies: bool = True) -> MergeReport:
        """Accepts whom an author vouches for, now and later, and takes in what waited; or ceases to."""
        from gealc_tui.sync.outcomes import FileOutcome
        from gealc_tui.sync.reception import Reception

        reception = Reception(self._db, self.id)
        with self._taking_in(reception):
            local.rely_on(self._db, replica, relies)
            logs = reception.receive((), accept=False)
        return reception.report([FileOutcome("", "applied", None, logs)])

    def trust_in(self, replica: str) -> Trust:
        """What this copy thinks of an author."""
        from gealc_tui.sync.trust import trust_of

        return trust_of(self._db, replica)

    def relied_on(self) -> list[str]:
        """Those whose lists of people this copy relies on."""
        return local.relied_on(self._db)

    def vouched_for(self, replica: str) -> frozenset[str]:
        """The replicas on an author's list."""
        from gealc_tui.sync.trust import vouched_for

        return vouched_for(self._db, replica)

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
