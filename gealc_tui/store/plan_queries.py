"""The plan as people see it: the outline, and everything about activities.

Deleted things are left out, unless somebody wrote to them without having seen the deletion: then they stay in sight
until the difference is settled.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple, TypeVar

from gealc_tui import errors
from gealc_tui.domain.alerts import alerts, due_day
from gealc_tui.domain.change import kind_of, local_id
from gealc_tui.domain.moments import local_day
from gealc_tui.domain.readings import (
    ActivityReading,
    ActivityRow,
    AreaRow,
    NoteReading,
    ObservationReading,
    PlanOutline,
    ProductReading,
)
from gealc_tui.domain.vocabulary import Period, Status
from gealc_tui.store.difference_queries import DifferenceQueries

_VISIBLE = (
    "(NOT deleted OR EXISTS (SELECT 1 FROM heads JOIN registers ON n = register"
    " WHERE differs AND entity = '{kind}/' || {table}.id))"
)
_VISIBLE_NOTES = _VISIBLE.format(kind="note", table="notes")
_VISIBLE_PRODUCTS = _VISIBLE.format(kind="product", table="products")

T = TypeVar("T")


class _Scope(NamedTuple):
    """Which activities are asked for: all of a plan, or one."""

    plan: str | None = None
    activity: str | None = None


class PlanQueries(DifferenceQueries):
    """Plans, areas, activities, products, notes, observations."""

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
            by_area = _grouped((row.area, row) for row in self._rows(_Scope(plan=id), today))
            areas = tuple(
                AreaRow(area, code, name, objective, by_area.get(area, ()))
                for area, code, name, objective in self._db.rows(
                    "SELECT id, code, title, objective FROM areas WHERE plan = ? AND NOT deleted ORDER BY position, id",
                    [id],
                )
            )
            return PlanOutline(id, title, year, areas)

    def activities(self, today: date, plan: str | None = None) -> tuple[ActivityReading, ...]:
        """Everything about all activities of a plan (by default the newest), in the printed order."""
        with self._db.snapshot():
            wanted = plan if plan is not None else next(iter(self.plans()), None)
            return self._readings(_Scope(plan=wanted), today) if wanted is not None else ()

    def activity(self, id: str, today: date) -> ActivityReading:
        """Everything about one activity. Raises NotFound."""
        with self._db.snapshot():
            found = self._readings(_Scope(activity=id), today)
        if not found:
            raise errors.NotFound(ref=id)
        return found[0]

    def _readings(self, scope: _Scope, today: date) -> tuple[ActivityReading, ...]:
        one = scope.activity
        entity = None if one is None else f"activity/{one}"
        products = _grouped(self._products(one))
        notes = _grouped(self._notes(entity))
        observations = _grouped(self._observations(entity))
        differences = _grouped((found.activity, found) for found in self._differences(one))
        sheets = {
            id: sheet
            for id, *sheet in self._db.rows(
                "SELECT a.id, areas.code, areas.title, plans.year, a.participants, a.place, a.resources, a.funder,"
                " a.co_leads, a.units_done, a.units_planned FROM activities a"
                " JOIN areas ON areas.id = a.area JOIN plans ON plans.id = areas.plan"
                " WHERE a.id = ?1 OR plans.id = ?2",
                [one, scope.plan],
            )
        }
        found = []
        for row in self._rows(scope, today):
            area, area_title, year, participants, place, resources, funder, co_leads, done, planned = sheets[row.id]
            name = f"activity/{row.id}"
            found.append(
                ActivityReading(
                    row,
                    area,
                    area_title,
                    year,
                    participants,
                    place,
                    resources,
                    funder,
                    tuple(json.loads(co_leads or "[]")),
                    done,
                    planned,
                    products.get(row.id, ()),
                    notes.get(name, ()),
                    differences.get(row.id, ()),
                    observations.get(name, ()),
                )
            )
        return tuple(found)

    def _rows(self, scope: _Scope, today: date) -> list[ActivityRow]:
        one = scope.activity
        differing = self.difference_counts()
        noted = self._noted(None if one is None else f"activity/{one}")
        delivered = dict(
            self._db.rows(
                "SELECT activity, max(reported) FROM products"
                " WHERE reported IS NOT NULL AND (?1 IS NULL OR activity = ?1) GROUP BY activity",
                [one],
            )
        )
        found = []
        for id, code, title, area, position, period, status, progress, due, lead, reported, year in self._db.rows(
            "SELECT a.id, a.code, a.title, a.area, a.position, a.period, a.status, a.progress, a.due, a.lead,"
            " a.reported, plans.year FROM activities a"
            " JOIN areas ON areas.id = a.area JOIN plans ON plans.id = areas.plan"
            " WHERE NOT a.deleted AND (a.id = ?1 OR plans.id = ?2) ORDER BY areas.position, a.position, a.id",
            [one, scope.plan],
        ):
            notes, noted_at = noted.get(id, (0, None))
            last = max(reported or 0, noted_at or 0, delivered.get(id) or 0)
            last_day = local_day(last) if last else None
            due_on = due_day(due, year, Period(period))
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
                    alerts(Status(status), due_on, last_day, year, today),
                    notes,
                    differing[id],
                )
            )
        return found

    def _noted(self, about: str | None) -> dict[str, tuple[int, int]]:
        """For each activity with notes: how many, and when the last was written."""
        return {
            local_id(entity): (count, reported)
            for entity, count, reported in self._db.rows(
                f"SELECT about, count(*), max(reported) FROM notes WHERE {_VISIBLE_NOTES} AND at IS NOT NULL"
                " AND (?1 IS NULL OR about = ?1) GROUP BY about",
                [about],
            )
            if kind_of(entity) == "activity"
        }

    def products(self, activity: str) -> tuple[ProductReading, ...]:
        """The products of an activity, in order."""
        return tuple(product for _, product in self._products(activity))

    def _products(self, activity: str | None) -> list[tuple[str, ProductReading]]:
        return [
            (of, ProductReading(*row))
            for of, *row in self._db.rows(
                "SELECT activity, id, text, delivered, evidence FROM products"
                f" WHERE (?1 IS NULL OR activity = ?1) AND {_VISIBLE_PRODUCTS} ORDER BY position, id",
                [activity],
            )
        ]

    def notes(self, about: str) -> tuple[NoteReading, ...]:
        """The notes on an entity (with its kind: `activity/…`), oldest first."""
        return tuple(note for _, note in self._notes(about))

    def _notes(self, about: str | None) -> list[tuple[str, NoteReading]]:
        return [
            (of, NoteReading(id, of, self.author(author), at, text, bool(official)))
            for of, id, author, at, text, official in self._db.rows(
                "SELECT about, id, author, at, text, official FROM notes"
                f" WHERE (?1 IS NULL OR about = ?1) AND at IS NOT NULL AND {_VISIBLE_NOTES} ORDER BY at, id",
                [about],
            )
        ]

    def observations(self, about: str) -> tuple[ObservationReading, ...]:
        """What was noticed in the official document about an entity."""
        return tuple(one for _, one in self._observations(about))

    def _observations(self, about: str | None) -> list[tuple[str, ObservationReading]]:
        return [
            (of, ObservationReading(kind, line, text, tuple(json.loads(related or "[]"))))
            for of, kind, line, text, related in self._db.rows(
                "SELECT about, kind, line, text, related FROM observations"
                " WHERE (?1 IS NULL OR about = ?1) AND NOT deleted ORDER BY line, id",
                [about],
            )
        ]

    def words(self) -> dict[str, str]:
        """What is said about each activity in products and notes, for finding."""
        found: dict[str, str] = {}
        for activity, text in self._db.rows(
            "SELECT activity, text FROM products WHERE NOT deleted UNION ALL"
            " SELECT substr(about, 10), text FROM notes WHERE NOT deleted AND about LIKE 'activity/%'"
        ):
            found[activity] = f"{found.get(activity, '')} {text}"
        return found


def _grouped(pairs: Iterable[tuple[str | None, T]]) -> dict[str, tuple[T, ...]]:
    """Things by what they belong to, in their order; what belongs to nothing is left out."""
    found: dict[str, list[T]] = {}
    for key, one in pairs:
        if key is not None:
            found.setdefault(key, []).append(one)
    return {key: tuple(many) for key, many in found.items()}
