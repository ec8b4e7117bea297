"""What is out of sight: the rule of `domain.visibility`, applied to the log and kept in a table.

`deletions` has a row for every entity for which a deletion stands; `deleted` in the tables of entities says whether
it is out of sight, so that a query asks nothing else. Both are views, and `store.views` keeps them in step. A thing
takes with it what belongs to it, so what is folded again spreads upwards: from a note to its activity, from an
activity to its area, from an area to its plan.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from gealc_tui.domain.change import kind_of, local_id
from gealc_tui.domain.entities import ENTITIES
from gealc_tui.domain.register import Lineage
from gealc_tui.domain.visibility import DELETED, SEEN, Deletion, Head, Visibility, seen_of, uncovered
from gealc_tui.store import branches
from gealc_tui.store.database import Database, stored, stored_code
from gealc_tui.store.registers import SEQ_BITS, SEQ_MASK

_DELETABLE = ENTITIES.keys() - {"person"}
"""What can be deleted. Of themselves people say what they please."""

_ORDER = ("activity", "area", "plan")
"""Kinds whose visibility depends on what belongs to them: each after all that may belong to it."""

_PRODUCTS = "SELECT id FROM products WHERE activity = ? AND NOT deleted"
_SAID = (
    ("note", "SELECT id FROM notes WHERE about = ? AND NOT deleted"),
    ("item", "SELECT id FROM items WHERE about = ? AND NOT deleted"),
)
"""What an activity, area or plan takes with it: as long as it is in sight itself, its words are to be covered too."""

_INSIDE = {
    "area": "SELECT 1 FROM activities WHERE area = ? AND deleted = 0 LIMIT 1",
    "plan": "SELECT 1 FROM areas WHERE plan = ? AND NOT deleted LIMIT 1",
}
"""What keeps a plan or area in sight as long as it lives."""

_OWNERS = (
    ("product", "SELECT 'activity/' || activity FROM products"),
    ("note", "SELECT about FROM notes"),
    ("item", "SELECT about FROM items"),
    ("activity", "SELECT 'area/' || area FROM activities"),
    ("area", "SELECT 'plan/' || plan FROM areas"),
)
"""What things belong to."""


class Standing(NamedTuple):
    """The deletions of an entity that stand, and the heads that none of them covers."""

    deletions: tuple[tuple[int, Deletion], ...]
    """Each with the number of its change."""
    uncovered: tuple[tuple[int, Head], ...]
    """Each with the number of its change."""


class Row(NamedTuple):
    """What `deletions` says of an entity. `by_words`: the dispute is told as a difference of the words themselves."""

    visibility: Visibility
    by_words: bool

    @property
    def is_disputed(self) -> bool:
        """Whether it is in difference as a whole."""
        return self.visibility is Visibility.CONTESTED and not self.by_words


Before = dict[str, Row | None]
"""Of some entities, what stood in `deletions` before they were looked at anew."""

# --- keeping the views in step ---------------------------------------------------------------------------------------


def owners(db: Database, entities: Iterable[str]) -> set[str]:
    """Of what some entities belong to, as the views say now, that for which a deletion stands."""
    if not db.value("SELECT 1 FROM deletions LIMIT 1"):
        return set()
    by_kind: dict[str, list[str]] = {}
    for entity in entities:
        by_kind.setdefault(kind_of(entity), []).append(local_id(entity))
    found: set[str] = set()
    for kind, owner in _OWNERS:
        sql = f"SELECT entity FROM deletions WHERE entity IN ({owner} WHERE id IN ({{}}))"
        found.update(entity for (entity,) in db.rows_in(sql, by_kind.get(kind, ())))
    return found


def fold(db: Database, entities: Iterable[str], owned_before: Iterable[str]) -> Before:
    """Finds anew what is out of sight, once the rows of `entities` are written, as if all of it were in sight.

    `owned_before` are the `owners` from before that; `touched` holds the registers, as in `views.refresh`. Returns
    what stood before of all that was looked at.
    """
    waiting = {*_deleted(db), *owned_before, *owners(db, entities)}
    before: Before = {}
    if not waiting:
        return before
    lineage = branches.all_pasts(db)
    for kind in (None, *_ORDER):
        next_ones = sorted(one for one in waiting if (kind_of(one) if kind_of(one) in _ORDER else None) == kind)
        looked_at = {one: _fold_one(db, one, lineage) for one in next_ones}
        before = looked_at | before
        waiting |= owners(db, turned(db, looked_at))
    return before


def row_of(db: Database, entity: str) -> Row | None:
    """What stands of an entity in `deletions`; None if it is not deleted."""
    row = db.row("SELECT visibility, by_words FROM deletions WHERE entity = ?", [entity])
    return None if row is None else Row(stored_code(Visibility, row[0]), bool(row[1]))


def turned(db: Database, before: Before) -> set[str]:
    """What is out of sight now and was not, or the other way round."""
    return {entity for entity, was in before.items() if is_hidden(was) is not is_hidden(row_of(db, entity))}


def is_hidden(row: Row | None) -> bool:
    return row is not None and row.visibility is Visibility.HIDDEN


def _deleted(db: Database) -> set[str]:
    """What was touched, and for which a deletion stood or stands."""
    rows = db.rows(
        "SELECT r.entity FROM touched t CROSS JOIN registers r ON r.n = t.register CROSS JOIN heads h"
        " ON h.register = r.n WHERE r.field = ? AND h.value = 'true'"
        " UNION SELECT d.entity FROM touched t CROSS JOIN registers r ON r.n = t.register"
        " CROSS JOIN deletions d ON d.entity = r.entity WHERE EXISTS (SELECT 1 FROM deletions)",
        [DELETED],
    )
    return {entity for (entity,) in rows if kind_of(entity) in _DELETABLE}


def _fold_one(db: Database, entity: str, lineage: Lineage) -> Row | None:
    """Writes what becomes of an entity. Returns what stood before."""
    was = row_of(db, entity)
    standing = _standing(db, entity, lineage)
    now = _visibility(db, entity, standing)
    if now is None:
        db.execute("DELETE FROM deletions WHERE entity = ?", [entity])
    else:
        by_words = now is Visibility.CONTESTED and _is_told_by_words(db, entity, standing)
        db.execute("INSERT OR REPLACE INTO deletions VALUES (?, ?, ?)", [entity, now, by_words])
    table = ENTITIES[kind_of(entity)].TABLE
    db.execute(f"UPDATE {table} SET deleted = ? WHERE id = ?", [now is Visibility.HIDDEN, local_id(entity)])
    return was


def _visibility(db: Database, entity: str, found: Standing) -> Visibility | None:
    if not found.deletions:
        return None
    if found.uncovered:
        return Visibility.CONTESTED
    inside = _INSIDE.get(kind_of(entity))
    if inside is not None and db.value(inside, [local_id(entity)]):
        return Visibility.OCCUPIED
    return Visibility.HIDDEN


def _is_told_by_words(db: Database, entity: str, found: Standing) -> bool:
    """Whether each word that nobody had seen stands in difference with one that a deletion said again.

    Then that difference is shown, and settling it settles the deletion: it is not told twice.
    """
    return all(
        head.entity == entity
        and db.value(
            "SELECT 1 FROM registers r JOIN heads h ON h.register = r.n WHERE r.entity = ? AND r.field = ?"
            " AND h.differs AND h.change IN (SELECT value FROM json_each(?)) LIMIT 1",
            [entity, head.field, json.dumps([number for number, _ in found.deletions])],
        )
        for _, head in found.uncovered
    )


def forget(db: Database) -> None:
    """Empties the table."""
    db.execute("DELETE FROM deletions")


# --- reading the log -------------------------------------------------------------------------------------------------


def standing(db: Database, entity: str) -> Standing:
    """The deletions of an entity that stand, and what keeps it in sight though they do."""
    return _standing(db, entity, branches.all_pasts(db)) if kind_of(entity) in _DELETABLE else Standing((), ())


def seen_by_deleting(db: Database, entity: str) -> list[str]:
    """The ids of the changes whose words one takes out of sight who deletes an entity now: sorted, each once."""
    return sorted({head.change for _, head in _heads(db, entity)})


def _standing(db: Database, entity: str, lineage: Lineage) -> Standing:
    said = dict(
        db.rows(
            "SELECT h.change, h.value FROM registers r JOIN heads h ON h.register = r.n"
            " WHERE r.entity = ? AND r.field = ?",
            [entity, DELETED],
        )
    )
    if "false" in said.values() or "true" not in said.values():
        return Standing((), ())
    deletions = tuple((change, _deletion(db, entity, change)) for change, value in said.items() if value == "true")
    deleting = {
        id
        for (id,) in db.rows(
            "SELECT c.id FROM registers r CROSS JOIN edits e ON e.register = r.n JOIN changes c ON c.n = e.change"
            " WHERE r.entity = ? AND r.field = ? AND e.value = 'true'",
            [entity, DELETED],
        )
    }
    heads = list(_heads(db, entity))
    left = set(uncovered(entity, (head for _, head in heads), [one for _, one in deletions], deleting, lineage))
    return Standing(deletions, tuple((number, head) for number, head in heads if head in left))


def _deletion(db: Database, entity: str, change: int) -> Deletion:
    """A deletion by the number of its change. What it named and what it said again stand in that very change."""
    seen, replaced = frozenset[str](), {}
    for field, value, stands in db.rows(
        # By the entity's registers: the change may delete thousands of other things.
        "SELECT r.field, e.value, EXISTS (SELECT 1 FROM heads h WHERE h.register = r.n AND h.change = ?1)"
        " FROM registers r CROSS JOIN edits e ON e.register = r.n AND e.change = ?1 WHERE r.entity = ?2",
        [change, entity],
    ):
        if field == SEEN:
            seen = seen_of(stored(value))
        elif not stands:
            replaced[field] = value
    id = str(db.value("SELECT id FROM changes WHERE n = ?", [change]))
    return Deletion(id, *_place(change), seen, replaced)


def _heads(db: Database, entity: str) -> Iterator[tuple[int, Head]]:
    """What stands in the content of an entity and of what it takes with it, each with the number of its change."""
    for one in (entity, *_taken(db, entity)):
        model = ENTITIES[kind_of(one)]
        for field, change, id, value in db.rows(
            "SELECT r.field, h.change, c.id, h.value FROM registers r JOIN heads h ON h.register = r.n"
            " JOIN changes c ON c.n = h.change WHERE r.entity = ? ORDER BY r.field, c.id",
            [one],
        ):
            if model.is_content(field):
                yield change, Head(one, field, id, *_place(change), value)


def _taken(db: Database, entity: str) -> list[str]:
    if kind_of(entity) not in _ORDER:
        return []
    products = db.rows(_PRODUCTS, [local_id(entity)]) if kind_of(entity) == "activity" else []
    said = [f"{kind}/{id}" for kind, sql in _SAID for (id,) in db.rows(sql, [entity])]
    return [*(f"product/{id}" for (id,) in products), *said]


def _place(change: int) -> tuple[str, int]:
    return str(change >> SEQ_BITS), change & SEQ_MASK
