"""Heads as the store computes them in SQL, held to the rule of `domain.register`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gealc_tui.domain.change import NO_CHANGE, Change, Edit
from gealc_tui.domain.register import NO_BRANCHES, Lineage, Pasts, Said, heads
from gealc_tui.store import log, views
from gealc_tui.store.database import Database
from gealc_tui.store.insertion import Insertion
from gealc_tui.store.migrations import migrate

REGISTERS = [("activity/1", "status"), ("activity/1", "title"), ("note/1", "text"), ("person/a", "name")]
VALUES = ["x", "y", "", "ñ", 1, True, None, ["x"], [], 2**53 - 1, "true", "1"]


class Written(NamedTuple):
    """A change of replica `replica`; ids are short and tell their place."""

    id: str
    replica: str
    seq: int
    at: int
    edits: tuple[Edit, ...]


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    db = Database(Path(tmp_path_factory.mktemp("heads")) / "x.db")
    migrate(db)
    yield db
    db.close()


@st.composite
def logs(draw: st.DrawFn) -> list[Written]:
    """Changes by up to four replicas, each edit over any earlier ones of others, in this register or in another."""
    made: list[Written] = []
    last: dict[str, int] = {}
    for _ in range(draw(st.integers(1, 14))):
        replica = draw(st.sampled_from("abcd"))
        last[replica] = last.get(replica, 0) + 1
        others = [change.id for change in made if change.replica != replica]
        edits = []
        for entity, field in draw(st.lists(st.sampled_from(REGISTERS), min_size=1, max_size=3, unique=True)):
            over = draw(st.lists(st.sampled_from(others), unique=True, max_size=3)) if others else []
            edits.append(Edit(entity, field, draw(st.sampled_from(VALUES)), tuple(over)))
        made.append(
            Written(f"{replica}{last[replica]:02}", replica, last[replica], draw(st.integers(0, 2)), tuple(edits))
        )
    return made


def stored(db: Database, changes: list[Written]) -> set[int]:
    """Puts changes into the log, one at a time; returns the registers that they touch."""
    into = Insertion(db)
    for written in changes:
        number = log.open_log(db, written.replica, "key")
        change = Change(written.replica, written.seq, NO_CHANGE, written.at, written.edits)
        into.add(number, [(written.id, change)])
        into.close()
    return into.touched


def by_rule(
    changes: list[Written], entity: str, field: str, lineage: Lineage = NO_BRANCHES
) -> list[tuple[str, str, int, int]]:
    """What must stand in a register: change, value, whether it is shown, whether the register is in difference."""
    said = [
        Said(written.id, written.replica, written.seq, written.at, edit.value, edit.over)
        for written in changes
        for edit in written.edits
        if (edit.entity, edit.field) == (entity, field)
        and (not entity.startswith("person/") or entity == f"person/{written.replica}")
    ]
    standing = heads(said, lineage)
    values = [json.dumps(one.value, ensure_ascii=False, separators=(",", ":")) for one in standing]
    differs = int(len(set(values)) > 1)
    return [
        (one.change, value, int(n == 0), differs) for n, (one, value) in enumerate(zip(standing, values, strict=True))
    ]


def by_sql(db: Database, entity: str, field: str) -> list[tuple[Any, ...]]:
    return db.rows(
        "SELECT c.id, h.value, h.shown, h.differs FROM heads h JOIN registers r ON r.n = h.register"
        " JOIN changes c ON c.n = h.change WHERE r.entity = ? AND r.field = ?"
        " ORDER BY h.shown DESC, c.at DESC, c.id DESC",
        [entity, field],
    )


def contents(db: Database) -> dict[str, set[tuple[Any, ...]]]:
    return {name: set(db.rows(f"SELECT * FROM {name}")) for name in ("heads", "activities", "notes", "people")}


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(logs(), st.data())
def test_sql_and_the_rule_agree_after_every_delivery(database, history, data):
    order = data.draw(st.permutations(history))
    # Some changes never come.
    order = order[: data.draw(st.integers(1, len(order)))]
    with database.transaction(keep=False):
        known: list[Written] = []
        while order:
            size = data.draw(st.integers(1, len(order)))
            batch, order = order[:size], order[size:]
            views.refresh(database, stored(database, batch))
            known += batch
            for entity, field in REGISTERS:
                assert by_sql(database, entity, field) == by_rule(known, entity, field)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(logs(), st.data())
def test_sql_and_the_rule_agree_where_logs_are_branches(database, history, data):
    """The four logs stand for branches of one identity, each parting from one of those before it, or from none."""
    parents = {
        branch: (data.draw(st.sampled_from("abcd"[:place])), data.draw(st.integers(1, 4)))
        for place, branch in enumerate("abcd")
        if place and data.draw(st.booleans())
    }
    registers = [one for one in REGISTERS if not one[0].startswith("person/")]
    with database.transaction(keep=False):
        numbers = {branch: log.open_log(database, branch, "key") for branch in "abcd"}
        for branch, (parent, upto) in parents.items():
            database.execute("INSERT INTO lineage VALUES (?, ?, ?)", [numbers[branch], numbers[parent], upto])
        views.refresh(database, stored(database, history))
        for entity, field in registers:
            assert by_sql(database, entity, field) == by_rule(history, entity, field, Pasts(parents))


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(logs(), st.data())
def test_rebuilding_gives_the_same_rows(database, history, data):
    with database.transaction(keep=False):
        for written in data.draw(st.permutations(history)):
            views.refresh(database, stored(database, [written]))
        before = contents(database)
        views.rebuild(database)
        assert contents(database) == before


def test_rebuilding_the_official_plan_gives_the_same_rows(make_replica, whole):
    replica = make_replica("Ana")
    everything = {
        name: replica._db.rows(f"SELECT * FROM {name} ORDER BY 1, 2")
        for name in ("heads", "plans", "areas", "activities", "products", "observations", "people")
    }
    assert all(everything.values())
    with replica._db.transaction():
        for name in everything:
            replica._db.execute(f"DELETE FROM {name}")
    replica.rebuild()
    assert {name: replica._db.rows(f"SELECT * FROM {name} ORDER BY 1, 2") for name in everything} == everything
