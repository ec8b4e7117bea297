"""What every question needs: names of authors and entities, and what belongs to what."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import AbstractContextManager

from gealc_tui import errors
from gealc_tui.domain import plans
from gealc_tui.domain.change import kind_of, local_id
from gealc_tui.domain.plans import PlanFacts
from gealc_tui.domain.readings import NOWHERE, Author
from gealc_tui.domain.visibility import Visibility
from gealc_tui.domain.vocabulary import PlanState, Role
from gealc_tui.store.database import Database
from gealc_tui.store.places import KNOWN_AREAS, KNOWN_PLANS
from gealc_tui.store.registers import SEQ_BITS

_TABLES = {"activity": "activities", "area": "areas"}
"""What has a printed code."""

IN_PLAN = {"activity": f"area IN ({KNOWN_AREAS} AND plan = ?)", "area": "plan = ?"}
"""The condition that an activity or an area stands in a plan."""

LOST = {
    "activity": f"area NOT IN ({KNOWN_AREAS} AND plan IN ({KNOWN_PLANS}))",
    "area": f"plan NOT IN ({KNOWN_PLANS})",
}
"""The condition that it stands in none that is known: then it is found from every plan."""

_ABOUT = "SELECT id, substr(about, 10) FROM {table} WHERE about GLOB 'activity/*' AND id IN ({{}})"
_ACTIVITIES = {
    "product": "SELECT id, activity FROM products WHERE id IN ({})",
    "note": _ABOUT.format(table="notes"),
    "item": _ABOUT.format(table="items"),
}
"""The activities to which things belong."""

_WITHDRAWN = (Visibility.HIDDEN, Visibility.OCCUPIED)


class Asking:
    """Reads one database."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def snapshot(self) -> AbstractContextManager[None]:
        """Within it all questions are about one moment, and what was asked before is not asked again."""
        return self._db.snapshot()

    # --- which plan --------------------------------------------------------------------------------------------

    def plans(self) -> tuple[PlanFacts, ...]:
        """All plans, the newest year first, the withdrawn ones last."""
        return plans.in_order(
            PlanFacts(id, year, title, body, state, visibility in _WITHDRAWN, visibility == Visibility.HIDDEN)
            for id, year, title, body, state, visibility in self._db.rows(
                "SELECT id, year, title, body, state, visibility FROM plans"
                " LEFT JOIN deletions ON entity = 'plan/' || id"
                " WHERE id <> ?",
                [NOWHERE],
            )
        )

    def plan_called(self, plan: str) -> str:
        """What people call a plan (by its id): its title; its id, if it has none."""
        return str(self._db.value("SELECT title FROM plans WHERE id = ?", [plan]) or plan)

    def closed_plans(self, own: str | None) -> frozenset[str]:
        """The plans (their ids) that the Secretariat closed, or `own`: nobody else shuts others out of a plan."""
        if not self._db.value("SELECT 1 FROM plans WHERE state = ? LIMIT 1", [PlanState.CLOSED]):
            return frozenset()
        rows = self._db.rows(
            "SELECT p.id FROM plans p JOIN registers r ON r.entity = 'plan/' || p.id AND r.field = 'state'"
            f" JOIN heads h ON h.register = r.n AND h.shown JOIN logs l ON l.n = h.change >> {SEQ_BITS}"
            " LEFT JOIN people w ON w.id = l.replica WHERE p.state = ?1 AND (w.role = ?2 OR l.replica = ?3)",
            [PlanState.CLOSED, Role.SECRETARIAT, own],
        )
        return frozenset(id for (id,) in rows)

    def has_lost(self) -> bool:
        """Whether areas or activities are in sight, where there may be no plan."""
        return bool(
            self._db.value(
                "SELECT 1 FROM areas WHERE NOT deleted UNION ALL SELECT 1 FROM activities WHERE NOT deleted LIMIT 1"
            )
        )

    def has_plan(self, id: str) -> bool:
        """Whether anything is known of a plan, withdrawn or not."""
        return bool(self._db.value("SELECT 1 FROM plans WHERE id = ?", [id]))

    def plan_meant(self, ref: str) -> str:
        """The id of the plan that a person means by a year or an id; with `plan/` before it, it is an id.

        Raises PlanUnknown, and PlanIsAmbiguous if several remain.
        """
        known = self.plans()
        id = local_id(ref) if kind_of(ref) == "plan" else ref
        named = next((one for one in known if one.id == id), None)
        year = plans.year_in(ref)
        found = plans.of_year(known, year) if year is not None else ()
        if named is not None and not (named.is_withdrawn and found) and named.year != year:
            found = (named, *found)
        if not found and named is not None:
            found = (named,)
        if not found:
            raise errors.PlanUnknown(ref=ref)
        if len(found) > 1:
            raise errors.PlanIsAmbiguous(ref=ref, matches=tuple((one.id, one.title) for one in found))
        return found[0].id

    def plan_of(self, entity: str) -> str | None:
        """The id of the plan in which an activity, an area or what belongs to them stands; None if it is unknown."""
        activity = self.activity_of(entity)
        if activity is not None:
            area = str(self._db.value("SELECT area FROM activities WHERE id = ?", [activity]) or "")
        elif (owner := self._owner_of(entity)).startswith("area/"):
            area = local_id(owner)
        else:
            return None
        found = self._db.value("SELECT plans.id FROM areas JOIN plans ON plans.id = plan WHERE areas.id = ?", [area])
        return found or None

    # --- what is meant -----------------------------------------------------------------------------------------

    def resolve(self, ref: str, plan: str | None) -> str:
        """The entity (`kind/id`) that a person means by an id, a printed code or a whole entity name.

        A code alone is looked for in `plan`, `2020/3.6.1` in the plan of that year. Raises NotFound; CodeIsAmbiguous
        when the code is printed on several activities; ReferenceIsAmbiguous when it is the id of one thing and the
        year and code of another; PlanIsAmbiguous when the year means several plans.
        """
        if self.is_entity(ref):
            return ref
        year, id = plans.year_in(kind_of(ref)), local_id(ref)
        named = self._with_id(ref)
        coded = self._of_year(year, id, strict=named is None) if id and year is not None else []
        if not coded and named is None:
            coded = (self._with_code(ref, plan) if plan is not None else []) or self._with_code(ref)
        found = [entity for entity, *_ in coded]
        if named is not None and found and named not in found:
            matches = tuple((entity, title) for entity, _, title in coded)
            title = self._db.value(f"SELECT title FROM {_TABLES[kind_of(named)]} WHERE id = ?", [local_id(named)])
            raise errors.ReferenceIsAmbiguous(ref=ref, matches=((named, str(title)), *matches))
        if named is not None:
            return named
        if len(found) > 1:
            raise errors.CodeIsAmbiguous(ref=ref, matches=tuple((id, title) for _, id, title in coded))
        if not found:
            raise errors.NotFound(ref=ref)
        return found[0]

    def is_entity(self, ref: str) -> bool:
        """Whether a reference is the whole name of something, `kind/id`, of which anything was said."""
        # A year is no kind, whatever somebody calls a thing.
        if not local_id(ref) or plans.year_in(kind_of(ref)) is not None:
            return False
        return bool(self._db.value("SELECT 1 FROM registers WHERE entity = ?", [ref]))

    def _with_id(self, id: str) -> str | None:
        for kind, table in _TABLES.items():
            if self._db.value(f"SELECT 1 FROM {table} WHERE id = ? AND NOT deleted", [id]):
                return f"{kind}/{id}"
        return None

    def _of_year(self, year: int, code: str, *, strict: bool) -> list[tuple[str, str, str]]:
        """What is printed under a code in the plan of a year; `strict` refuses a year that means several plans."""
        found = plans.of_year(self.plans(), year)
        if len(found) > 1 and strict:
            raise errors.PlanIsAmbiguous(ref=str(year), matches=tuple((one.id, one.title) for one in found))
        return self._with_code(code, found[0].id) if len(found) == 1 else []

    def _with_code(self, code: str, *plan: str) -> list[tuple[str, str, str]]:
        """Entity, id and title of the activities of a plan under a printed code; if none, of its areas.

        Without a plan, of those that stand in none.
        """
        for kind, table in _TABLES.items():
            where = IN_PLAN[kind] if plan else LOST[kind]
            rows = self._db.rows(
                f"SELECT id, title FROM {table} WHERE code = ? AND NOT deleted AND {where} ORDER BY rank, id",
                [code, *plan],
            )
            if rows:
                return [(f"{kind}/{id}", id, title) for id, title in rows]
        return []

    def has_code(self, code: str, plan: str | None) -> bool:
        """Whether an activity or an area of a plan bears a printed code."""
        return plan is not None and bool(self._with_code(code, plan))

    def activity_of(self, entity: str) -> str | None:
        """The id of the activity that an entity is or belongs to; None if it concerns none."""
        kind, id = kind_of(entity), local_id(entity)
        if kind == "activity":
            return id
        if kind == "occurrence":
            return id.rpartition("/")[0] or None
        row = self._db.row(_ACTIVITIES[kind].format("?"), [id]) if kind in _ACTIVITIES else None
        return (row[1] or None) if row is not None else None

    def activities_of(self, entities: Iterable[str]) -> dict[str, str | None]:
        """As `activity_of`, of many entities at once."""
        found: dict[str, str | None] = {}
        by_kind: dict[str, list[str]] = {}
        for entity in entities:
            found[entity] = local_id(entity) if kind_of(entity) == "activity" else None
            if kind_of(entity) == "occurrence":
                found[entity] = local_id(entity).rpartition("/")[0] or None
            by_kind.setdefault(kind_of(entity), []).append(local_id(entity))
        for kind, sql in _ACTIVITIES.items():
            for id, activity in self._db.rows_in(sql, by_kind.get(kind, ())):
                found[f"{kind}/{id}"] = activity or None
        return found

    def code_of(self, activity: str) -> str:
        """The printed code of an activity."""
        return str(self._db.value("SELECT code FROM activities WHERE id = ?", [activity]) or "")

    def person(self, replica: str) -> tuple[str, str | None, str | None, str | None] | None:
        """Name, country, role and e-mail address of an author whose changes are here."""
        row = self._db.row("SELECT name, country, role, email FROM people WHERE id = ?", [replica])
        return None if row is None else (row[0], row[1], row[2], row[3])

    def names(self) -> list[tuple[str, str]]:
        """Replica and name of everybody who has said how they are called."""
        return [(id, name) for id, name in self._db.rows("SELECT id, name FROM people") if name]

    def title_of(self, entity: str) -> str:
        """How people name what an entity concerns: the printed code of its activity or area, if it has one."""
        activity = self.activity_of(entity)
        if activity is not None:
            return self.code_of(activity)
        entity = self._owner_of(entity)
        return str(self._db.value("SELECT code FROM areas WHERE id = ?", [local_id(entity)]) or local_id(entity))

    def _owner_of(self, entity: str) -> str:
        """The area to which something that concerns no activity belongs, as `area/…`; else what it belongs to."""
        if kind_of(entity) == "note":
            entity = str(self._db.value("SELECT about FROM notes WHERE id = ?", [local_id(entity)]) or entity)
        if kind_of(entity) == "item":
            entity = f"meeting/{self._db.value('SELECT meeting FROM items WHERE id = ?', [local_id(entity)])}"
        if kind_of(entity) == "meeting":
            area = self._db.value("SELECT area FROM meetings WHERE id = ?", [local_id(entity)])
            entity = f"area/{area}" if area else entity
        return entity

    def author(self, replica: str) -> Author:
        """Who writes a log, as this copy knows them."""
        row = self._db.row(
            "SELECT l.key IS NULL, p.name, p.country FROM logs l LEFT JOIN people p ON p.id = l.replica"
            " WHERE l.replica = ?",
            [replica],
        )
        genesis, name, country = row or (False, None, None)
        return Author(replica, name or "", country, bool(genesis))

    def entities_about(self, entity: str) -> tuple[str, ...]:
        """An activity or area (`kind/id`) with its products, notes and agreements, as entity names."""
        found = self._db.rows(
            "SELECT 'product/' || id FROM products WHERE activity = ?2"
            " UNION ALL SELECT 'note/' || id FROM notes WHERE about = ?1"
            " UNION ALL SELECT 'item/' || id FROM items WHERE about = ?1",
            [entity, local_id(entity)],
        )
        return (entity, *(one for (one,) in found))

    def is_deleted(self, entity: str) -> bool:
        """Whether a deletion of this very entity keeps it out of sight."""
        return self._is_hidden(entity, None)

    def is_hidden(self, entity: str) -> bool:
        """Whether a deletion keeps an entity out of sight, or the activity that it belongs to."""
        return self.is_anything_hidden() and self._is_hidden(entity, self.activity_of(entity))

    def is_anything_hidden(self) -> bool:
        """Whether a deletion keeps anything out of sight."""
        return bool(self._db.value("SELECT 1 FROM deletions WHERE visibility = ? LIMIT 1", [int(Visibility.HIDDEN)]))

    def _is_hidden(self, entity: str, activity: str | None) -> bool:
        return bool(
            self._db.value(
                "SELECT 1 FROM deletions WHERE entity IN (?, ?) AND visibility = ?",
                [entity, f"activity/{activity}", int(Visibility.HIDDEN)],
            )
        )
