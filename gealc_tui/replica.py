"""The one door: one person's copy of the plan, on one machine.

`commit` writes what the person does (`authoring`), `merge` takes in what others did, `bundle_text` gives out what
others lack, `read` answers questions.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import TYPE_CHECKING

from gealc_tui import collector, errors, paths
from gealc_tui.authoring import Committed, Setting
from gealc_tui.domain.change import Value, canonical, same, text_hash
from gealc_tui.domain.vocabulary import Role, Trust
from gealc_tui.store import carried, days, local, log, waiting
from gealc_tui.viewing import Viewing

if TYPE_CHECKING:
    from gealc_tui.domain.matrix import SentRow
    from gealc_tui.domain.readings import PersonReading
    from gealc_tui.store.carried import Carried, Stretch
    from gealc_tui.store.database import Database
    from gealc_tui.store.unsent import Unsent
    from gealc_tui.store.verify import Fault
    from gealc_tui.sync.bundle import BundleRun
    from gealc_tui.sync.gate import Gate
    from gealc_tui.sync.outcomes import MergeReport
    from gealc_tui.sync.reception import Reception

__all__ = ["Committed", "Replica", "Setting"]

RELIED_ON_AS = "relied_on_as_"
"""The settings that list those who are believed in a function; behind it stands which (a `Role`)."""


_SENT_OF_SCRIBES = "sent_of_scribes"
"""The setting that says of each scribe up to where a file tells of it."""


class Replica(Viewing):
    """One person's copy, which gives out and takes in."""

    # --- exchange ----------------------------------------------------------------------------------------------

    @collector.put_off()
    def bundle_text(self, *, recipients: Sequence[str] | None, summary: str) -> str:
        """The signed change file with what the recipients lack; None: everything. Marks nothing as sent."""
        from gealc_tui.sync import exchange

        self._note_leaving()
        with self._db.snapshot():
            have = exchange.haves(self._db, recipients or ())
            return self._bundle(exchange.runs_lacking(self._db, have), summary)

    def bundle_lacking(self, there: Iterable[Stretch], summary: str) -> str | None:
        """The signed change file with what lies in none of these stretches; None if that is nothing."""
        from gealc_tui.sync.carriers.holding import runs_beyond

        self._note_leaving()
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
        self._note_leaving()
        with self._db.snapshot():
            held = exchange.tips(self._db)
        made = bundle.Bundle(identity.replica, identity.key, self.clock(), summary, held, (), request=True)
        return bundle.encode(made, identity)

    def signed_matrix(self, plan: str, titles: Sequence[tuple[str, str]], rows: Iterable[SentRow]) -> list[list[str]]:
        """What a matrix of a plan carries with it, line by line, signed by this copy. Raises NoIdentity."""
        from gealc_tui.domain import matrix

        identity = self._identity
        sent = matrix.SentMatrix(plan, identity.replica, identity.key, self.new_id(), tuple(titles), tuple(rows))
        return matrix.lines(sent, identity.sign_matrix(sent.digest))

    def recipients(self) -> list[str]:
        """Those to whom files are made by default."""
        from gealc_tui.sync import exchange

        with self._db.snapshot():
            return exchange.recipients(self._db)

    def carried(self, place: str) -> dict[str, Carried]:
        """What is remembered of the files of a shared folder, by name."""
        return carried.carried(self._db, place)

    def note_carried(self, place: str, files: Mapping[str, Carried]) -> None:
        """Remembers files of a shared folder, as they were read or written."""
        with self._db.transaction():
            carried.remember(self._db, place, files)

    def mark_sent(
        self, upto: int | None = None, *, answered: Sequence[str] = (), scribes: Mapping[str, int] | None = None
    ) -> None:
        """Notes that a file with everything of our own was made: up to now, or to change number `upto`.

        `scribes`: for each of our scribes, up to which of its changes; None: all of them.

        `answered` are those for whom it was made, should they have asked.
        """
        with self._db.transaction():
            sent = self._own_last() if upto is None else max(upto, self._sent())
            self.set_setting("sent", str(sent))
            told = {one: max(was, (scribes or {}).get(one, 0)) for one, was, _ in self._scribe_bounds()}
            if scribes is None:
                told = {one: last for one, _, last in self._scribe_bounds()}
            if told:
                self.set_setting(_SENT_OF_SCRIBES, json.dumps(told))
            for replica in answered:
                local.note_answered(self._db, replica)

    def unsent(self) -> int:
        """How much of one's own no file holds yet, net: what was taken back again counts for nothing."""
        from gealc_tui.store import unsent

        asked = tuple(one for one in self._bounds() if one[2] > one[1])
        if not asked:
            return 0
        if self._unsent is None or self._unsent[0] != asked:
            # Screens ask again whenever they are drawn.
            counts = (unsent.count(self._db, log.numbers(self._db, one), *upto) for one, *upto in asked)
            self._unsent = asked, sum(counts)
        return self._unsent[1]

    def unsent_things(self) -> tuple[Unsent, ...]:
        """What a file would tell the others, net, the newest first."""
        from gealc_tui.store import unsent

        things = [
            thing
            for replica, sent, last in self._bounds()
            for thing in unsent.things(self._db, log.numbers(self._db, replica), sent, last)
        ]
        at = {one.change: self._db.value("SELECT at FROM changes WHERE n = ?", [one.change]) for one in things}
        # Of one log by its numbers; those of scribes between, by the clock.
        return tuple(sorted(things, key=lambda one: -at[one.change]) if len(self._bounds()) > 1 else things)

    def _bounds(self) -> list[tuple[str, int, int]]:
        """This copy's own logs: which replica, up to where a file tells of it, and up to where it goes."""
        return [(self.id or "", self._sent(), self._own_last()), *self._scribe_bounds()]

    def _scribe_bounds(self) -> list[tuple[str, int, int]]:
        """The same of what this copy wrote down for others."""
        scribes = self.own_scribes() if self.id is not None else []
        said = json.loads(self.setting(_SENT_OF_SCRIBES) or "{}") if scribes else {}
        return [(one, int(said.get(one, 0)), self._last_of(one)) for one in scribes]

    def _last_of(self, replica: str) -> int:
        return max((run.last for run in log.held_of(self._db, replica).runs), default=0)

    def _sent(self) -> int:
        """Up to which own change a file was made; what the setting cannot tell was not."""
        said = self.setting("sent") or ""
        return int(said) if said.isascii() and said.isdecimal() and len(said) < 16 else 0

    def _own_last(self) -> int:
        return self._last_of(self.id) if self.id is not None else 0

    def oneself(self) -> PersonReading | None:
        """Whoever uses this copy; None while nobody has said who that is."""
        from gealc_tui.sync import people

        with self._db.snapshot():
            return people.oneself(self._db)

    def people(self) -> tuple[PersonReading, ...]:
        """Every author that this copy has met, itself first."""
        from gealc_tui.sync import people

        with self._db.snapshot():
            return people.people(self._db)

    def person(self, prefix: str) -> str:
        """The id of the one author (or official document that waits) whose id begins so. Raises PersonUnknown."""
        known = {*waiting.authors(self._db), *(one.replica for one in self.people())}
        found = [replica for replica in known if prefix and replica.startswith(prefix)]
        if len(found) != 1:
            raise errors.PersonUnknown(replica=prefix)
        return found[0]

    @collector.put_off()
    def merge(self, files: Iterable[tuple[str, bytes]], *, accept: bool = False, dry_run: bool = False) -> MergeReport:
        """Takes in change files (name, content), each whole or not at all. A refused one is reported, not raised.

        With `accept` the authors that are met are accepted. With `dry_run` the same happens, and is then undone.
        """
        from gealc_tui.sync.intake import Intake
        from gealc_tui.sync.outcomes import MergeReport
        from gealc_tui.sync.reception import Reception

        reception = Reception(self._db, self.id)

        def transaction() -> AbstractContextManager[None]:
            return self._db.attempt() if dry_run else self._taking_in(reception)

        intake = Intake(self._db, reception, transaction, gate=self.gate, accept=accept, now=self.clock())
        with self._db.transaction(keep=False) if dry_run else nullcontext():
            outcomes = [outcome for name, data in files for outcome in intake.take(name, data)]
            try:
                with self.gate.passing():
                    return reception.report(outcomes)
            except errors.GateFault:
                # What was taken in is taken in; what it altered is seen on the plan.
                return MergeReport(tuple(outcomes), (), (), (), met_itself=reception.met_itself)

    @property
    def gate(self) -> Gate:
        """Where foreign bytes pass. What goes wrong there is kept beside the database."""
        from gealc_tui.sync.gate import Gate

        return Gate(self.path.with_name(paths.FAULTS))

    @contextmanager
    def _taking_in(self, reception: Reception) -> Iterator[None]:
        """A transaction for what comes from others; words of one's own among it call for a new identity.

        Before the first of a merge that brings changes takes effect, a copy is made. Raises BackupFailed.
        """
        with self._writing():
            before = log.count(self._db)
            days.note(self._db, self.today)
            yield
            if self._copied_for is not reception and log.count(self._db) != before:
                # Over a connection of its own, which does not see this transaction yet.
                self.backups.make(self.clock(), "merge")
                self._copied_for = reception
            if reception.met_itself and self.id == reception.own:
                self._succeed(self._identity)

    @collector.put_off()
    def merge_copy(self, name: str, copy: Database) -> MergeReport:
        """Takes in what a copy of a database holds that is proved, and lacks here, in one transaction."""
        from gealc_tui.sync import exchange
        from gealc_tui.sync.outcomes import FileOutcome
        from gealc_tui.sync.reception import Reception

        reception = Reception(self._db, self.id)
        with self._taking_in(reception):
            logs = reception.receive(exchange.runs_lacking(copy, ()), accept=False)
        return reception.report([FileOutcome(name, "applied", None, logs)])

    @collector.put_off()
    def accept(self, replica: str, *, dry_run: bool = False) -> MergeReport:
        """Accepts an author, and takes in what was kept aside of theirs. `dry_run` tells of it and changes nothing."""
        from gealc_tui.sync.outcomes import FileOutcome
        from gealc_tui.sync.reception import Reception

        reception = Reception(self._db, self.id)
        if replica == self.id:
            return reception.report([])
        with self._db.transaction(keep=False) if dry_run else self._taking_in(reception):
            logs = reception.receive(reception.accept(replica), accept=False)
            if dry_run:
                return reception.report([FileOutcome("", "applied", None, logs)])
        return reception.report([FileOutcome("", "applied", None, logs)])

    def was_received(self, data: bytes) -> bool:
        """Whether a file of these very bytes was taken in before."""
        import hashlib

        return local.changes_in_file(self._db, hashlib.sha256(data).digest()) is not None

    def senders_of(self, replica: str) -> tuple[str, ...]:
        """Who sent what waits of an author, in the order in which it came."""
        from gealc_tui.store import waiting

        return tuple(dict.fromkeys(one.sender for one in waiting.waiting(self._db, replica)))

    def rely_on(self, replica: str, relies: bool = True) -> MergeReport:
        """Accepts whom an author vouches for, now and later, and takes in what waited; or ceases to."""
        from gealc_tui.sync.outcomes import FileOutcome
        from gealc_tui.sync.reception import Reception

        reception = Reception(self._db, self.id)
        with self._taking_in(reception):
            local.rely_on(self._db, replica, relies)
            logs = reception.receive((), accept=False)
        return reception.report([FileOutcome("", "applied", None, logs)])

    def rely_on_as(self, replica: str, role: Role, relies: bool = True) -> None:
        """Believes what an author does as Secretariat, whatever they say of themselves; or ceases to. Local."""
        known = set(self._relied_on_as(role))
        self.set_setting(
            f"{RELIED_ON_AS}{role}", json.dumps(sorted(known | {replica} if relies else known - {replica}))
        )

    def relied_on_as(self, role: Role) -> frozenset[str]:
        """Those who are believed in a function, and those as whom they go on, unless they are blocked."""
        from gealc_tui.sync import trust

        said = self._relied_on_as(role)
        if not said:
            return frozenset()
        with self._db.snapshot():
            found = {one for replica in said for one in (replica, *trust.successors_of(self._db, replica))}
            return frozenset(one for one in found if trust.trust_of(self._db, one) is not Trust.BLOCKED)

    def _relied_on_as(self, role: Role) -> list[str]:
        found: list[str] = json.loads(self.setting(f"{RELIED_ON_AS}{role}") or "[]")
        return found

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
        """Takes in nothing more of an author, nor of successors that the author's key named.

        What was accepted stays; what waits, and what comes, is kept aside.
        """
        from gealc_tui.sync import trust

        if replica == self.id:
            raise errors.CannotBlockSelf()
        with self._db.transaction():
            trust.block(self._db, replica)

    def blocked_with(self, replica: str) -> tuple[str, ...]:
        """The successors that an author's key named, and who would be blocked with that author."""
        from gealc_tui.sync import trust

        with self._db.snapshot():
            named = trust.named_by(self._db, replica)
            return tuple(one for one in named if trust.trust_of(self._db, one) not in (Trust.SELF, Trust.BLOCKED))

    def unblock(self, replica: str) -> MergeReport:
        """Takes a block back: who was accepted before is accepted again, and what was kept aside is taken in."""
        from gealc_tui.sync.outcomes import FileOutcome
        from gealc_tui.sync.reception import Reception

        reception = Reception(self._db, self.id)
        with self._taking_in(reception):
            logs = reception.receive(reception.unblock(replica), accept=False)
        return reception.report([FileOutcome("", "applied", None, logs)])

    # --- the whole ---------------------------------------------------------------------------------------------

    @collector.put_off()
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
        """A hash of what the changes say: equal on two copies that hold the same changes, of whatever version."""
        return text_hash(canonical(self.dump()))

    @collector.put_off()
    def verify(self) -> tuple[Fault, ...]:
        """Derives every id, chain, signature and view again from the log; what disagrees is returned."""
        from gealc_tui.store import verify
        from gealc_tui.sync.identity import run_is_signed

        # A copy in memory: nothing is locked, and a database that cannot be written can be checked too.
        try:
            with self._db.copy_in_memory() as copy:
                return tuple(verify.faults(copy, run_is_signed))
        except errors.DatabaseError as error:
            return (verify.Fault("file", error.detail),)

    def pack(self) -> None:
        """Makes the database one small file, with nothing beside it: for a copy that is to be given out."""
        self._db.pack()

    @collector.put_off()
    def rebuild(self) -> None:
        """Throws the views away and folds the log again."""
        from gealc_tui.store import views

        with self._db.transaction():
            views.rebuild(self._db)
