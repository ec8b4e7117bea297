"""Taking in proved runs, and telling what that altered.

One reception serves one merge of any number of files. It remembers what each touched register showed before it was
first touched, and compares at the end. The caller holds the transaction, and so may undo it all: a dry run is the
same reception, rolled back.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from gealc_tui import errors
from gealc_tui.domain.change import is_genesis
from gealc_tui.domain.vocabulary import Trust
from gealc_tui.store import local, registers, views
from gealc_tui.store.database import Database
from gealc_tui.store.insertion import Insertion
from gealc_tui.store.local import Peer
from gealc_tui.store.queries import Queries
from gealc_tui.store.registers import Told
from gealc_tui.sync import merge
from gealc_tui.sync.bundle import Bundle, BundleRun, decode_run, run_text
from gealc_tui.sync.comparison import Compared, compared
from gealc_tui.sync.outcomes import (
    FileOutcome,
    LogOutcome,
    MergeReport,
    Outcome,
)
from gealc_tui.sync.people import introduction
from gealc_tui.sync.trust import SUCCEEDS, is_admitted, trust_of

MOST_STRANGERS = 1_000
"""Authors of whom runs are kept aside. The network has some hundreds of people."""

LARGEST_ASIDE = 64 * 1024 * 1024
"""Characters kept aside, all together."""


class Reception:
    """Takes in runs, file by file, and reports on all of them together. `own` is the replica of this copy."""

    def __init__(self, db: Database, own: str | None) -> None:
        self._db = db
        self.own = own
        self._before: dict[int, Told] = {}
        self._differed: frozenset[tuple[str, str]] | None = None
        """What was in difference before anything was folded."""
        self._requests: list[str] = []
        self.met_itself = False
        """Whether changes came in this copy's own name that are not here: another machine has its identity."""

    def receive(self, runs: Sequence[BundleRun], *, accept: bool) -> tuple[LogOutcome, ...]:
        """Stores what is new, keeps strangers aside, folds what was touched; says what became of each run."""
        verdicts: list[merge.Verdict] = []
        came = {_key(run) for run in runs}
        batch = [*(self._accept({run.replica for run in runs}) if accept else ()), *runs] or self._admitted()
        while batch:
            into = Insertion(self._db)
            # One after the other: two runs of one log may overlap.
            verdicts += [self._take(run, into) for run in batch]
            into.close()
            self._fold(into.touched)
            # What came may speak for somebody who waits.
            batch = self._admitted()
            again = {_key(run) for run in batch}
            verdicts = [one for one in verdicts if _key(one.run) not in again]
        # What waited is worth a word only if it brought something; what it brought is not told as known once more.
        brought = {_key(one.run) for one in verdicts if one.pieces}
        told = [one for one in verdicts if one.pieces or _key(one.run) in came - brought]
        return tuple(self._outcome(one) for one in told)

    def _take(self, run: BundleRun, into: Insertion) -> merge.Verdict:
        verdict = merge.judge(self._db, run, trust_of(self._db, run.replica))
        if verdict.outcome is Outcome.STRANGER and not self._put_aside(run):
            verdict = verdict._replace(outcome=Outcome.CROWDED)
        if verdict.pieces and run.replica == self.own:
            self.met_itself = True
        merge.apply(self._db, into, verdict)
        return verdict

    def _put_aside(self, run: BundleRun) -> bool:
        """Keeps a stranger's run, if there is room."""
        text, waiting = run_text(run), local.waiting(self._db)
        if run.replica not in waiting and len(waiting) >= MOST_STRANGERS:
            return False
        if local.size_aside(self._db) + len(text) > LARGEST_ASIDE:
            return False
        local.put_aside(self._db, run.replica, run.after + 1, run.tip, text)
        return True

    def _fold(self, touched: set[int]) -> None:
        if self._differed is None:
            self._differed = Queries(self._db).differing_now()
        self._before |= registers.told(self._db, touched - self._before.keys())
        views.refresh(self._db, touched)

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

    def _admitted(self) -> list[BundleRun]:
        """What was kept aside of strangers who need not be asked about any more."""
        found: list[BundleRun] = []
        for replica in local.waiting(self._db):
            words = [decode_run(text) for _, text in local.aside(self._db, replica) if SUCCEEDS in text]
            if is_admitted(self._db, replica, words):
                found += self.accept(replica)
        return found

    def _outcome(self, verdict: merge.Verdict) -> LogOutcome:
        run = verdict.run
        author = Queries(self._db).author(run.replica)
        name, country = author.name, author.country
        if not name and not is_genesis(run.replica):
            name, country, _ = introduction(run.replica, [run])
        taken = verdict.outcome in (Outcome.NEW, Outcome.PARTIAL, Outcome.KNOWN, Outcome.FORKED)
        return LogOutcome(
            run.replica,
            name,
            country,
            verdict.outcome,
            verdict.new if taken else len(run.changes) if verdict.outcome is Outcome.STRANGER else 0,
            len(run.changes) - verdict.new if taken else 0,
            verdict.missing,
        )

    def acknowledge(self, bundle: Bundle, now: int) -> bool:
        """Remembers what the sender holds and whether they ask for more; False if they are not accepted."""
        if trust_of(self._db, bundle.sender) is not Trust.ACCEPTED:
            return False
        have = {replica: list(tips) for replica, tips in bundle.have.items()}
        local.note_peer(self._db, bundle.sender, Peer(have, bundle.at, now, bundle.request))
        if bundle.request and bundle.sender not in self._requests:
            self._requests.append(bundle.sender)
        return True

    def report(self, files: Iterable[FileOutcome]) -> MergeReport:
        """What the whole merge altered, opened and settled."""
        altered, opened, settled = self._compared()
        told = {one.entity for one in altered} | {one.entity for one in (*opened, *settled)}
        names = {entity: Queries(self._db).entity_name(entity) for entity in told}
        asked = tuple(self._requests)
        return MergeReport(tuple(files), altered, opened, settled, asked, self.met_itself, names)

    def _compared(self) -> Compared:
        return compared(self._db, self._before, self._differed) if self._differed is not None else ((), (), ())


_REFUSALS: dict[type[errors.GealcError], str] = {
    errors.NotAChangeFile: "not-a-change-file",
    errors.CutOff: "cut-off",
    errors.Altered: "altered",
    errors.Forged: "forged",
    errors.TooLarge: "too-large",
    errors.GateFault: "fault",
    errors.NewerFormat: "newer-version",
}


def refusal(file: str, error: errors.GealcError) -> FileOutcome:
    """The outcome of a file that the gate did not let through."""
    name = next(_REFUSALS[kind] for kind in type(error).__mro__ if kind in _REFUSALS)
    return FileOutcome(file, name, error, ())


BundleKey = tuple[str, int, str]


def _key(run: BundleRun) -> BundleKey:
    return run.replica, run.after, run.tip
