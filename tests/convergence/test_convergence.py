"""Copies that have met the same changes show the same plan, and nothing that anybody wrote is lost.

The default run takes some seconds. `GEALC_LONG=1 pytest tests/convergence` tries far more and far longer histories
(some minutes).
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from gealc_tui import replica
from gealc_tui.replica import Replica
from gealc_tui.store import log, migrations, registers, views
from gealc_tui.sync import merge

from .machine import NAMES, People, accepted

LONG = bool(os.environ.get("GEALC_LONG"))

quick = settings(
    max_examples=40,
    stateful_step_count=40,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)
long = settings(quick, max_examples=1_000, stateful_step_count=60)
hunt = settings(quick, max_examples=100, phases=[Phase.generate], derandomize=True)


class Clock:
    """Stands still until it is read, and then goes on by one second."""

    def __init__(self) -> None:
        self.now = 1_552_564_800_000

    def __call__(self) -> int:
        self.now += 1_000
        return self.now


def opened(folder: Path, name: str) -> Replica:
    ids = iter(f"{name}{n:04}" for n in range(100_000))
    return Replica(folder / "gealc.db", folder / "keys", clock=Clock(), new_id=lambda: next(ids))


@pytest.fixture
def people(make_replica, send) -> type[People]:
    """The machine, with three copies of the small plan whose owners accept one another."""
    copies = [make_replica(name, country, "small") for name, country in zip(NAMES, ("UY", "PE", "PA"), strict=True)]
    for _ in range(2):
        for one in copies:
            for other in copies:
                if one is not other:
                    send(one, other)
    for copy in copies:
        assert len(accepted(copy)) == 2
        copy.close()
    return type("Three", (People,), {"folders": {c.path.parent.name: c.path.parent for c in copies}, "opened": opened})


def test_copies_converge_and_nothing_is_lost(people):
    run_state_machine_as_test(people, settings=long if LONG else quick)


# --- the machine itself: each fault that is planted must be found ------------------------------------------------


def the_last_that_came_wins(patch):
    refresh = views.refresh

    def wrong(db, touched):
        touched = list(touched)
        old = set(db.rows("SELECT register, change FROM heads"))
        found = refresh(db, touched)
        for register in touched:
            heads = db.rows("SELECT register, change FROM heads WHERE register = ?", [register])
            came = [one for one in heads if one not in old]
            if came and len(heads) > 1:
                db.execute("DELETE FROM heads WHERE register = ? AND change <> ?", came[-1])
                db.execute("UPDATE heads SET shown = 1, differs = 0 WHERE register = ?", [register])
        return found

    patch.setattr(views, "refresh", wrong)


def the_latest_clock_wins(patch):
    refresh = views.refresh

    def wrong(db, touched):
        found = refresh(db, touched)
        db.execute("DELETE FROM heads WHERE NOT shown")
        db.execute("UPDATE heads SET differs = 0")
        return found

    patch.setattr(views, "refresh", wrong)


def ties_are_broken_by_local_numbers(patch):
    patch.setattr(views, "_HEADS", views._HEADS.replace("ORDER BY c.at DESC, c.id DESC", "ORDER BY s.change DESC"))


def nobody_says_what_they_had_before_them(patch):
    patch.setattr(registers, "standing_of_others", lambda *_: ())


def what_is_superseded_before_it_comes_is_forgotten(patch):
    # The views fold only what a change goes over that was here already when it came.
    insert = log.insert

    def wrong(db, number, changes):
        touched = insert(db, number, changes)
        db.execute(
            "INSERT INTO forgotten SELECT register, change, over FROM overs"
            " WHERE change >> 40 = ? AND over NOT IN (SELECT id FROM changes)",
            [number],
        )
        return touched

    migrate = migrations.migrate

    def prepared(db):
        migrate(db)
        db.execute("CREATE TABLE IF NOT EXISTS forgotten (register, change, over)")

    patch.setattr(replica, "migrate", prepared)
    patch.setattr(log, "insert", wrong)
    forgotten = "(o.register, o.change, o.over) NOT IN (SELECT register, change, over FROM forgotten)"
    patch.setattr(views, "_HEADS", views._HEADS.replace("WHERE EXISTS", f"WHERE {forgotten} AND EXISTS"))


def the_last_change_of_a_file_is_lost(patch):
    lacking = merge._lacking

    def wrong(held, run):
        pieces = lacking(held, run)
        return tuple(piece._replace(changes=piece.changes[:-1]) for piece in pieces if len(piece.changes) > 1)

    patch.setattr(merge, "_lacking", wrong)


@pytest.mark.parametrize(
    "plant",
    [
        the_last_that_came_wins,
        the_latest_clock_wins,
        ties_are_broken_by_local_numbers,
        nobody_says_what_they_had_before_them,
        what_is_superseded_before_it_comes_is_forgotten,
        the_last_change_of_a_file_is_lost,
    ],
)
def test_the_machine_finds_a_fault_that_was_planted(people, monkeypatch, plant):
    plant(monkeypatch)
    with pytest.raises(AssertionError):
        run_state_machine_as_test(people, settings=hunt)
