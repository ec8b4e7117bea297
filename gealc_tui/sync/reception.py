"""Taking in proved runs, and telling what that altered.

One reception serves one merge of any number of files. It remembers what each touched register showed before it was
first touched, and compares at the end. The caller holds the transaction, and so may undo it all: a dry run is the
same reception, rolled back.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence

from gealc_tui import errors
from gealc_tui.domain.change import Value, is_genesis
from gealc_tui.domain.vocabulary import Trust
from gealc_tui.store import branches, local, log, views, waiting
from gealc_tui.store.branches import Branches
from gealc_tui.store.database import Database
from gealc_tui.store.insertion import Insertion
from gealc_tui.store.local import Peer
from gealc_tui.store.queries import Queries
from gealc_tui.sync import merge
from gealc_tui.sync.bundle import Bundle, BundleRun, decode_run, run_text
from gealc_tui.sync.comparison import Before, compared
from gealc_tui.sync.outcomes import Displaced, FileOutcome, LogOutcome, MergeReport, Outcome
from gealc_tui.sync.people import introduced
from gealc_tui.sync.trust import block, blocked_predecessor, is_successor, trust_of, unblock, vouched

MOST_STRANGERS = 1_000
"""Authors of whom runs are kept aside. The network has some hundreds of people. Who sent most makes room for others."""

LARGEST_ASIDE = 64 * 1024 * 1024
"""Characters kept aside, all together."""


class Reception:
    """Takes in runs, file by file, and reports on all of them together. `own` is the replica of this copy."""

    def __init__(self, db: Database, own: str | None) -> None:
        self._db = db
        self.own = own
        self._before = Before(db)
        self._requests: list[str] = []
        self._displaced: dict[str, Displaced] = {}
        self._met: dict[str, Branches] = {}
        self._finders: dict[str, Callable[[int, str], int | None]] = {}
        self.met_itself = False
        """Whether changes came in this copy's own name that are not here: another machine has its identity."""

    def receive(
        self, runs: Sequence[BundleRun], *, accept: bool, sender: str = "", file: bytes | None = None
    ) -> tuple[LogOutcome, ...]:
        """Stores what is new, keeps strangers aside, folds what was touched; says what became of each run.

        `sender` signed the file in which they came, `file` is its SHA-256.
        """
        verdicts: list[merge.Verdict] = []
        self._finders = {}
        self._refuse_successors(runs)
        came = {_key(run) for run in runs}
        batch = [*(self._accept(_met_in(runs)) if accept else ()), *runs] or self._admitted()
        while batch:
            into = Insertion(self._db)
            # One after the other: two runs of one log may overlap.
            self._met = {}
            verdicts += [self._take(run, into, sender, file) for run in batch]
            into.close()
            self._fold(into.touched | merge.relate(self._db, self._met))
            # What came may speak for somebody who waits.
            batch = self._admitted()
            again = {_key(run) for run in batch}
            verdicts = [one for one in verdicts if _key(one.run) not in again]
        # What waited is worth a word only if it brought something; what it brought is not told as known once more.
        brought = {_key(one.run) for one in verdicts if one.pieces}
        told = [one for one in verdicts if one.pieces or _key(one.run) in came - brought]
        gone = self._make_room({run.tip for run in runs})
        crowded = [one.outcome is Outcome.STRANGER and one.run.tip in gone for one in told]
        told = [
            one._replace(outcome=Outcome.CROWDED) if is_crowded else one
            for one, is_crowded in zip(told, crowded, strict=True)
        ]
        logs = {replica: len(log.numbers(self._db, replica)) for replica in {one.run.replica for one in told}}
        return tuple(self._outcome(one, logs[one.run.replica]) for one in told)

    def _take(self, run: BundleRun, into: Insertion, sender: str, file: bytes | None) -> merge.Verdict:
        trust = trust_of(self._db, run.replica)
        if trust is Trust.STRANGER:
            trust = trust_of(self._db, run.replica, introduced(run, 0, "", None).claims)
        verdict = merge.judge(self._db, run, trust, self._met)
        if verdict.outcome is Outcome.STRANGER and not self._put_aside(run, sender, file):
            verdict = verdict._replace(outcome=Outcome.CROWDED)
        if verdict.outcome is Outcome.BLOCKED and not self._is_here(run):
            self._put_aside(run, sender, file)
        if verdict.pieces and run.replica == self.own:
            self.met_itself = True
        merge.apply(self._db, into, verdict)
        return verdict

    def _is_here(self, run: BundleRun) -> bool:
        """Whether a run of somebody of whom nothing is taken in was taken in before."""
        if run.replica not in self._finders:
            self._finders[run.replica] = branches.finder(self._db, log.held_of(self._db, run.replica))
        return self._finders[run.replica](run.last, run.tip) is not None

    def _put_aside(self, run: BundleRun, sender: str, file: bytes | None) -> bool:
        """Keeps the run of somebody who is not accepted, unless it alone would fill the room."""
        text = run_text(run)
        if len(text) > LARGEST_ASIDE:
            return False
        waiting.put_aside(self._db, introduced(run, len(text), sender or run.replica, file), text)
        return True

    def _make_room(self, tips: Collection[str]) -> set[str]:
        """Lets go what waits and is too much. Returns which of `tips` are not kept; others are told as displaced."""
        gone = waiting.make_room(self._db, authors=MOST_STRANGERS, characters=LARGEST_ASIDE)
        for replica, tip, name, country in gone:
            if tip not in tips:
                self._displaced[replica] = Displaced(replica, name, country)
        return {tip for _, tip, _, _ in gone} & set(tips)

    def _refuse_successors(self, runs: Iterable[BundleRun]) -> None:
        """Blocks whoever goes on for somebody who is blocked, before anybody is accepted."""
        for run in runs:
            if not is_genesis(run.replica) and trust_of(self._db, run.replica) is Trust.STRANGER:
                claims = introduced(run, 0, "", None).claims
                if (old := blocked_predecessor(self._db, run.replica, claims)) is not None:
                    block(self._db, run.replica, because=old)

    def _fold(self, touched: set[int]) -> None:
        self._before.note(touched)
        self._before.note_deletions(views.refresh(self._db, touched))

    def _accept(self, replicas: Iterable[str]) -> list[BundleRun]:
        """Accepts those who are strangers. Returns what was kept aside of theirs."""
        runs = []
        for replica in sorted(replicas):
            if trust_of(self._db, replica) is Trust.STRANGER:
                runs += self.accept(replica)
        return runs

    def accept(self, replica: str) -> list[BundleRun]:
        """Accepts an author, also one who is blocked. Returns what was kept aside of theirs, and is aside no more."""
        accepted = [replica]
        if trust_of(self._db, replica) is Trust.BLOCKED:
            accepted += [one for one in unblock(self._db, replica) if one != replica]
        local.set_trust(self._db, replica, Trust.ACCEPTED)
        return [run for one in accepted for run in self._no_longer_aside(one)]

    def unblock(self, replica: str) -> list[BundleRun]:
        """Takes a block back. Returns what was kept aside of those who are accepted again."""
        return [run for one in unblock(self._db, replica) for run in self._no_longer_aside(one)]

    def _no_longer_aside(self, replica: str) -> list[BundleRun]:
        runs = [decode_run(text) for text in waiting.texts(self._db, replica)]
        waiting.forget(self._db, replica)
        return runs

    def _admitted(self) -> list[BundleRun]:
        """What was kept aside of strangers who need not be asked about any more."""
        found: list[BundleRun] = []
        claims: dict[str, list[Value]] = {}
        for one in waiting.waiting(self._db):
            claims.setdefault(one.replica, []).extend(one.claims)
        on_lists = vouched(self._db) if claims else frozenset()
        for replica, said in claims.items():
            trust = trust_of(self._db, replica)
            if trust is Trust.ACCEPTED:  # a scribe, whose importer is accepted by now
                found += self._no_longer_aside(replica)
            if trust is not Trust.STRANGER:
                continue
            if (old := blocked_predecessor(self._db, replica, said)) is not None:
                block(self._db, replica, because=old)
            elif replica in on_lists or is_successor(self._db, replica, said):
                found += self.accept(replica)
        return found

    def _outcome(self, verdict: merge.Verdict, logs: int) -> LogOutcome:
        run = verdict.run
        author = Queries(self._db).author(run.replica)
        name, country, role = author.name, author.country, None
        if not name and not is_genesis(run.replica):
            said = introduced(run, 0, "", None)
            name, country, role = said.name, said.country, said.role
        taken = verdict.outcome in (Outcome.NEW, Outcome.PARTIAL, Outcome.KNOWN, Outcome.FORKED)
        return LogOutcome(
            run.replica,
            name,
            country,
            verdict.outcome,
            verdict.new if taken else len(run.changes) if verdict.outcome is Outcome.STRANGER else 0,
            len(run.changes) - verdict.new if taken else 0,
            verdict.missing,
            logs,
            role,
        )

    def acknowledge(self, bundle: Bundle, now: int) -> bool:
        """Remembers what the sender holds and whether they ask for more; False if they are not accepted."""
        if trust_of(self._db, bundle.sender) is not Trust.ACCEPTED:
            return False
        # Of whom this copy knows nothing it cannot use what is said.
        known = log.held(self._db).keys() | waiting.authors(self._db) | local.decided(self._db)
        have = {replica: list(tips) for replica, tips in bundle.have.items() if replica in known}
        local.note_peer(self._db, bundle.sender, Peer(have, bundle.at, now, bundle.request))
        if bundle.request and bundle.sender not in self._requests:
            self._requests.append(bundle.sender)
        return True

    def report(self, files: Iterable[FileOutcome]) -> MergeReport:
        """What the whole merge altered, opened and settled."""
        altered, opened, settled = compared(self._db, self._before)
        told = {one.entity for one in altered} | {one.entity for one in (*opened, *settled)}
        names = Queries(self._db).entity_names(told)
        asked = tuple(self._requests)
        return MergeReport(
            tuple(files), altered, opened, settled, asked, self.met_itself, names, tuple(self._displaced.values())
        )


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


def _met_in(runs: Iterable[BundleRun]) -> set[str]:
    """The authors of runs, but scribes whose importer is among them: what is thought of them follows by itself."""
    runs = list(runs)
    met = {run.replica for run in runs}
    claims = ((run.replica, claim) for run in runs for claim in introduced(run, 0, "", None).claims)
    return met - {
        one for one, claim in claims if isinstance(claim, list) and len(claim) == 3 and claim[1] in met - {one}
    }


BundleKey = tuple[str, int, str]


def _key(run: BundleRun) -> BundleKey:
    return run.replica, run.after, run.tip
