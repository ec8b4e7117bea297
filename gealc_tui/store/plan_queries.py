"""The plan as people see it: the outline, and everything about activities.

What is out of sight (`domain.visibility`) is left out; what stands nowhere is listed behind what a plan holds.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from functools import cache, lru_cache
from typing import NamedTuple, TypeVar

from gealc_tui import errors
from gealc_tui.domain.alerts import alerts, due_day
from gealc_tui.domain.change import Value, kind_of, local_id
from gealc_tui.domain.moments import local_day
from gealc_tui.domain.readings import (
    NOWHERE,
    ActivityReading,
    ActivityRow,
    AreaHead,
    AreaRow,
    Mark,
    NoteReading,
    ObservationReading,
    PlanHead,
    PlanOutline,
    ProductReading,
)
from gealc_tui.domain.series import KIND as OCCURRENCE
from gealc_tui.domain.series import Occurrence, next_due, occurrences, read_series
from gealc_tui.domain.visibility import Visibility
from gealc_tui.domain.vocabulary import Period, Status
from gealc_tui.store.database import stored, stored_code, stored_names
from gealc_tui.store.places import AREA_OF, KNOWN_AREAS, KNOWN_PLANS, PLAN_OF, Scope, of_areas, of_plan
from gealc_tui.store.rank_queries import RankQueries

T = TypeVar("T")

_MARKS = {int(Visibility.CONTESTED): Mark.CONTESTED, int(Visibility.OCCUPIED): Mark.WITHDRAWN}


def of_activity(id: str) -> Scope:
    return Scope("a.id = ?", (id,))


def of_activities(ids: Iterable[str]) -> Scope:
    return Scope("a.id IN (SELECT value FROM json_each(?))", (json.dumps(list(ids)),))


class _Spoken(NamedTuple):
    """What is said about activities beside their own fields."""

    notes: dict[str, tuple[int, int | None]]
    """How many notes, and when the last was written."""
    products: dict[str, int]

    def last(self, activity: str, reported: int | None) -> int | None:
        """When somebody last said anything about an activity; None: nobody ever did."""
        noted = self.notes.get(activity)
        return max(reported or 0, (noted[1] or 0) if noted else 0, self.products.get(activity) or 0) or None


class PlanQueries(RankQueries):
    """Plans, areas, activities, products, notes, observations."""

    def head(self, plan: str | None) -> PlanHead | None:
        """A plan with its areas and how far they are; None if it is not here.

        Takes a few milliseconds, however many activities there are.
        """
        with self._db.snapshot():
            return self._head(plan)

    def _head(self, plan: str | None) -> PlanHead | None:
        if plan is None:
            return None
        if plan == NOWHERE:
            return PlanHead(NOWHERE, "", 0, self._area_heads(NOWHERE), Mark.NO_PLAN)
        found = self._db.row(
            "SELECT id, title, year, visibility FROM plans LEFT JOIN deletions ON entity = 'plan/' || id WHERE id = ?",
            [plan],
        )
        if found is None:
            return None
        id, title, year, visibility = found
        return PlanHead(id, title, year, self._area_heads(id), _MARKS.get(visibility))

    def _area_heads(self, plan: str) -> tuple[AreaHead, ...]:
        """The areas of a plan, then the areas and the activities that stand nowhere."""
        # One pass over an index that holds all of it.
        counts = {
            area: (total, done)
            for area, total, done in self._db.rows(
                "SELECT area, count(*), sum(status = ?) FROM activities WHERE deleted = 0 GROUP BY area", [Status.DONE]
            )
        }
        own: list[AreaHead] = []
        lost: list[AreaHead] = []
        for id, code, title, objective, visibility, is_own, is_lost in self._db.rows(
            "SELECT id, code, title, objective, visibility, plan = ?1,"
            f" plan NOT IN ({KNOWN_PLANS}) FROM areas LEFT JOIN deletions ON entity = 'area/' || id"
            f" WHERE id IN ({KNOWN_AREAS}) ORDER BY rank, id",
            [plan],
        ):
            total, done = counts.pop(id, (0, 0))
            if is_own or is_lost:
                mark = _MARKS.get(visibility) if is_own else Mark.NO_PLAN
                (own if is_own else lost).append(AreaHead(id, code, title, objective, total, done, mark))
        if counts:
            total, done = (sum(many) for many in zip(*counts.values(), strict=True))
            lost.append(AreaHead(NOWHERE, "", "", None, total, done, Mark.NO_AREA))
        return (*own, *lost)

    def outline(self, today: date, plan: str | None) -> PlanOutline | None:
        """The whole of a plan in the printed order; None if it is not here."""
        with self._db.snapshot():
            head = self._head(plan)
            if head is None:
                return None
            by_area = _grouped((row.area, row) for row in self._rows(of_plan(self._db, head.id), today))
            areas = tuple(
                AreaRow(area.id, area.code, area.title, area.objective, by_area.get(area.id, ()), area.mark)
                for area in head.areas
            )
            return PlanOutline(head.id, head.title, head.year, areas, head.mark)

    def rows_of_areas(self, areas: Iterable[str], today: date) -> dict[str, tuple[ActivityRow, ...]]:
        """The activities of some areas (by their ids; `NOWHERE`: of none), in the printed order."""
        wanted = list(areas)
        with self._db.snapshot():
            found = _grouped((row.area, row) for row in self._rows(of_areas(wanted), today))
        return {area: found.get(area, ()) for area in wanted}

    def rows(self, activities: Iterable[str], today: date) -> dict[str, ActivityRow]:
        """Some activities by their ids, in the printed order; what is not here, or deleted, is left out."""
        with self._db.snapshot():
            return {row.id: row for row in self._rows(of_activities(activities), today)}

    def activities(self, today: date, plan: str | None) -> tuple[ActivityReading, ...]:
        """Everything about all activities of a plan, in the printed order."""
        with self._db.snapshot():
            return self._readings(of_plan(self._db, plan), today) if plan is not None else ()

    def withdrawn_activities(self, today: date, plan: str | None) -> tuple[ActivityReading, ...]:
        """Everything about the activities of a plan that are out of sight, in the order in which they stood."""
        with self._db.snapshot():
            return self._readings(of_plan(self._db, plan), today, withdrawn=True) if plan is not None else ()

    def occurrences(self, activity: str) -> tuple[Occurrence, ...]:
        """The occurrences of an activity that is held again and again, in order; nothing for others."""
        value = self._db.value("SELECT series FROM activities WHERE id = ?", [activity])
        rule = read_series(stored(value)) if value is not None else None
        if rule is None:
            return ()
        return occurrences(rule, self._said_of_occurrences().get(activity, {}))

    def _said_of_occurrences(self) -> dict[str, dict[int, dict[str, Value]]]:
        """What was said of each occurrence: by activity, number and field."""
        found: dict[str, dict[int, dict[str, Value]]] = {}
        for entity, field, value in self._db.rows(
            "SELECT r.entity, r.field, h.value FROM registers r JOIN heads h ON h.register = r.n AND h.shown"
            f" WHERE r.entity >= '{OCCURRENCE}/' AND r.entity < '{OCCURRENCE}0'"
        ):
            activity, _, number = local_id(entity).rpartition("/")
            if number.isascii() and number.isdecimal() and len(number) < 5:
                found.setdefault(activity, {}).setdefault(int(number), {})[field] = stored(value)
        return found

    def _series_dues(self) -> dict[str, str]:
        """When what is held again and again is due next, by activity; those that were held to the last are not in."""
        rules = self._db.rows(
            "SELECT id, series FROM activities INDEXED BY activities_in_series WHERE series IS NOT NULL"
        )
        if not rules:
            return {}
        said = self._said_of_occurrences()
        found: dict[str, str] = {}
        for id, value in rules:
            rule = read_series(stored(value))
            due = next_due(occurrences(rule, said.get(id, {}))) if rule is not None else None
            if due is not None:
                found[id] = due
        return found

    def depends_on(self, activity: str) -> tuple[str, ...]:
        """The ids of the activities that one needs first."""
        return stored_names(self._db.value("SELECT depends FROM activities WHERE id = ?", [activity]))

    def needed_by(self, activity: str) -> tuple[str, ...]:
        """The ids of the activities that need one first."""
        rows = self._db.rows(
            "SELECT a.id FROM activities a INDEXED BY activities_depending, json_each(a.depends) j"
            " WHERE a.depends IS NOT NULL AND j.value = ?"
            " AND NOT a.deleted ORDER BY a.rank, a.id",
            [activity],
        )
        return tuple(id for (id,) in rows)

    def origin_of(self, activity: str) -> str | None:
        """The id of the activity of an earlier plan that one continues."""
        found: str | None = self._db.value("SELECT origin FROM activities WHERE id = ?", [activity])
        return found

    def succeeding(self, activity: str) -> tuple[str, ...]:
        """The ids of the activities of later plans that continue one."""
        rows = self._db.rows("SELECT id FROM activities WHERE origin = ? AND NOT deleted ORDER BY id", [activity])
        return tuple(id for (id,) in rows)

    def activity(self, id: str, today: date) -> ActivityReading:
        """Everything about one activity. Raises NotFound."""
        with self._db.snapshot():
            found = self._readings(of_activity(id), today, id)
        if not found:
            raise errors.NotFound(ref=id)
        return found[0]

    def _readings(
        self, scope: Scope, today: date, one: str | None = None, *, withdrawn: bool = False
    ) -> tuple[ActivityReading, ...]:
        entity = None if one is None else f"activity/{one}"
        products = _grouped(self._products(one))
        notes = _grouped(self._notes(entity))
        observations = _grouped(self._observations(entity))
        differences = _grouped((found.activity, found) for found in self._differences(one))
        sheets = {
            id: sheet
            for id, *sheet in self._db.rows(
                "SELECT a.id, coalesce(areas.code, ''), coalesce(areas.title, ''), coalesce(plans.year, 0),"
                " a.participants, a.place, a.resources, a.funder, a.co_leads, a.units_done, a.units_planned,"
                " plans.id, a.origin"
                f" FROM activities a {AREA_OF} {PLAN_OF} WHERE {scope.where}",
                scope.values,
            )
        }
        found = []
        for row in self._rows(scope, today, withdrawn=withdrawn):
            area, area_title, year, participants, place, resources, funder, co_leads, done, planned, plan, origin = (
                sheets.pop(row.id)
            )
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
                    products.pop(row.id, ()),
                    notes.pop(name, ()),
                    differences.get(row.id, ()),
                    observations.pop(name, ()),
                    plan,
                    origin,
                )
            )
        return tuple(found)

    def _rows(self, scope: Scope, today: date, *, withdrawn: bool = False) -> list[ActivityRow]:
        differing, spoken, marks = self.difference_counts(), self._spoken(scope), self._marked_activities()
        in_series = self._series_dues()
        # The same few answers again and again, in a large plan.
        alerts_of, due_of = cache(alerts), cache(stored_due)
        found = []
        for id, code, title, area, rank, period, status, progress, due, lead, reported, year in self._db.rows(
            f"SELECT a.id, a.code, a.title, coalesce(areas.id, '{NOWHERE}'), a.rank, a.period, a.status,"
            " a.progress, a.due, a.lead, a.reported, coalesce(plans.year, 0)"
            f" FROM activities a {AREA_OF} {PLAN_OF} WHERE {'' if withdrawn else 'NOT '}a.deleted AND {scope.where}"
            " ORDER BY areas.id IS NULL, areas.rank, areas.id, a.rank, a.id",
            scope.values,
        ):
            last = spoken.last(id, reported)
            in_period, stands = stored_code(Period, period), stored_code(Status, status)
            due_on = due_of(in_series.get(id, due), year, in_period)
            found.append(
                ActivityRow(
                    id,
                    code,
                    title,
                    area,
                    rank,
                    in_period,
                    stands,
                    progress,
                    due,
                    lead,
                    alerts_of(stands, due_on, local_day(last) if last else None, year, today),
                    spoken.notes.get(id, (0, 0))[0],
                    differing[id],
                    marks.get(id),
                )
            )
        return found

    def _marked_activities(self) -> dict[str, Mark]:
        """The activities that are in sight although they are withdrawn."""
        rows = self._db.rows(
            "SELECT entity FROM deletions WHERE visibility = ? AND entity >= 'activity/' AND entity < 'activity0'",
            [int(Visibility.CONTESTED)],
        )
        return {local_id(entity): Mark.CONTESTED for (entity,) in rows}

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

    def _noted(self, scope: Scope) -> dict[str, tuple[int, int | None]]:
        """For each activity with notes: how many, and when the last was written; None if no row says when."""
        source = "notes" if scope.whole else "activities a CROSS JOIN notes ON about = 'activity/' || a.id"
        return {
            local_id(entity): (count, reported)
            for entity, count, reported in self._db.rows(
                f"SELECT about, count(*), max(notes.reported) FROM {source} WHERE NOT notes.deleted"
                f" AND notes.at IS NOT NULL{_narrowed(scope)} GROUP BY about",
                () if scope.whole else scope.values,
            )
            if kind_of(entity) == "activity"
        }

    def products(self, activity: str) -> tuple[ProductReading, ...]:
        """The products of an activity, in order."""
        return tuple(product for _, product in self._products(activity))

    def evidenced_by(self, mark: str) -> list[tuple[str, ProductReading]]:
        """The products of all plans whose evidence begins with a word, each with its activity."""
        return [(of, one) for of, one in self._products(None) if (one.evidence or "").partition(" ")[0].lower() == mark]

    def _products(self, activity: str | None) -> list[tuple[str, ProductReading]]:
        belongs, values = _belonging("activity", activity)
        return [
            (of, ProductReading(*row))
            for of, *row in self._db.rows(
                "SELECT activity, id, text, delivered, evidence, units FROM products"
                f" WHERE NOT products.deleted{belongs} ORDER BY rank, id",
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
            (of, NoteReading(id, of, author_of(author), at, text, bool(official), at != credible, placed))
            for of, id, author, at, text, official, credible, placed in self._db.rows(
                "SELECT about, id, author, at, text, official, credible, placed FROM notes"
                f" WHERE at IS NOT NULL AND NOT notes.deleted{belongs} ORDER BY placed, id",
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
