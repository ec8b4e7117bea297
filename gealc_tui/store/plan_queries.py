"""The plan as people see it: the outline, and everything about activities.

Deleted things are left out, unless somebody wrote to them without having seen the deletion: then they stay in sight
until the difference is settled.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from functools import cache, lru_cache
from typing import NamedTuple, TypeVar

from gealc_tui import errors
from gealc_tui.domain.alerts import alerts, due_day
from gealc_tui.domain.change import kind_of, local_id
from gealc_tui.domain.moments import local_day
from gealc_tui.domain.readings import (
    ActivityReading,
    ActivityRow,
    AreaHead,
    AreaRow,
    NoteReading,
    ObservationReading,
    PlanHead,
    PlanOutline,
    ProductReading,
)
from gealc_tui.domain.vocabulary import Period, Status
from gealc_tui.store.database import stored_code, stored_names
from gealc_tui.store.difference_queries import DifferenceQueries

_VISIBLE = (
    "(NOT {table}.deleted OR EXISTS (SELECT 1 FROM heads JOIN registers ON n = register"
    " WHERE differs AND entity = '{kind}/' || {table}.id))"
)
_VISIBLE_NOTES = _VISIBLE.format(kind="note", table="notes")
_VISIBLE_PRODUCTS = _VISIBLE.format(kind="product", table="products")

T = TypeVar("T")


class Scope(NamedTuple):
    """Which activities are asked for: a condition on `activities a`, with its values."""

    where: str
    values: tuple[str, ...]
    whole: bool = False
    """Whether it is a whole plan: then what belongs to activities is read without looking at each."""


def _of_plan(plan: str) -> Scope:
    return Scope("a.area IN (SELECT id FROM areas WHERE plan = ?)", (plan,), whole=True)


def of_activity(id: str) -> Scope:
    return Scope("a.id = ?", (id,))


def _of_areas(ids: list[str]) -> Scope:
    return Scope("a.area IN (SELECT value FROM json_each(?))", (json.dumps(ids),))


def of_activities(ids: Iterable[str]) -> Scope:
    return Scope("a.id IN (SELECT value FROM json_each(?))", (json.dumps(list(ids)),))


class _Spoken(NamedTuple):
    """What is said about activities beside their own fields."""

    notes: dict[str, tuple[int, int]]
    """How many notes, and when the last was written."""
    products: dict[str, int]

    def last(self, activity: str, reported: int | None) -> int | None:
        """When somebody last said anything about an activity; None: nobody ever did."""
        noted = self.notes.get(activity)
        return max(reported or 0, noted[1] if noted else 0, self.products.get(activity) or 0) or None


class PlanQueries(DifferenceQueries):
    """Plans, areas, activities, products, notes, observations."""

    def plans(self) -> tuple[str, ...]:
        """Ids of the plans, newest year first."""
        return tuple(id for (id,) in self._db.rows("SELECT id FROM plans WHERE NOT deleted ORDER BY year DESC, id"))

    def head(self, plan: str | None = None) -> PlanHead | None:
        """A plan (by default the newest) with its areas and how far they are; None while there is none.

        Takes a few milliseconds, however many activities there are.
        """
        with self._db.snapshot():
            return self._head(plan)

    def _head(self, plan: str | None) -> PlanHead | None:
        wanted = plan if plan is not None else next(iter(self.plans()), None)
        found = self._db.row("SELECT id, title, year FROM plans WHERE id = ?", [wanted])
        if found is None:
            return None
        # One pass over an index that holds all of it.
        areas = self._db.rows(
            "SELECT id, code, title, objective, coalesce(total, 0), coalesce(done, 0) FROM areas LEFT JOIN"
            " (SELECT area, count(*) AS total, sum(status = ?) AS done FROM activities WHERE deleted = 0 GROUP BY area)"
            " ON area = id WHERE plan = ? AND NOT deleted ORDER BY position, id",
            [Status.DONE, found[0]],
        )
        id, title, year = found
        return PlanHead(id, title, year, tuple(AreaHead(*area) for area in areas))

    def outline(self, today: date, plan: str | None = None) -> PlanOutline | None:
        """The whole of a plan (by default the newest) in the printed order; None while there is none."""
        with self._db.snapshot():
            head = self._head(plan)
            if head is None:
                return None
            by_area = _grouped((row.area, row) for row in self._rows(_of_plan(head.id), today))
            areas = tuple(
                AreaRow(area.id, area.code, area.title, area.objective, by_area.get(area.id, ())) for area in head.areas
            )
            return PlanOutline(head.id, head.title, head.year, areas)

    def rows_of_areas(self, areas: Iterable[str], today: date) -> dict[str, tuple[ActivityRow, ...]]:
        """The activities of some areas (by their ids), in the printed order."""
        wanted = list(areas)
        with self._db.snapshot():
            found = _grouped((row.area, row) for row in self._rows(_of_areas(wanted), today))
        return {area: found.get(area, ()) for area in wanted}

    def rows(self, activities: Iterable[str], today: date) -> dict[str, ActivityRow]:
        """Some activities by their ids, in the printed order; what is not here, or deleted, is left out."""
        with self._db.snapshot():
            return {row.id: row for row in self._rows(of_activities(activities), today)}

    def activities(self, today: date, plan: str | None = None) -> tuple[ActivityReading, ...]:
        """Everything about all activities of a plan (by default the newest), in the printed order."""
        with self._db.snapshot():
            wanted = plan if plan is not None else next(iter(self.plans()), None)
            return self._readings(_of_plan(wanted), today) if wanted is not None else ()

    def activity(self, id: str, today: date) -> ActivityReading:
        """Everything about one activity. Raises NotFound."""
        with self._db.snapshot():
            found = self._readings(of_activity(id), today, id)
        if not found:
            raise errors.NotFound(ref=id)
        return found[0]

    def _readings(self, scope: Scope, today: date, one: str | None = None) -> tuple[ActivityReading, ...]:
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
                f" WHERE {scope.where}",
                scope.values,
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
                    stored_names(co_leads),
                    done,
                    planned,
                    products.get(row.id, ()),
                    notes.get(name, ()),
                    differences.get(row.id, ()),
                    observations.get(name, ()),
                )
            )
        return tuple(found)

    def _rows(self, scope: Scope, today: date) -> list[ActivityRow]:
        differing, spoken = self.difference_counts(), self._spoken(scope)
        # The same few answers again and again, in a large plan.
        alerts_of, due_of = cache(alerts), cache(stored_due)
        found = []
        for id, code, title, area, position, period, status, progress, due, lead, reported, year in self._db.rows(
            "SELECT a.id, a.code, a.title, a.area, a.position, a.period, a.status, a.progress, a.due, a.lead,"
            " a.reported, plans.year"
            " FROM activities a JOIN areas ON areas.id = a.area JOIN plans ON plans.id = areas.plan"
            f" WHERE NOT a.deleted AND {scope.where} ORDER BY areas.position, a.position, a.id",
            scope.values,
        ):
            last = spoken.last(id, reported)
            in_period, stands = stored_code(Period, period), stored_code(Status, status)
            found.append(
                ActivityRow(
                    id,
                    code,
                    title,
                    area,
                    position,
                    in_period,
                    stands,
                    progress,
                    due,
                    lead,
                    alerts_of(stands, due_of(due, year, in_period), local_day(last) if last else None, year, today),
                    spoken.notes.get(id, (0, 0))[0],
                    differing[id],
                )
            )
        return found

    def _spoken(self, scope: Scope) -> _Spoken:
        return _Spoken(self._noted(scope), self._delivered(scope))

    def _delivered(self, scope: Scope) -> dict[str, int]:
        """For each activity of whose products somebody said something: when they last did."""
        source = "products" if scope.whole else "activities a CROSS JOIN products ON activity = a.id"
        return dict(
            self._db.rows(
                f"SELECT activity, max(products.reported) FROM {source} WHERE products.reported IS NOT NULL"
                f"{_narrowed(scope)} GROUP BY activity",
                () if scope.whole else scope.values,
            )
        )

    def _noted(self, scope: Scope) -> dict[str, tuple[int, int]]:
        """For each activity with notes: how many, and when the last was written."""
        source = "notes" if scope.whole else "activities a CROSS JOIN notes ON about = 'activity/' || a.id"
        return {
            local_id(entity): (count, reported)
            for entity, count, reported in self._db.rows(
                f"SELECT about, count(*), max(notes.reported) FROM {source} WHERE {_VISIBLE_NOTES}"
                f" AND notes.at IS NOT NULL{_narrowed(scope)} GROUP BY about",
                () if scope.whole else scope.values,
            )
            if kind_of(entity) == "activity"
        }

    def products(self, activity: str) -> tuple[ProductReading, ...]:
        """The products of an activity, in order."""
        return tuple(product for _, product in self._products(activity))

    def _products(self, activity: str | None) -> list[tuple[str, ProductReading]]:
        belongs, values = _belonging("activity", activity)
        return [
            (of, ProductReading(*row))
            for of, *row in self._db.rows(
                "SELECT activity, id, text, delivered, evidence FROM products"
                f" WHERE {_VISIBLE_PRODUCTS}{belongs} ORDER BY position, id",
                values,
            )
        ]

    def notes(self, about: str) -> tuple[NoteReading, ...]:
        """The notes on an entity (with its kind: `activity/…`), oldest first."""
        return tuple(note for _, note in self._notes(about))

    def _notes(self, about: str | None) -> list[tuple[str, NoteReading]]:
        belongs, values = _belonging("about", about)
        author_of = cache(self.author)
        return [
            (of, NoteReading(id, of, author_of(author), at, text, bool(official)))
            for of, id, author, at, text, official in self._db.rows(
                "SELECT about, id, author, at, text, official FROM notes"
                f" WHERE at IS NOT NULL AND {_VISIBLE_NOTES}{belongs} ORDER BY at, id",
                values,
            )
        ]

    def observations(self, about: str) -> tuple[ObservationReading, ...]:
        """What was noticed in the official document about an entity."""
        return tuple(one for _, one in self._observations(about))

    def _observations(self, about: str | None) -> list[tuple[str, ObservationReading]]:
        belongs, values = _belonging("about", about)
        return [
            (of, ObservationReading(kind, line, text, stored_names(related)))
            for of, kind, line, text, related in self._db.rows(
                "SELECT about, kind, line, text, related FROM observations"
                f" WHERE NOT deleted{belongs} ORDER BY line, id",
                values,
            )
        ]


def stored_due(due: str | None, year: int, period: Period) -> date | None:
    """When an activity falls due, by what its row says. Raises DatabaseAltered for a day that is none."""
    try:
        return due_day(due, year, period)
    except (TypeError, ValueError) as error:
        raise errors.DatabaseAltered(path="", detail="no day") from error


@lru_cache(1024)
def codes(text: str | None) -> tuple[str, ...]:
    return stored_names(text)


def _narrowed(scope: Scope) -> str:
    return "" if scope.whole else f" AND {scope.where}"


def _belonging(column: str, to: str | None) -> tuple[str, list[str]]:
    """A condition that an index can serve, with its values; nothing where everything is asked for."""
    return ("", []) if to is None else (f" AND {column} = ?", [to])


def _grouped(pairs: Iterable[tuple[str | None, T]]) -> dict[str, tuple[T, ...]]:
    """Things by what they belong to, in their order; what belongs to nothing is left out."""
    found: dict[str, list[T]] = {}
    for key, one in pairs:
        if key is not None:
            found.setdefault(key, []).append(one)
    return {key: tuple(many) for key, many in found.items()}
