"""What a person writes into their own copy: who they are, their changes, their drafts.

Every write ends in `views.refresh`, in the same transaction as the change itself: what was acknowledged is on the
disk, whole. Clock and ids are arguments. A copy belongs to the thread that opened it.
"""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Self

from gealc_tui import errors, permissions
from gealc_tui.domain import moment
from gealc_tui.domain.change import (
    GENESIS,
    NO_CHANGE,
    Change,
    Edit,
    Value,
    change_id,
    genesis_id,
    same,
    text_hash,
)
from gealc_tui.domain.moment import MomentDraft
from gealc_tui.domain.moments import local_day, same_hour_on
from gealc_tui.paths import BACKUPS
from gealc_tui.store import days, local, log, order, registers
from gealc_tui.store.backups import Backups
from gealc_tui.store.database import Database
from gealc_tui.store.file_identity import FileId
from gealc_tui.store.insertion import Insertion
from gealc_tui.store.local import Step
from gealc_tui.store.loose_drafts import LooseDrafts
from gealc_tui.store.migrations import migrate
from gealc_tui.store.queries import Queries
from gealc_tui.store.registers import SEQ_BITS

if TYPE_CHECKING:
    from gealc_tui.domain.moment import HeldRun, Moment
    from gealc_tui.store.as_of import Past, Stood
    from gealc_tui.sync.identity import Identity
    from gealc_tui.sync.mark import Mark
    from gealc_tui.sync.reception import Reception

DEMO_DAY = "demo_day"
"""The setting of a copy that was made for a demonstration: the day on which it takes place, `2019-06-18`."""

IMPORTED = "imported"
"""The setting that lists the official documents that can still be taken out again."""

_LACKING = "lacking"
"""In the setting `renewed`, in the place of the identity before."""

Setting = tuple[str, str, Value]
"""Entity, field, value: what a command wants to be written."""


class Filled(NamedTuple):
    """A sheet that somebody filled in: the id of what was sent, and whose words they are."""

    export: str
    name: str
    country: str


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


