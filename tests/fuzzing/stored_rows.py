"""What is fuzzed of the database: rows of the views that another program has altered, and every question about them.

An error must be one of ours, or lie in rows whose types or texts the last net recognises as damaged (`store.soundness`,
decision 23); anything else is a fault.
"""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from commands import meeting as play
from sync.letters import change_file

from fuzzing.drawing import Draw
from gealc_tui import paths
from gealc_tui.commands import activities, deletion, finding, meetings, notes, plans
from gealc_tui.domain.filters import Filter
from gealc_tui.domain.vocabulary import Status
from gealc_tui.errors import GealcError
from gealc_tui.i18n.sentences import sentence
from gealc_tui.replica import Replica
from gealc_tui.reports.acta import acta
from gealc_tui.reports.progress import Grouping, progress_of
from gealc_tui.store.database import Database
from gealc_tui.store.soundness import misfits
from gealc_tui.sync import people

TODAY = date(2019, 6, 1)
HERE = f"activity/{play.activity('3')}"

VIEWS = (
    *("plans", "areas", "activities", "products", "notes", "meetings", "items", "people", "observations"),
    *("heads", "deletions", "instants", "lineage"),
)
"""The tables that are made from the log."""

TABLES = (*VIEWS, "logs", "changes", "registers", "edits", "overs")

NUMBERS = (None, 0, 1, -1, 7, 2_019, 1_558_000_000_000, 2**40, 2**62, -(2**63), 0.5, float("inf"))
TEXTS = (
    *(
        "",
        "x",
        "1",
        "2019-02-30",
        "2019-12-31",
        "0000-00-00",
        "31/12/2019",
        "25:00",
        "done",
        "S1",
        "CL",
        "\0",
        "9" * 5_000,
    ),
    *("activity/x", "plan/", "item/item/item", "/", "2019/3.5.1", "genesis-x"),
    *("[", "[1]", '["a", null]', "[" * 3_000, "{}", '"x"', "null", "true", "1e999", "NaN", '["activity/2019/3.5.1"]'),
)

AT_ONCE = 6
"""How many questions are asked of one altered database."""


@cache
def _copy() -> Replica:
    """A copy with two other authors, notes, a difference, a closed meeting and an open one, and something withdrawn."""
    folder = Path(tempfile.mkdtemp(prefix="fuzzing-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    replica = Replica(folder / "gealc.db", folder / "keys")
    replica.introduce("Pedro", "CL", "focal")
    plans.import_document(replica, paths.bundled("data") / "plan-2019.txt", any_year=True)
    activities.set_status(replica, "2019/3.1.1", Status.IN_PROGRESS)
    replica.merge([("a", change_file()), ("b", change_file("Eva", "otra cosa"))], accept=True)
    meeting = play.begun(replica)
    play.written(replica, meeting)
    meetings.close(replica, meeting)
    meetings.begin(replica, body="committee", day="18/05/2019")
    notes.add_note(replica, HERE, "Después.")
    deletion.withdraw(replica, "2019/3.6.1", "No hay fondos")
    return replica


def _questions(replica: Replica) -> dict[str, Callable[[], Any]]:
    """Every question that screens and commands ask, by its name."""
    read = replica.read
    plan = "2019"
    return {
        "plans": read.plans,
        "outline": lambda: read.outline(TODAY, plan),
        "activities": lambda: read.activities(TODAY, plan),
        "activity": lambda: read.activity(play.activity("3"), TODAY),
        "differences": read.differences,
        "deletions": read.deletions,
        "history": read.history,
        "entity_name": lambda: read.entity_name(HERE),
        "meetings": read.meetings,
        "items": read.items,
        "meeting_changes": lambda: [read.meeting_changes(one.id) for one in read.meetings()],
        "moments": read.moments,
        "minutes": lambda: [acta(replica, one.id) for one in read.meetings()],
        "authors": read.authors,
        "people": lambda: people.people(replica._db),
        "resolve": lambda: read.resolve("3.5.1", plan),
        "search": lambda: finding.search(replica, "taller 3.5"),
        "filter": lambda: finding.matching(replica, Filter(statuses=(Status.DONE,)), plan),
        "since": lambda: finding.matching(replica, Filter(since="meeting"), plan),
        "leads": lambda: (read.leads(plan), read.funders(plan)),
        "progress": lambda: [progress_of(replica, grouping, TODAY) for grouping in Grouping],
        "unsent": replica.unsent,
        "dump": replica.dump,
    }


@cache
def _columns(table: str) -> tuple[str, ...]:
    return tuple(name for (name,) in _copy()._db.rows("SELECT name FROM pragma_table_info(?)", [table]))


def of_stored_rows(data: bytes) -> None:
    """Values of every kind in the columns of the views, in one row or in all."""
    draw = Draw(data)
    replica = _copy()
    db = replica._db
    with db.transaction(keep=False):
        for _ in range(1 + draw.below(3)):
            _alter(db, draw)
        questions = _questions(replica)
        for name in [draw.pick(list(questions)) for _ in range(AT_ONCE)]:
            _ask(db, name, questions[name])


def _alter(db: Database, draw: Draw) -> None:
    table = draw.pick(TABLES)
    column = draw.pick(_columns(table))
    kind = draw.below(6)
    value: Any = draw.some(20) if kind < 2 else draw.pick(NUMBERS) if kind < 4 else draw.pick(TEXTS)
    written = "CAST(? AS TEXT)" if kind == 1 else "?"
    key = db.value("SELECT name FROM pragma_table_info(?) WHERE pk = 1", [table])
    chosen = "" if draw.below(2) else f" WHERE {key} = (SELECT {key} FROM {table} LIMIT 1 OFFSET {draw.below(200)})"
    with suppress(GealcError), db.attempt():
        # What a constraint refuses is nowhere.
        db.execute(f"UPDATE {table} SET {column} = {written}{chosen}", [value])


def _ask(db: Database, name: str, ask: Callable[[], Any]) -> None:
    try:
        ask()
    except GealcError as error:
        sentence(error)
    except Exception as error:
        if next(misfits(db), None) is None:
            error.add_note(f"in {name}")
            raise
