"""The order that all copies share: kept in step as changes come, whatever comes first."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gealc_tui.domain.change import NO_CHANGE, Change, Edit, change_id
from gealc_tui.domain.order import credible
from gealc_tui.domain.vocabulary import Trust
from gealc_tui.store import order
from gealc_tui.store.branches import Branches
from gealc_tui.store.database import Database
from gealc_tui.store.insertion import Insertion
from gealc_tui.store.migrations import migrate
from gealc_tui.sync import merge
from gealc_tui.sync.bundle import BundleRun

REGISTERS = [("note/1", "text"), ("activity/1", "status")]


class Tree(NamedTuple):
    """What a few people wrote, some of them on two machines; the ids of each branch, from the root on."""

    changes: dict[str, Change]
    branches: tuple[tuple[str, ...], ...]


@st.composite
def worlds(draw: st.DrawFn) -> Tree:
    made: dict[str, Change] = {}
    branches: list[list[str]] = []
    for _ in range(draw(st.integers(1, 12))):
        replica = draw(st.sampled_from("abc"))
        own = [one for one in branches if made[one[0]].replica == replica]
        if not own:
            branches.append(path := [])
        elif draw(st.integers(0, 5)):
            path = draw(st.sampled_from(own))
        else:
            stem = draw(st.sampled_from(own))
            branches.append(path := stem[: draw(st.integers(1, len(stem)))])
        others = [id for id, one in made.items() if one.replica != replica]
        entity, field = draw(st.sampled_from(REGISTERS))
        over = tuple(sorted(draw(st.lists(st.sampled_from(others), unique=True, max_size=2)))) if others else ()
        change = Change(
            replica,
            len(path) + 1,
            path[-1] if path else NO_CHANGE,
            draw(st.sampled_from([1, 2, 3, 4, 99])),
            # The number makes changes different that are alike otherwise.
            (Edit(entity, field, len(made), over),),
        )
        id = change_id(change)
        made[id] = change
        path.append(id)
    return Tree(made, tuple(tuple(one) for one in branches))


class Delivery(NamedTuple):
    branch: int
    first: int
    last: int


def database(folder: Path, name: str) -> Database:
    db = Database(folder / name)
    migrate(db)
    return db


@pytest.fixture(scope="module")
def databases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Database, Database]]:
    folder = Path(tmp_path_factory.mktemp("order"))
    pair = database(folder, "one.db"), database(folder, "other.db")
    yield pair
    for db in pair:
        db.close()


def deliver(db: Database, tree: Tree, what: Delivery) -> None:
    ids = tree.branches[what.branch][what.first : what.last]
    changes = tuple((id, tree.changes[id]) for id in ids)
    first = changes[0][1]
    run = BundleRun(first.replica, f"key {first.replica}", first.seq - 1, first.previous, ids[-1], "signed", changes)
    into = Insertion(db)
    met: dict[str, Branches] = {}
    merge.apply(db, into, merge.judge(db, run, Trust.ACCEPTED, met))
    into.close()


def places(db: Database) -> dict[str, tuple[int, int, int]]:
    sql = f"SELECT c.id, {order.CREDIBLE}, {order.INSTANT}, {order.STEP} FROM changes c {order.JOINED}"
    return {id: tuple(place) for id, *place in db.rows(sql)}  # type: ignore[misc]


def in_step(db: Database) -> None:
    """What was placed as it came is what is placed from nothing."""
    kept = db.rows("SELECT * FROM instants ORDER BY change")
    db.execute("DELETE FROM instants")
    order.place_all(db)
    assert kept == db.rows("SELECT * FROM instants ORDER BY change")


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(worlds(), st.data())
def test_places_are_the_same_whatever_comes_first(databases, tree, data):
    whole = [Delivery(n, 0, len(one)) for n, one in enumerate(tree.branches)]
    found = []
    for db in databases:
        slices = st.builds(
            lambda n, a, b: Delivery(n, min(a, b, len(tree.branches[n]) - 1), max(a, b) + 1),
            st.integers(0, len(whole) - 1),
            st.integers(0, 11),
            st.integers(0, 11),
        )
        with db.transaction(keep=False):
            for what in [*data.draw(st.lists(slices, max_size=5)), *data.draw(st.permutations(whole))]:
                deliver(db, tree, what)
                in_step(db)
            found.append(places(db))
            behind_what_they_follow(tree, found[-1])
    assert found[0] == found[1]
    assert found[0].keys() == tree.changes.keys()


def behind_what_they_follow(tree: Tree, found: dict[str, Any]) -> None:
    for id, change in tree.changes.items():
        before = [change.previous] if change.previous else []
        before += [
            one
            for edit in change.edits
            for one in edit.over
            if any((other.entity, other.field) == (edit.entity, edit.field) for other in tree.changes[one].edits)
        ]
        for one in before:
            assert found[one][1:] < found[id][1:]
    paths: dict[str, list[tuple[str, ...]]] = {}
    for path in tree.branches:
        paths.setdefault(tree.changes[path[0]].replica, []).append(path)
    for own in paths.values():
        if len(own) == 1:
            assert [found[id][0] for id in own[0]] == credible([tree.changes[id].at for id in own[0]])


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    db = database(tmp_path, "x.db")
    yield db
    db.close()


def chain(replica: str, said: list[tuple[int, tuple[str, ...]]]) -> tuple[Tree, tuple[str, ...]]:
    made: dict[str, Change] = {}
    previous = NO_CHANGE
    for seq, (at, over) in enumerate(said, 1):
        change = Change(replica, seq, previous, at, (Edit("note/1", "text", f"{replica}{seq}", over),))
        previous = change_id(change)
        made[previous] = change
    return Tree(made, (tuple(made),)), tuple(made)


def test_sound_clocks_keep_nothing(db):
    tree, _ = chain("a", [(n, ()) for n in range(1, 50)])
    deliver(db, tree, Delivery(0, 0, 30))
    deliver(db, tree, Delivery(0, 30, 49))
    assert db.value("SELECT count(*) FROM instants") == 0


def test_an_answer_stands_behind_what_it_answers_though_its_clock_is_behind(db):
    question, ids = chain("a", [(100, ())])
    answer, _ = chain("b", [(50, ids), (60, ())])
    deliver(db, answer, Delivery(0, 0, 2))
    deliver(db, question, Delivery(0, 0, 1))
    sql = f"SELECT e.value FROM changes c {order.JOINED} JOIN edits e ON e.change = c.n ORDER BY {order.OLDEST_FIRST}"
    assert [value for (value,) in db.rows(sql)] == ['"a1"', '"b1"', '"b2"']
    in_step(db)


@pytest.mark.parametrize("size", [200, 400])
def test_what_is_appended_to_a_long_log_looks_at_little(db, size):
    """Counted in SQL statements, which do not depend on how fast the machine is."""
    tree, _ = chain("a", [(n, ()) for n in range(1, size + 11)])
    deliver(db, tree, Delivery(0, 0, size))
    seen: list[str] = []
    db.connection.set_trace_callback(seen.append)
    deliver(db, tree, Delivery(0, size, size + 10))
    db.connection.set_trace_callback(None)
    assert len([one for one in seen if "instants" in one]) <= 4
