"""Taking in proved runs, and telling what that altered.

One reception serves one merge of any number of files. It remembers what each touched register showed before it was
first touched, and compares at the end. The caller holds the transaction, and so may undo it all: a dry run is the
same reception, rolled back.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from gealc_tui import errors
from gealc_tui.domain.change import is_genesis, kind_of, same
from gealc_tui.domain.entities import ENTITIES
from gealc_tui.domain.vocabulary import Trust, seen_default
from gealc_tui.store import local, registers, views
from gealc_tui.store.database import Database
from gealc_tui.store.queries import Queries
from gealc_tui.store.registers import Shown
from gealc_tui.sync import merge
from gealc_tui.sync.bundle import Bundle, BundleRun, decode_run, run_text
from gealc_tui.sync.exchange import introduction, trust_of
from gealc_tui.sync.outcomes import (
    AlteredValue,
    FileOutcome,
    LogOutcome,
    MergeReport,
    Outcome,
    Register,
)


class Reception:
    """Takes in runs, file by file, and reports on all of them together."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._before: dict[int, Shown | None] = {}

    def receive(self, runs: Sequence[BundleRun], *, accept: bool) -> tuple[LogOutcome, ...]:
        """Stores what is new, keeps strangers aside, folds what was touched; says what became of each run."""
        waiting = self._accept({run.replica for run in runs}) if accept else []
        verdicts = []
        touched: set[int] = set()
        # One after the other: two runs of one log may overlap.
        for run in [*waiting, *runs]:
            verdicts.append(merge.judge(self._db, run, trust_of(self._db, run.replica)))
            touched |= merge.apply(self._db, verdicts[-1])
        for register in touched - self._before.keys():
            self._before[register] = registers.shown(self._db, register)
        views.refresh(self._db, touched)
        for verdict in verdicts:
            if verdict.outcome is Outcome.STRANGER:
                run = verdict.run
                local.put_aside(self._db, run.replica, run.after + 1, run.tip, run_text(run))
        # What waited is worth a word only if it brought something.
        first = len(waiting)
        told = [*(verdict for verdict in verdicts[:first] if verdict.pieces), *verdicts[first:]]
        return tuple(self._outcome(verdict) for verdict in told)

    def _accept(self, replicas: Iterable[str]) -> list[BundleRun]:
        """Accepts those who are strangers. Returns what was kept aside of theirs."""
        waiting = []
        for replica in sorted(replicas):
            if trust_of(self._db, replica) is Trust.STRANGER:
                waiting += self.accept(replica)
        return waiting

    def accept(self, replica: str) -> list[BundleRun]:
        """Accepts an author. Returns what was kept aside of theirs, and is aside no more."""
        local.set_trust(self._db, replica, Trust.ACCEPTED)
        waiting = [decode_run(text) for _, text in local.aside(self._db, replica)]
        local.forget_aside(self._db, replica)
        return waiting

    def _outcome(self, verdict: merge.Verdict) -> LogOutcome:
        run = verdict.run
        author = Queries(self._db).author(run.replica)
        name, country = author.name, author.country
        if not name and not is_genesis(run.replica):
            name, country, _ = introduction(run.replica, [run])
        taken = verdict.outcome in (Outcome.NEW, Outcome.PARTIAL, Outcome.KNOWN)
        return LogOutcome(
            run.replica,
            name,
            country,
            verdict.outcome,
            verdict.new if taken else len(run.changes) if verdict.outcome is Outcome.STRANGER else 0,
            len(run.changes) - verdict.new if taken else 0,
            verdict.missing,
        )

    def acknowledge(self, bundle: Bundle) -> None:
        """Remembers what the sender holds, if the sender is somebody whom we accept."""
        if trust_of(self._db, bundle.sender) is Trust.ACCEPTED:
            have = {replica: seq for replica, (seq, _) in bundle.have.items()}
            local.note_peer(self._db, bundle.sender, have, bundle.at)

    def report(self, files: Iterable[FileOutcome]) -> MergeReport:
        """What the whole merge altered, opened and settled."""
        queries = Queries(self._db)
        names = {register: registers.name(self._db, register) for register in self._before}
        old = {names[register][0] for register, was in self._before.items() if was is not None}
        altered: list[AlteredValue] = []
        opened: list[Register] = []
        settled: list[Register] = []
        for register, was in sorted(self._before.items(), key=lambda one: names[one[0]]):
            entity, field = names[register]
            now = registers.shown(self._db, register)
            if now is None or (model := ENTITIES.get(kind_of(entity))) is None:
                continue
            before, differed = was or Shown(seen_default(model.KIND, field), False)
            if differed != now.differs:
                (opened if now.differs else settled).append(Register(entity, field, queries.activity_of(entity)))
            # Of what is new as a whole, its words are told and not each of its fields.
            is_new = entity not in old and not self._had(entity)
            if not same(before, now.value) and (not is_new or field == model.VOICE):
                by = queries.author(registers.speaker(self._db, register))
                altered.append(AlteredValue(entity, queries.activity_of(entity), field, before, now.value, by))
        return MergeReport(
            tuple(files),
            tuple(altered),
            tuple(opened),
            tuple(settled),
        )

    def _had(self, entity: str) -> bool:
        """Whether the entity has registers that this merge did not touch."""
        return not registers.of_entity(self._db, entity) <= self._before.keys()


_REFUSALS: dict[type[errors.GealcError], str] = {
    errors.NotAChangeFile: "not-a-change-file",
    errors.CutOff: "cut-off",
    errors.Altered: "altered",
    errors.Forged: "forged",
    errors.TooLarge: "too-large",
    errors.NewerFormat: "newer-version",
}


def refusal(file: str, error: errors.GealcError) -> FileOutcome:
    """The outcome of a file that the gate did not let through."""
    return FileOutcome(file, _REFUSALS[type(error)], error, ())
