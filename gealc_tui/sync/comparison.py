"""What a merge altered in the plan that people see: what it touched, before and after.

Promise: the cost is that of what was touched, and of what that put out of sight or back. Differences that stand
elsewhere are not looked at.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from gealc_tui.domain.change import kind_of, local_id
from gealc_tui.domain.entities import ENTITIES
from gealc_tui.domain.moment import KIND, MomentKind
from gealc_tui.domain.visibility import DELETED, SEEN
from gealc_tui.domain.vocabulary import seen_default
from gealc_tui.store import deletions, registers
from gealc_tui.store.database import Database
from gealc_tui.store.queries import Queries
from gealc_tui.store.registers import Told, encode_value
from gealc_tui.sync.outcomes import AlteredValue, Register

Compared = tuple[tuple[AlteredValue, ...], tuple[Register, ...], tuple[Register, ...]]
"""What is altered, and the differences that were opened and settled."""

Place = tuple[str, str]
"""Entity and field of a difference."""


class Before:
    """How what a merge touches stood before it was first touched."""

    def __init__(self, db: Database) -> None:
        self._queries = Queries(db)
        self._db = db
        self.registers: dict[int, Told] = {}
        self.deletions: deletions.Before = {}
        self.activities: dict[str, str | None] = {}
        """The activities to which the touched entities belonged; only once anything is out of sight."""

    def note(self, touched: Iterable[int]) -> None:
        """Remembers some registers, which are about to be folded again."""
        told = registers.told(self._db, set(touched) - self.registers.keys())
        self.registers |= told
        if self._queries.is_anything_hidden():
            entities = {one.entity for one in told.values()} - self.activities.keys()
            self.activities |= self._queries.activities_of(entities)

    def note_deletions(self, before: deletions.Before) -> None:
        """Remembers what `views.refresh` returned."""
        self.deletions = before | self.deletions


_TOLD = (MomentKind.APPROVAL, MomentKind.PERIOD)
"""Moments that are told for themselves; the closing of a meeting is told as that."""


def compared(db: Database, before: Before) -> Compared:
    """Compares what was touched with how it stands now."""
    now = registers.told(db, before.registers)
    differed, differ = _Differences(db, before, now).before_and_now()
    activity_of = cache(Queries(db).activity_of)

    def registers_of(places: Iterable[Place]) -> tuple[Register, ...]:
        known = sorted(place for place in places if kind_of(place[0]) in ENTITIES)
        return tuple(Register(*place, activity_of(place[0])) for place in known)

    return tuple(_altered(db, before, now)), registers_of(differ - differed), registers_of(differed - differ)


def _altered(db: Database, before: Before, now: dict[int, Told]) -> Iterator[AlteredValue]:
    queries = Queries(db)
    author = cache(lambda log: queries.author(str(db.value("SELECT replica FROM logs WHERE n = ?", [log]))))
    touched = Counter(was.entity for was in before.registers.values())
    old = {was.entity for was in before.registers.values() if was.text is not None}
    activity_of = queries.activities_of(touched)
    counts = registers.counts_of(db, touched.keys() - old)
    new = {entity for entity, count in counts.items() if count == touched[entity]}
    # Of a plan that is new as a whole, itself is told and not each thing in it.
    untold = _in_new_plans(db, new, activity_of)
    for register, stands in now.items():
        entity, field, was = stands.entity, stands.field, before.registers[register]
        # Of a deletion its reason is told, not what it had seen.
        if (kind_of(entity), field) == (KIND, "kind") and stands.value in _TOLD and was.text is None:
            yield AlteredValue(entity, None, field, None, stands.value, author(stands.log))
        if field == SEEN or stands.text is None or (model := ENTITIES.get(kind_of(entity))) is None:
            continue
        if entity in untold:
            continue
        seen = was.value if was.text is not None else seen_default(model.KIND, field)
        # Of what is new as a whole, its words are told and not each of its fields.
        if encode_value(seen) != stands.text and (field == model.VOICE or entity not in new):
            yield AlteredValue(entity, activity_of[entity], field, seen, stands.value, author(stands.log))


def _in_new_plans(db: Database, new: set[str], activity_of: Mapping[str, str | None]) -> set[str]:
    """Those of the new areas, activities and products that stand in a plan that is new too."""
    plans = json.dumps([local_id(entity) for entity in new if kind_of(entity) == "plan"])
    if plans == "[]":
        return set()
    chosen = "plan IN (SELECT value FROM json_each(?))"
    found = {f"area/{id}" for (id,) in db.rows(f"SELECT id FROM areas WHERE {chosen}", [plans])}
    inside = f"SELECT a.id FROM activities a JOIN areas w ON w.id = a.area WHERE w.{chosen}"
    found |= {f"activity/{id}" for (id,) in db.rows(inside, [plans])}
    found |= {one for one in new if kind_of(one) == "product" and f"activity/{activity_of.get(one)}" in found}
    return found & new


class _Differences:
    """The differences that a merge may have opened or settled: what was in difference before, and what is now."""

    def __init__(self, db: Database, before: Before, now: dict[int, Told]) -> None:
        self._db = db
        self._before = before
        self._now = now
        self._queries = Queries(db)
        self._row_of = cache(lambda entity: deletions.row_of(db, entity))
        self._activity_of = cache(self._queries.activity_of)
        was = before.deletions.values()
        self._is_anything_hidden = any(map(deletions.is_hidden, was)) or self._queries.is_anything_hidden()

    def before_and_now(self) -> tuple[set[Place], set[Place]]:
        differed: set[Place] = set()
        differ: set[Place] = set()
        for register, was in self._before.registers.items():
            entity, place = was.entity, (was.entity, was.field)
            if was.differs and self._was_in_sight(entity):
                differed.add(place)
            if self._now[register].differs and self._is_in_sight(entity):
                differ.add(place)
        for entity in self._turned() | self._before.deletions.keys():
            untouched = self._differing_untouched(entity)
            differed |= untouched if self._was_in_sight(entity) else set()
            differ |= untouched if self._is_in_sight(entity) else set()
        for entity, row in self._before.deletions.items():
            now = self._row_of(entity)
            if row is not None and row.is_disputed:
                differed.add((entity, DELETED))
            if now is not None and now.is_disputed:
                differ.add((entity, DELETED))
        return differed, differ

    def _turned(self) -> set[str]:
        """What came into sight or went out of it: by its own deletion, its activity's, or by a move to another one."""
        if not self._is_anything_hidden:
            return set()
        candidates = {was.entity for was in self._before.registers.values()}
        for entity in deletions.turned(self._db, self._before.deletions):
            candidates.update(self._queries.entities_about(entity) if kind_of(entity) == "activity" else (entity,))
        return {one for one in candidates if self._was_in_sight(one) is not self._is_in_sight(one)}

    def _differing_untouched(self, entity: str) -> set[Place]:
        return {
            (entity, field)
            for register, field in self._db.rows(
                "SELECT r.n, r.field FROM registers r JOIN heads h ON h.register = r.n"
                " WHERE r.entity = ? AND h.shown AND h.differs",
                [entity],
            )
            if register not in self._before.registers
        }

    def _was_in_sight(self, entity: str) -> bool:
        if not self._is_anything_hidden:
            return True
        activities = self._before.activities
        activity = activities[entity] if entity in activities else self._activity_of(entity)
        return not any(map(deletions.is_hidden, map(self._row_before, (entity, f"activity/{activity}"))))

    def _is_in_sight(self, entity: str) -> bool:
        if not self._is_anything_hidden:
            return True
        return not any(map(deletions.is_hidden, map(self._row_of, (entity, f"activity/{self._activity_of(entity)}"))))

    def _row_before(self, entity: str) -> deletions.Row | None:
        return self._before.deletions[entity] if entity in self._before.deletions else self._row_of(entity)
