"""What is out of sight, as the store keeps it, held to the rule spelled out here over the bare set of changes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gealc_tui.domain.change import NO_CHANGE, Change, Edit, Value
from gealc_tui.domain.entities import ENTITIES
from gealc_tui.domain.register import Said, heads
from gealc_tui.store import log, views
from gealc_tui.store.database import Database
from gealc_tui.store.insertion import Insertion
from gealc_tui.store.migrations import migrate

PLANS, AREAS, ACTIVITIES = ("plan/1",), ("area/1", "area/2"), ("activity/1", "activity/2")
OTHERS = ("note/1", "note/2", "product/1", "item/1")
POINTERS = {"area": "plan", "activity": "area", "product": "activity", "note": "about", "item": "about"}
WORDS = {"plan": "title", "area": "title", "activity": "title", "product": "text", "note": "text", "item": "text"}
ALL = (*PLANS, *AREAS, *ACTIVITIES, *OTHERS)

Log = list[tuple[str, Change]]


def kind(entity: str) -> str:
    return entity.partition("/")[0]


@st.composite
def changes(draw: st.DrawFn) -> list[tuple[str, Change]]:
    """Changes of three people: words, deletions that name anything or nothing, bringing back, moving about."""
    made: list[tuple[str, Change]] = []
    last: dict[str, int] = {}
    for _ in range(draw(st.integers(1, 16))):
        who = draw(st.sampled_from("abc"))
        last[who] = last.get(who, 0) + 1
        ids = [id for id, _ in made]
        edits: dict[tuple[str, str], Value] = {}
        for entity in draw(st.lists(st.sampled_from(ALL), min_size=1, max_size=2, unique=True)):
            one = kind(entity)
            for what in draw(st.lists(st.sampled_from(["words", "delete", "back", "seen", "move"]), min_size=1)):
                if what == "words":
                    edits[entity, WORDS[one]] = draw(st.sampled_from(["x", "y"]))
                elif what == "move" and one in POINTERS:
                    edits[entity, POINTERS[one]] = draw(st.sampled_from(_targets(one)))
                elif what == "seen":
                    edits[entity, "deleted_seen"] = draw(st.lists(st.sampled_from(ids))) if ids else []
                else:
                    edits[entity, "deleted"] = what == "delete"
        over = {place: draw(st.lists(st.sampled_from(ids), unique=True)) if ids else [] for place in edits}
        change = Change(
            who,
            last[who],
            NO_CHANGE,
            len(made),
            tuple(Edit(*place, value, tuple(over[place])) for place, value in edits.items()),
        )
        made.append((f"{who}{last[who]}", change))
    return [one for one in made if one[1].edits]


def _targets(of: str) -> tuple[str, ...]:
    if of == "area":
        return ("1", "no")
    return ("1", "2", "no") if of in ("activity", "product") else (*ACTIVITIES, *AREAS, *PLANS)


class Reference:
    """The rule, without a database: slow, and over everything each time."""

    def __init__(self, changes: Log) -> None:
        self.changes = dict(changes)
        said: dict[tuple[str, str], list[Said]] = {}
        for id, one in changes:
            for edit in one.edits:
                said.setdefault((edit.entity, edit.field), []).append(
                    Said(id, one.replica, one.seq, one.at, edit.value, edit.over)
                )
        self.heads = {place: heads(edits) for place, edits in said.items()}
        self.found: dict[str, str | None] = {}
        for entity in (*OTHERS, *ACTIVITIES, *AREAS, *PLANS):
            self.found[entity] = self._state(entity)

    def _shown(self, entity: str, field: str) -> Value:
        standing = self.heads.get((entity, field), ())
        return standing[0].value if standing else None

    def _says(self, id: str, entity: str, field: str) -> Value:
        return next((one.value for one in self.changes[id].edits if (one.entity, one.field) == (entity, field)), None)

    def _state(self, entity: str) -> str | None:
        standing = self.heads.get((entity, "deleted"), ())
        deletions = [one for one in standing if one.value is True]
        if not deletions or any(one.value is False for one in standing):
            return None
        mine = [entity, *(one for one in self._belonging(entity) if self.found[one] != "hidden")]
        for (one, field), found in self.heads.items():
            is_content = one in mine and ENTITIES[kind(one)].is_content(field)
            if is_content and not all(self._covered(entity, one, field, head, deletions) for head in found):
                return "contested"
        inside = {"area": ACTIVITIES, "plan": AREAS}.get(kind(entity), ())
        for one in inside:
            points = self._shown(one, POINTERS[kind(one)]) == entity.partition("/")[2]
            if points and self.found[one] != "hidden":
                return "occupied"
        return "hidden"

    def _belonging(self, entity: str) -> list[str]:
        if kind(entity) not in ("activity", "area", "plan"):
            return []
        found = [one for one in OTHERS if kind(one) != "product" and self._shown(one, "about") == entity]
        if kind(entity) == "activity":
            found += [one for one in ("product/1",) if f"activity/{self._shown(one, 'activity')}" == entity]
        return found

    def _covered(self, entity: str, one: str, field: str, head: Said, deletions: list[Said]) -> bool:
        if self._says(head.change, entity, "deleted") is True:
            return True
        for by in deletions:
            seen = self._says(by.change, entity, "deleted_seen")
            if head.log == by.log and head.seq <= by.seq:
                return True
            if isinstance(seen, list) and head.change in seen:
                return True
            stands = by.change in {other.change for other in self.heads[one, field]}
            if one == entity and not stands and self._says(by.change, one, field) == head.value is not None:
                return True
        return False


def databases(folder: Path, name: str) -> Database:
    db = Database(folder / name)
    migrate(db)
    return db


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Database, Database]]:
    folder = tmp_path_factory.mktemp("deletions")
    made = databases(folder, "one.db"), databases(folder, "other.db")
    yield made
    for db in made:
        db.close()


def insert(db: Database, pieces: list[Log]) -> None:
    for piece in pieces:
        into = Insertion(db)
        for id, change in piece:
            into.add(log.open_log(db, change.replica, change.replica), [(id, change)])
        into.close()
        views.refresh(db, into.touched)


def told(db: Database) -> tuple[dict[str, int], dict[str, bool]]:
    tables = {entity: ENTITIES[kind(entity)].TABLE for entity in ALL}
    hidden = {
        entity: bool(db.value(f"SELECT deleted FROM {table} WHERE id = ?", [entity.partition("/")[2]]))
        for entity, table in tables.items()
    }
    return dict(db.rows("SELECT entity, visibility FROM deletions")), hidden


def words(db: Database) -> list[tuple[object, ...]]:
    """What is found by its words."""
    return sorted(
        db.rows("SELECT r.entity, c.c0, c.c1, c.c2, c.c3 FROM search_content c JOIN registers r ON r.n = c.id"),
        key=repr,
    )


@settings(max_examples=60, suppress_health_check=list(HealthCheck))
@given(changes(), st.randoms(use_true_random=False))
def test_what_is_out_of_sight_is_what_the_changes_say_in_whatever_order_they_come(two, made, random):
    one, other = two
    numbers = {None: None, "hidden": 1, "contested": 2, "occupied": 3}
    wanted = {entity: numbers[state] for entity, state in Reference(made).found.items() if state is not None}
    shuffled = sorted(made, key=lambda _: random.random())
    with one.transaction(keep=False), other.transaction(keep=False):
        insert(one, [made])
        insert(other, [[piece] for piece in shuffled])
        assert told(one) == told(other)
        visibility, hidden = told(one)
        assert visibility == wanted
        assert {entity for entity, gone in hidden.items() if gone} == {
            entity for entity, number in wanted.items() if number == 1
        }
        assert words(one) == words(other)
        views.rebuild(other)
        assert (told(other), words(other)) == (told(one), words(one))