class Authoring:
    """A database and the keys that may speak for it, as the person who uses it writes into it."""

    def __init__(
        self,
        path: Path,
        keys: Path,
        *,
        clock: Callable[[], int] = wall_clock,
        new_id: Callable[[], str] = random_id,
        same_as: FileId | None = None,
    ) -> None:
        """Opens the database at `path`, making its tables if it is new, and bringing old ones up to date.

        `same_as` is the file that must lie there, if that is known. Raises errors.DatabaseError, and BackupFailed if
        old ones cannot be copied before.
        """
        self.path = path
        self.keys = keys
        self.clock = clock
        self.new_id = new_id
        self.backups = Backups(path, path.parent / BACKUPS)
        self._db = Database(path, same_as=same_as)
        self._loose = LooseDrafts(path)
        try:
            migrate(self._db, lambda: self.backups.make(self.clock(), "migrate"))
        except errors.GealcError:
            self._db.close()
            raise
        self.read = Queries(self._db)
        self._keys_read: dict[str, Identity] = {}
        self._written: dict[str, Mark] = {}
        self._copied_for: Reception | None = None
        self._looking_at: date | None = None
        self._is_looking_back = False
        self._folds: Past | None = None
        self._unsent: tuple[tuple[tuple[str, int, int], ...], int] | None = None
        """What `unsent` was asked last, by identity and changes, and its answer."""
        if clock is wall_clock and (day := self.demo_day) is not None:
            self.clock = lambda: same_hour_on(day, wall_clock())

    def close(self) -> None:
        self._db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def another(self) -> Self:
        """The same copy for another thread. Raises DatabaseError, DatabaseReplaced among them."""
        return type(self)(self.path, self.keys, clock=self.clock, new_id=self.new_id, same_as=self._db.file)

    def stop_when(self, asked: Callable[[], bool]) -> None:
        """From now on what is under way ends with Stopped once `asked` says so, unless something of it was written."""
        self._db.stop_asked = asked

    @property
    def today(self) -> date:
        """The day on this machine's clock; while one looks back, the day on which one looks."""
        return self._looking_at or local_day(self.clock())

    @property
    def looks_back(self) -> bool:
        """Whether what is read is the plan as it stood at a moment that is past."""
        return self._is_looking_back

    @contextmanager
    def looking_back(self, stood: Stood, day: date | None) -> Iterator[None]:
        """Meanwhile questions are answered as the plan stood, on a day (None: today)."""
        read = self.read
        self.read, self._looking_at, self._is_looking_back = stood.read, day, True
        try:
            yield
        finally:
            self.read, self._looking_at, self._is_looking_back = read, None, False

    def as_of(self, moment: Moment, more: Sequence[str] = ()) -> Stood:
        """The plan as it stood at a moment; with `more`, ids of changes, as if that held these too. Raises Stopped."""
        return self._past().at(moment, more)

    def as_of_runs(self, runs: Sequence[HeldRun]) -> Stood:
        """The plan as it follows from some stretches of logs alone. Raises Stopped."""
        return self._past().of(runs)

    def as_of_day(self, day: date) -> Stood:
        """The plan as this copy held it at the end of a day. Raises DayUnknown, Stopped."""
        return self._past().of(self.runs_of_day(day))

    def runs_of_day(self, day: date) -> tuple[HeldRun, ...]:
        """What this copy held at the end of a day. Raises DayUnknown."""
        runs = days.held_on(self._db, day)
        if runs is None:
            raise errors.DayUnknown(day=day.isoformat())
        return tuple(runs)

    def _past(self) -> Past:
        from gealc_tui.store.as_of import Past

        if self._folds is None:
            self._folds = Past(self._db)
        return self._folds

    @property
    def demo_day(self) -> date | None:
        """The day on which this copy lives, if it was made for a demonstration: nothing in it is real."""
        with suppress(TypeError, ValueError):
            return date.fromisoformat(local.setting(self._db, DEMO_DAY) or "")
        return None

    def last_instants(self) -> tuple[int | None, list[int]]:
        """The last credible instants of this copy's own log (None: it wrote nothing) and of the logs of others."""
        own: int | None = None
        others: list[int] = []
        for replica, instant in order.last_credible(self._db):
            if replica == self.id:
                own = instant
            else:
                others.append(instant)
        return own, others

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

        lacks = speaker.lacks_its_last_words(self._db, self.keys, old.replica)
        new = speaker.begin(self._db, self.keys)
        person = f"person/{new.replica}"
        said = self.read.state_of(f"person/{old.replica}")
        words: list[Setting] = [(person, field, value) for field, value in said.items() if field != SUCCEEDS]
        word: Setting = (person, SUCCEEDS, [old.replica, old.sign_successor(new.replica)])
        self._append(new, [*words, word], step=None, target=None, restate=True)
        local.set_setting(self._db, "renewed", _LACKING if lacks else old.replica)
        return new

    def renewed(self) -> bool:
        """Whether this copy goes on under a new identity, and its person was not told yet."""
        return bool(self.setting("renewed"))

    def renewed_lacking(self) -> bool:
        """Whether it then lacked what the identity before had written last: nobody knows if that is elsewhere."""
        return self.setting("renewed") == _LACKING

    def told_renewed(self) -> None:
        self.set_setting("renewed", "")

    # --- writing -----------------------------------------------------------------------------------------------

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """One transaction, after which the mark beside the key says what was written."""
        from gealc_tui.sync import mark

        self._written = {}
        with self._db.transaction():
            yield
        for replica, reached in self._written.items():
            mark.write(self.keys, replica, reached)

    def commit(
        self,
        settings: Sequence[Setting],
        *,
        step: str | None = "do",
        target: str | None = None,
        restate: bool = False,
        moment: MomentDraft | None = None,
        scribe: str | None = None,
    ) -> Committed | None:
        """Writes one change, durably; None if everything stands so already and nothing differs.

        With `restate` a value is written though it is the one that is shown. `step` is how undo sees the change
        (None: not at all), `target` the change that it undoes or does again. With `moment` the change also says what
        is held just before it (`domain.moment`). `scribe`: the scribe of this copy who takes
        back, or does again. Raises PlanIsClosed and NotYourFunction (`permissions`).
        """
        with self._writing():
            identity = self._speaking() if scribe is None else self._scribe_speaking(scribe)
            permissions.check(self.read, identity.replica, settings, turns_back=step in ("undo", "redo"))
            said = [*settings, *self._moment(moment)] if moment is not None else settings
            return self._append(identity, said, step=step, target=target, restate=restate)

    # --- what somebody filled in who has no copy ---------------------------------------------------------------

    def own_scribes(self) -> list[str]:
        """The logs in which this copy wrote down what others had filled in."""
        from gealc_tui.sync.trust import SCRIBE

        return [
            entity.removeprefix("person/")
            for entity, value in registers.shown_in_all(self._db, "person", SCRIBE)
            if isinstance(value, list) and value[:1] == [self.id]
        ]

    def scribes_of(self, sheet: Filled) -> list[str]:
        """The scribes of a sheet that one person filled in, whoever brought it in."""
        said = registers.shown_in_all(self._db, "person", "sheet")
        return [entity.removeprefix("person/") for entity, value in said if value == list(sheet)]

    def commit_filled(
        self, sheet: Filled, called: str, edits: Sequence[tuple[Setting, tuple[str, ...]]]
    ) -> Committed | None:
        """Writes what somebody filled in, in the log of their scribe, over just the changes that are named.

        The scribe is made if there is none of this copy, under the name `called`. Raises PlanIsClosed, NoIdentity,
        FileUnwritable.
        """
        if not edits:
            return None
        settings = [setting for setting, _ in edits]
        overs = {(entity, field): over for (entity, field, _), over in edits}
        with self._writing():
            own = self._speaking()
            scribe = self._scribe(own, sheet, called)
            permissions.check(self.read, scribe.replica, settings, turns_back=False)
            return self._append(scribe, settings, step="do", target=None, restate=True, overs=overs)

    def _scribe(self, own: Identity, sheet: Filled, called: str) -> Identity:
        """The key for what one person filled in on one sheet; made with its first words, if there is none."""
        from gealc_tui.sync import identity, speaker
        from gealc_tui.sync.trust import SCRIBE

        mine = set(self.own_scribes())
        for one in self.scribes_of(sheet):
            found = identity.load(self.keys, one) if one in mine else None
            if found is not None and not speaker.is_given_up(self._db, self.keys, one):
                return found
        made = identity.create(self.keys)
        person = f"person/{made.replica}"
        words: list[Setting] = [
            (person, "name", called),
            (person, "country", sheet.country),
            (person, SCRIBE, [own.replica, own.sign_scribe(made.replica)]),
            (person, "sheet", list(sheet)),
        ]
        self._append(made, words, step=None, target=None, restate=True)
        return made

    def _scribe_speaking(self, scribe: str) -> Identity:
        """The key of a scribe. Raises IdentityLost, also where it was used elsewhere."""
        from gealc_tui.sync import identity, speaker

        found = identity.load(self.keys, scribe)
        if found is None or speaker.is_given_up(self._db, self.keys, scribe):
            raise errors.IdentityLost(replica=scribe)
        return found

    def _moment(self, draft: MomentDraft) -> list[Setting]:
        """What a moment says that is written now, within a transaction."""
        from gealc_tui.store import plan_part, run_sets

        entity = f"{moment.KIND}/{self.new_id()}"
        plan = draft.plan
        said: dict[str, Value] = {
            "version": moment.VERSION,
            "kind": draft.kind.value,
            "plan": plan,
            "day": draft.day,
            "meeting": draft.meeting,
            "runs": moment.runs_value(run_sets.held(self._db)[: moment.MOST_RUNS]),
            "fingerprint": plan_part.fingerprint(self._db, plan) if plan is not None else None,
        }
        settings: list[Setting] = [(entity, field, said[field]) for field in moment.FIELDS]
        return [*settings, (entity, moment.PERIOD, draft.period)] if draft.period is not None else settings

    def _append(
        self,
        identity: Identity,
        settings: Sequence[Setting],
        *,
        step: str | None,
        target: str | None,
        restate: bool,
        overs: Mapping[tuple[str, str], tuple[str, ...]] | None = None,
    ) -> Committed | None:
        """Writes one change within a transaction; over what stands, or over what `overs` says of each register."""
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
        at = self.clock()
        days.note(self._db, local_day(at))
        edits = tuple(
            Edit(
                entity,
                field,
                value,
                registers.standing_of_others(self._db, number, entity, field)
                if overs is None
                else overs[entity, field],
            )
            for (entity, field, value), _ in wanted
        )
        change = Change(identity.replica, seq, previous, at, edits)
        id = change_id(change)
        into = Insertion(self._db)
        into.add(number, [(id, change)])
        log.add_run(self._db, log.Run(number, seq, seq, previous, id, identity.sign_run(seq, id)))
        into.close()
        if step is not None:
            place = log.place_of(self._db, target, number) if target is not None else None
            undone = place[0] << SEQ_BITS | place[1] if place is not None else None
            local.add_step(self._db, number << SEQ_BITS | seq, step, undone)
        views.refresh(self._db, into.touched)
        self._written[identity.replica] = Mark(seq, id)
        return Committed(id, tuple((entity, field, was, value) for (entity, field, value), was in wanted))

    def holds_genesis(self, changes: Sequence[tuple[Edit, ...]], at: int) -> bool:
        """Whether this very document was imported before."""
        return bool(log.numbers(self._db, genesis_id(_genesis_chain(changes, at)[-1][0])))

    def import_genesis(self, changes: Sequence[tuple[Edit, ...]], at: int, *, removable: bool = False) -> None:
        """Takes in an official document, given as the edits of each change, as the log that it determines.

        A `removable` one can be taken out again while no file has told of it.
        """
        from gealc_tui.store import views

        chain = _genesis_chain(changes, at)
        tip = chain[-1][0]
        with self._db.transaction():
            if log.numbers(self._db, genesis_id(tip)):
                return
            if log.count(self._db):
                days.note(self._db, self.today)
            number = log.open_log(self._db, genesis_id(tip), None)
            into = Insertion(self._db)
            into.add(number, chain)
            log.add_run(self._db, log.Run(number, 1, len(chain), NO_CHANGE, tip, None))
            into.close()
            views.refresh(self._db, into.touched)
            if removable:
                self.set_setting(IMPORTED, json.dumps([*self._imported(), genesis_id(tip)]))

    def _imported(self) -> list[str]:
        """The logs of official documents that were imported here, and of which no file has told yet."""
        found: list[str] = json.loads(self.setting(IMPORTED) or "[]")
        return found

    def _note_leaving(self) -> None:
        """A file is about to be made: from now on others may know of every document that is here."""
        if self._imported():
            self.set_setting(IMPORTED, "[]")

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
        return self._loose.texts.get(place) or local.draft(self._db, place) or ""

    def drafts(self) -> dict[str, str]:
        """Everything that was being typed when it was last heard of, by place."""
        return {**local.drafts(self._db), **self._loose.texts}

    def keep_draft(self, place: str, text: str) -> None:
        """Writes through what is being typed, so that a kill loses nothing. An empty text forgets it.

        What the database cannot take lies in a file beside it (`loose_drafts`) until the next start. Raises
        DatabaseError if that cannot be written either.
        """
        try:
            local.keep_draft(self._db, place, text)
        except errors.DatabaseError:
            try:
                self._loose.keep(place, text)
            except OSError:
                pass
            else:
                return
            raise
        if place in self._loose.texts:
            with suppress(OSError):
                self._loose.keep(place, "")

    def take_in_loose_drafts(self) -> None:
        """Takes into the database what an earlier window had to keep beside it. For the start of a window.

        Where something else is being typed at the same place by now, both texts stay, the newer below.
        """
        left = self._loose.left()
        if not left:
            return
        with suppress(errors.DatabaseError, OSError):
            with self._db.transaction():
                for place, text in left.items():
                    here = local.draft(self._db, place) or ""
                    local.keep_draft(self._db, place, text if here in text else f"{here}\n{text}")
            self._loose.clear()

    # --- a file that was replaced ------------------------------------------------------------------------------

    def is_replaced(self) -> bool:
        """Whether another file, or none, has come to lie where the database was. Then nothing more is written."""
        return self._db.is_replaced()

    def keep_replaced(self) -> Path:
        """Copies what this copy still sees of its database among the dated copies, and what is being typed beside it.

        Returns the path of the copy. Raises BackupFailed and DatabaseError.
        """
        with suppress(OSError):
            self._loose.keep_all(self.drafts())
        kept = self.backups.path(self.backups.make_of(self._db, self.clock()))
        # To the file that lies there now they would be applied page by page, and damage it.
        self._db.drop_orphaned_journals()
        return kept

    def is_all_kept(self) -> bool:
        """Whether everything that was typed lies in the database that will be opened next."""
        return not self._loose.texts and not self.is_replaced()

    def unkept_drafts(self) -> dict[str, str]:
        """What is being typed and lies neither in the database nor, for want of room, in the file beside it."""
        left = self._loose.left()
        return {place: text for place, text in self._loose.texts.items() if left.get(place) != text}

    @property
    def loose_drafts(self) -> Path:
        """The file for what is being typed while the database cannot take it."""
        return self._loose.path

    # --- settings ----------------------------------------------------------------------------------------------

    def setting(self, name: str) -> str | None:
        """A setting of this copy alone (the theme, the last activity)."""
        return local.setting(self._db, name)

    def set_setting(self, name: str, value: str) -> None:
        local.set_setting(self._db, name, value)


def _genesis_chain(changes: Iterable[tuple[Edit, ...]], at: int) -> list[tuple[str, Change]]:
    chain: list[tuple[str, Change]] = []
    for seq, edits in enumerate(changes, 1):
        change = Change(GENESIS, seq, chain[-1][0] if chain else NO_CHANGE, at, edits)
        chain.append((change_id(change), change))
    return chain
