"""The questions that the surfaces ask, answered with frozen readings.

Every answer is taken from one moment of the database. Deleted things are left out, unless somebody wrote to them
without having seen the deletion: then they stay in sight until the difference is settled.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date

from gealc_tui import errors
from gealc_tui.domain.alerts import alerts, due_day
from gealc_tui.domain.change import Value, kind_of, local_id
from gealc_tui.domain.readings import (
    ActivityReading,
    ActivityRow,
    AreaRow,
    Author,
    ChangeReading,
    Difference,
    EditReading,
    NoteReading,
    ObservationReading,
    PlanOutline,
    ProductReading,
    Standing,
)
from gealc_tui.domain.register import Said, before
from gealc_tui.domain.vocabulary import Period, Status
from gealc_tui.store.database import Database
from gealc_tui.store.log import SEQ_BITS, SEQ_MASK

_DIFFERING = "(SELECT DISTINCT entity, field FROM heads JOIN registers ON n = register WHERE differs)"
_VISIBLE = f"(NOT deleted OR EXISTS (SELECT 1 FROM {_DIFFERING} WHERE entity = '{{kind}}/' || {{table}}.id))"
_VISIBLE_NOTES = _VISIBLE.format(kind="note", table="notes")
_VISIBLE_PRODUCTS = _VISIBLE.format(kind="product", table="products")


class Queries:
    """Reads one database. `today` is the day by which alerts are calculated."""

    def __init__(self, database: Database) -> None:
        self._db = database

    # --- the plan --------------------------------------------------------------------------------------------

    def plans(self) -> tuple[str, ...]:
        """Ids of the plans, newest year first."""
        return tuple(id for (id,) in self._db.rows("SELECT id FROM plans WHERE NOT deleted ORDER BY year DESC, id"))

    def outline(self, today: date, plan: str | None = None) -> PlanOutline | None:
        """The whole of a plan (by default the newest) in the printed order; None while there is none."""
        with self._db.snapshot():
            wanted = plan if plan is not None else next(iter(self.plans()), None)
            found = self._db.row("SELECT id, title, year FROM plans WHERE id = ?", [wanted])
            if found is None:
                return None
            id, title, year = found
            by_area: dict[str, list[ActivityRow]] = {}
            for row in self._activity_rows("areas.plan = ?", id, today):
                by_area.setdefault(row.area, []).append(row)
            areas = tuple(
                AreaRow(area, code, name, objective, tuple(by_area.get(area, ())))
                for area, code, name, objective in self._db.rows(
                    "SELECT id, code, title, objective FROM areas WHERE plan = ? AND NOT deleted ORDER BY position, id",
                    [id],
                )
            )
            return PlanOutline(id, title, year, areas)

    def _activity_rows(self, where: str, value: str, today: date) -> list[ActivityRow]:
        differing: dict[str, int] = {}
        for entity, _ in self._db.rows(f"SELECT entity, field FROM {_DIFFERING}"):
            if (concerned := self.activity_of(entity)) is not None:
                differing[concerned] = differing.get(concerned, 0) + 1
        noted = {
            local_id(about): (count, reported)
            for about, count, reported in self._db.rows(
                f"SELECT about, count(*), max(reported) FROM notes WHERE {_VISIBLE_NOTES} GROUP BY about"
            )
            if kind_of(about) == "activity"
        }
        delivered = dict(
            self._db.rows("SELECT activity, max(reported) FROM products WHERE reported IS NOT NULL GROUP BY activity")
        )
        found = []
        for (
            id,
            code,
            title,
            area,
            position,
            period,
            status,
            progress,
            due,
            lead,
            reported,
            year,
        ) in self._db.rows(
            "SELECT a.id, a.code, a.title, a.area, a.position, a.period, a.status, a.progress, a.due, a.lead,"
            " a.reported, plans.year FROM activities a"
            " JOIN areas ON areas.id = a.area JOIN plans ON plans.id = areas.plan"
            f" WHERE NOT a.deleted AND {where} ORDER BY areas.position, a.position, a.id",
            [value],
        ):
            notes, noted_at = noted.get(id, (0, None))
            last = max(reported or 0, noted_at or 0, delivered.get(id) or 0)
            found.append(
                ActivityRow(
                    id,
                    code,
                    title,
                    area,
                    position,
                    Period(period),
                    Status(status),
                    progress,
                    due,
                    lead,
                    alerts(
                        Status(status),
                        due_day(due, year, Period(period)),
                        date.fromtimestamp(last / 1000) if last else None,
                        year,
                        today,
                    ),
                    notes,
                    differing.get(id, 0),
                )
            )
        return found

    def activity(self, id: str, today: date) -> ActivityReading:
        """Everything about one activity. Raises NotFound."""
        with self._db.snapshot():
            rows = self._activity_rows("a.id = ?", id, today)
            if not rows:
                raise errors.NotFound(ref=id)
            participants, place, resources, funder, co_leads, done, planned, area_code, area_title, year = (
                self._db.row(
                    "SELECT participants, place, resources, funder, co_leads, units_done, units_planned,"
                    " areas.code, areas.title, plans.year"
                    " FROM activities a JOIN areas ON areas.id = a.area JOIN plans ON plans.id = areas.plan"
                    " WHERE a.id = ?",
                    [id],
                )
                or ()
            )
            return ActivityReading(
                rows[0],
                area_code,
                area_title,
                year,
                participants,
                place,
                resources,
                funder,
                tuple(json.loads(co_leads or "[]")),
                done,
                planned,
                self.products(id),
                self.notes(f"activity/{id}"),
                self.differences(id),
                self.observations(f"activity/{id}"),
            )

    def products(self, activity: str) -> tuple[ProductReading, ...]:
        return tuple(
            ProductReading(*row)
            for row in self._db.rows(
                "SELECT id, text, delivered, evidence FROM products"
                f" WHERE activity = ? AND {_VISIBLE_PRODUCTS} ORDER BY position, id",
                [activity],
            )
        )

    def notes(self, about: str) -> tuple[NoteReading, ...]:
        """The notes on an entity (with its kind: `activity/…`), oldest first."""
        return tuple(
            NoteReading(id, about, self.author(author), at, text, bool(official))
            for id, author, at, text, official in self._db.rows(
                "SELECT id, author, at, text, official FROM notes"
                f" WHERE about = ? AND at IS NOT NULL AND {_VISIBLE_NOTES} ORDER BY at, id",
                [about],
            )
        )

    def observations(self, about: str) -> tuple[ObservationReading, ...]:
        """What was noticed in the official document about an entity."""
        return tuple(
            ObservationReading(kind, line, text, tuple(json.loads(related or "[]")))
            for kind, line, text, related in self._db.rows(
                "SELECT kind, line, text, related FROM observations WHERE about = ? AND NOT deleted ORDER BY line, id",
                [about],
            )
        )

    # --- names and references -------------------------------------------------------------------------------

    def resolve(self, ref: str) -> str:
        """The entity (`kind/id`) that a person means by an id, a printed code or a whole entity name.

        Raises NotFound, and CodeIsAmbiguous when the code is printed on several activities.
        """
        kind, id = kind_of(ref), local_id(ref)
        if id and self._db.value("SELECT 1 FROM registers WHERE entity = ?", [ref]):
            return f"{kind}/{id}"
        for table, kind in (("activities", "activity"), ("areas", "area")):
            if self._db.value(f"SELECT 1 FROM {table} WHERE id = ? AND NOT deleted", [ref]):
                return f"{kind}/{ref}"
            matches = self._db.rows(
                f"SELECT id, title FROM {table} WHERE code = ? AND NOT deleted ORDER BY position, id", [ref]
            )
            if len(matches) == 1:
                return f"{kind}/{matches[0][0]}"
            if matches:
                raise errors.CodeIsAmbiguous(ref=ref, matches=tuple(matches))
        raise errors.NotFound(ref=ref)

    def activity_of(self, entity: str) -> str | None:
        """The id of the activity that an entity is or belongs to; None if it concerns none."""
        kind, id = kind_of(entity), local_id(entity)
        if kind == "activity":
            return id
        if kind == "product":
            found = self._db.value("SELECT activity FROM products WHERE id = ?", [id])
            return found or None
        if kind == "note":
            about = self._db.value("SELECT about FROM notes WHERE id = ?", [id]) or ""
            return local_id(about) if kind_of(about) == "activity" else None
        return None

    def code_of(self, activity: str) -> str:
        """The printed code of an activity."""
        return str(self._db.value("SELECT code FROM activities WHERE id = ?", [activity]) or "")

    def person(self, replica: str) -> tuple[str, str | None, str | None] | None:
        """Name, country and role of an author whose changes are here."""
        row = self._db.row("SELECT name, country, role FROM people WHERE id = ?", [replica])
        return None if row is None else (row[0], row[1], row[2])

    def title_of(self, entity: str) -> str:
        """How people name what an entity concerns: the printed code of its activity or area."""
        activity = self.activity_of(entity)
        if activity is not None:
            return self.code_of(activity)
        if kind_of(entity) == "note":
            entity = str(self._db.value("SELECT about FROM notes WHERE id = ?", [local_id(entity)]) or entity)
        return str(self._db.value("SELECT code FROM areas WHERE id = ?", [local_id(entity)]) or local_id(entity))

    def words(self) -> dict[str, str]:
        """What is said about each activity in products and notes, for finding."""
        found: dict[str, str] = {}
        for activity, text in self._db.rows(
            "SELECT activity, text FROM products WHERE NOT deleted UNION ALL"
            " SELECT substr(about, 10), text FROM notes WHERE NOT deleted AND about LIKE 'activity/%'"
        ):
            found[activity] = f"{found.get(activity, '')} {text}"
        return found

    def author(self, replica: str) -> Author:
        """Who writes a log, as this copy knows them."""
        row = self._db.row(
            "SELECT l.key IS NULL, p.name, p.country FROM logs l LEFT JOIN people p ON p.id = l.replica"
            " WHERE l.replica = ?",
            [replica],
        )
        genesis, name, country = row or (False, None, None)
        return Author(replica, name or "", country, bool(genesis))

    # --- differences ----------------------------------------------------------------------------------------

    def differences(self, activity: str | None = None) -> tuple[Difference, ...]:
        """All differences, or those that concern one activity."""
        found: dict[tuple[str, str], list[Standing]] = {}
        for entity, field, value, shown, at, change, replica in self._db.rows(
            "SELECT r.entity, r.field, h.value, h.shown, c.at, c.id, l.replica FROM heads h"
            " JOIN registers r ON r.n = h.register JOIN changes c ON c.n = h.change"
            " JOIN logs l ON l.n = h.change >> ?"
            " WHERE h.differs ORDER BY r.entity, r.field, h.shown DESC, c.at DESC, c.id DESC",
            [SEQ_BITS],
        ):
            standing = Standing(json.loads(value), self.author(replica), at, change, bool(shown))
            found.setdefault((entity, field), []).append(standing)
        return tuple(
            Difference(entity, field, concerned, tuple(values))
            for (entity, field), values in found.items()
            if (concerned := self.activity_of(entity)) == activity or activity is None
        )

    # --- history ----------------------------------------------------------------------------------------------

    def entities_about(self, entity: str) -> tuple[str, ...]:
        """An activity or area (`kind/id`) with its products and notes, as entity names."""
        return (
            entity,
            *(
                f"product/{id}"
                for (id,) in self._db.rows("SELECT id FROM products WHERE activity = ?", [local_id(entity)])
            ),
            *(f"note/{id}" for (id,) in self._db.rows("SELECT id FROM notes WHERE about = ?", [entity])),
        )

    def history(self, entities: Iterable[str] | None = None) -> tuple[ChangeReading, ...]:
        """Changes in the order of their clocks, oldest first; `entities` limits them to edits of those."""
        with self._db.snapshot():
            if entities is None:
                registers = self._db.rows("SELECT n, entity, field FROM registers")
            else:
                registers = [
                    row
                    for entity in entities
                    for row in self._db.rows("SELECT n, entity, field FROM registers WHERE entity = ?", [entity])
                ]
            edits: dict[int, list[EditReading]] = {}
            for register, entity, field in registers:
                for n, reading in self._register_history(register, entity, field):
                    edits.setdefault(n, []).append(reading)
            authors: dict[int, Author] = {}
            found = []
            for n, said in edits.items():
                log = n >> SEQ_BITS
                if log not in authors:
                    authors[log] = self.author(self._db.value("SELECT replica FROM logs WHERE n = ?", [log]))
                id, at = self._db.row("SELECT id, at FROM changes WHERE n = ?", [n]) or ("", 0)
                found.append(ChangeReading(id, authors[log], n & SEQ_MASK, at, tuple(said)))
            return tuple(sorted(found, key=lambda change: (change.at, change.author.replica, change.seq)))

    def _register_history(self, register: int, entity: str, field: str) -> list[tuple[int, EditReading]]:
        # The models take long to import, and the first screen asks for no history.
        from gealc_tui.domain.entities import seen_default

        said = self._said(register)
        known = {one.change: one for one in said.values()}
        found = []
        for n, one in said.items():
            seen = before(one, known)
            was = seen_default(kind_of(entity), field) if seen is None else seen.value
            found.append((n, EditReading(entity, field, was, one.value)))
        return found

    def _said(self, register: int) -> dict[int, Said]:
        """A register's edits by their change's number."""
        overs: dict[int, list[str]] = {}
        for change, over in self._db.rows("SELECT change, over FROM overs WHERE register = ?", [register]):
            overs.setdefault(change, []).append(over)
        return {
            n: Said(id, str(n >> SEQ_BITS), n & SEQ_MASK, at, json.loads(value), tuple(overs.get(n, ())))
            for n, id, at, value in self._db.rows(
                "SELECT e.change, c.id, c.at, e.value FROM edits e JOIN changes c ON c.n = e.change"
                " WHERE e.register = ? ORDER BY e.change",
                [register],
            )
        }

    def seen_before(self, entity: str, field: str, change: str) -> Value:
        """What a change replaced in one register; None if it was empty."""
        register = self._db.value("SELECT n FROM registers WHERE entity = ? AND field = ?", [entity, field])
        known = {one.change: one for one in self._said(register).values()} if register is not None else {}
        if (said := known.get(change)) is None:
            return None
        seen = before(said, known)
        return None if seen is None else seen.value

    def standing(self, entity: str, field: str) -> tuple[Standing, ...]:
        """The values that stand in one register, the one that is shown first."""
        return tuple(
            Standing(json.loads(value), self.author(replica), at, change, bool(shown))
            for value, shown, at, change, replica in self._db.rows(
                "SELECT h.value, h.shown, c.at, c.id, l.replica FROM registers r JOIN heads h ON h.register = r.n"
                " JOIN changes c ON c.n = h.change JOIN logs l ON l.n = h.change >> ?"
                " WHERE r.entity = ? AND r.field = ? ORDER BY h.shown DESC, c.at DESC, c.id DESC",
                [SEQ_BITS, entity, field],
            )
        )

    def others_words(self, entity: str, field: str, replica: str) -> tuple[Standing, ...]:
        """What others than `replica` ever wrote into one register, the newest first."""
        return tuple(
            Standing(json.loads(value), self.author(author), at, change, False)
            for value, at, change, author in self._db.rows(
                "SELECT e.value, c.at, c.id, l.replica FROM registers r JOIN edits e ON e.register = r.n"
                " JOIN changes c ON c.n = e.change JOIN logs l ON l.n = e.change >> ?"
                " WHERE r.entity = ? AND r.field = ? AND l.replica <> ? ORDER BY c.at DESC, c.id DESC",
                [SEQ_BITS, entity, field, replica],
            )
        )

    def state_of(self, entity: str) -> dict[str, Value]:
        """What an entity's registers show, by field."""
        return {
            field: json.loads(value)
            for field, value in self._db.rows(
                "SELECT r.field, h.value FROM registers r JOIN heads h ON h.register = r.n"
                " WHERE r.entity = ? AND h.shown",
                [entity],
            )
        }

    # --- the whole ---------------------------------------------------------------------------------------------

    def state(self) -> dict[str, dict[str, list[tuple[Value, str]]]]:
        """The heads of every register, by entity and field: value and change, the one that is shown first."""
        found: dict[str, dict[str, list[tuple[Value, str]]]] = {}
        for entity, field, value, change in self._db.rows(
            "SELECT r.entity, r.field, h.value, c.id FROM heads h JOIN registers r ON r.n = h.register"
            " JOIN changes c ON c.n = h.change ORDER BY r.entity, r.field, c.at DESC, c.id DESC"
        ):
            found.setdefault(entity, {}).setdefault(field, []).append((json.loads(value), change))
        return found
