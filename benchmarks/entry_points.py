"""Every place where what others wrote is read, on a copy into which one author sent N edits of notes.

Three edits make a note, and the notes stand on the forty activities of 2019. The same number of edits read by a bare
loop over the rows of SQLite is the floor of those that read everything.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import closing
from sqlite3 import connect

from benchmarks import copies
from benchmarks.authors import START
from benchmarks.measure import Figure, Stopwatch, in_turn
from gealc_tui.commands import finding, meetings, people
from gealc_tui.domain.change import NO_CHANGE, Change, Edit, change_id
from gealc_tui.domain.filters import Filter
from gealc_tui.domain.history import HistoryFilter
from gealc_tui.replica import Replica
from gealc_tui.reports.progress import Grouping, progress_of
from gealc_tui.sync import bundle, envelope
from gealc_tui.sync.bundle import Bundle, BundleRun, encode
from gealc_tui.sync.identity import Identity
from gealc_tui.tui.finding import Sight

EDITS_OF_A_NOTE = 3


def notes(count: int, activities: tuple[str, ...]) -> bytes:
    """A change file in which one author writes `count` notes, a change each."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    author = Identity(Ed25519PrivateKey.generate())
    tip, changes = NO_CHANGE, []
    for n in range(count):
        note, about = f"note/{n:08}", f"activity/{activities[n % len(activities)]}"
        edits = (Edit(note, "about", about), Edit(note, "text", f"nota {n}"), Edit(note, "official", n % 2 == 0))
        change = Change(author.replica, n + 1, tip, START + n * 1_000, edits)
        tip = change_id(change)
        changes.append((tip, change))
    signature = author.sign_run(count, tip)
    run = BundleRun(author.replica, author.key, 0, NO_CHANGE, tip, signature, tuple(changes))
    have = {author.replica: [(count, tip)]}
    return encode(Bundle(author.replica, author.key, START, "", have, (run,)), author).encode()


def reading(replica: Replica, activity: str, data: bytes) -> dict[str, Callable[[], object]]:
    """The entry points that leave the copy as it is, by their names."""
    read, today, entity = replica.read, replica.today, f"activity/{activity}"
    return {
        "envelope": lambda: envelope.opened("x.json", data),
        "decode": lambda: bundle.decode(data),
        "first screen": lambda: Sight(replica).read(),
        "detail": lambda: (read.activity(activity, today), read.history(read.entities_about(entity))),
        "the whole history": lambda: read.history(),
        "a page of the history": lambda: read.past(HistoryFilter()),
        "differences": lambda: read.differences(),
        "people": lambda: replica.people(),
        "export": lambda: replica.bundle_text(recipients=None, summary=""),
        "search": lambda: finding.search(replica, "nota 77"),
        "filter": lambda: finding.matching(replica, Filter(differing=True), replica.plan or ""),
        "progress": lambda: progress_of(replica, Grouping.AREA),
        "minutes": lambda: [meetings.acta_text(replica, one.id) for one in read.meetings()],
        "fingerprint": lambda: replica.fingerprint(),
        "verify": lambda: replica.verify(),
        "rebuild": lambda: replica.rebuild(),
    }


def figures(edits: int, rounds: int) -> Iterator[Figure]:
    label = f"{edits:,} edits"
    with copies.folder() as folder, copies.opened(copies.fresh(folder / "ours")) as replica:
        people.introduce(replica, "Ana", "UY", "focal")
        plan = replica.read.outline(replica.today, "2019")
        if plan is None:
            raise AssertionError("the plan of 2019 is not here")
        activities = tuple(row.id for area in plan.areas for row in area.activities)
        data = notes(edits // EDITS_OF_A_NOTE, activities)
        yield Figure(f"{label}: the file", len(data) / 2**20, "MB")
        for name, is_trial in (("preview", True), ("merge", False)):
            with Stopwatch() as watch:
                report = replica.merge([("x.json", data)], accept=True, dry_run=is_trial)
            if not report.new:
                raise AssertionError(report)
            yield Figure(f"{label}: {name}", watch.seconds * 1e3, "ms")
        meeting = meetings.begin(replica, body="assembly")
        meetings.close(replica, meeting)

        def floor() -> float:
            with closing(connect(folder / "ours" / "gealc.db")) as db, Stopwatch() as watch:
                for _ in db.execute("SELECT * FROM edits"):
                    pass
            return watch.seconds

        for name, use in reading(replica, activities[0], data).items():

            def ours(use: Callable[[], object] = use) -> float:
                gc.collect()
                with Stopwatch() as watch:
                    use()
                return watch.seconds

            seconds, least = in_turn(rounds, ours, floor)
            yield Figure(f"{label}: {name}", seconds * 1e3, "ms", least * 1e3, "SELECT * FROM edits")
