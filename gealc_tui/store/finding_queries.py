"""What a search finds and what a filter lets through, in a plan of any size."""

from __future__ import annotations

import json
from collections.abc import Callable, Container, Iterator, Sequence
from datetime import date
from functools import cache

from gealc_tui.domain.alerts import alerts
from gealc_tui.domain.change import kind_of, local_id
from gealc_tui.domain.filters import Facts, Filter, lets_through
from gealc_tui.domain.moment import Moment
from gealc_tui.domain.moments import local_day
from gealc_tui.domain.order import Place
from gealc_tui.domain.readings import NOWHERE, AreaHead, Found, Matching, Row, SoughtWord
from gealc_tui.domain.vocabulary import MeetingState, Period, Status
from gealc_tui.store import order, run_sets
from gealc_tui.store.asking import IN_PLAN, LOST
from gealc_tui.store.database import stored_code
from gealc_tui.store.places import KNOWN_AREAS, PLAN_OF, Scope, of_areas, of_plan
from gealc_tui.store.plan_queries import PlanQueries, codes, of_activities, stored_due

_SHORTEST_INSIDE = 3
"""Letters from which on a word is looked for inside others too."""


_WITHIN = " AND +search.rowid IN (SELECT n FROM within)"

_SMALL = 2_000
"""Titles that are read in no time."""


class FindingQueries(PlanQueries):
    """Searches and filters."""

    # --- filters -----------------------------------------------------------------------------------------------

    def matching(
        self,
        wanted: Filter,
        plan: str,
        today: date,
        since: int | None = None,
        changed: Container[str] | None = None,
    ) -> Matching:
        """The activities of a plan that a filter lets through. `since` as `lets_through` takes it.

        `changed` holds the ids of the activities that changed since what `wanted.since` means, in place of an instant.
        """
        if changed is not None:
            wanted = wanted._replace(since=None)
        with self._db.snapshot():
            by_area: dict[str, list[str]] = {}
            for id, facts in self._facts(self._narrowing(wanted, plan), today):
                if lets_through(wanted, facts, since) and (changed is None or id in changed):
                    by_area.setdefault(facts.area, []).append(id)
            return Matching({area: frozenset(ids) for area, ids in by_area.items()})

    def _facts(self, scope: Scope, today: date) -> Iterator[tuple[str, Facts]]:
        """Activities with what filters look at, in any order. Lean: it may be asked for a hundred thousand."""
        differing, spoken, in_series = self.difference_counts(), self._spoken(scope), self._series_dues()
        alerts_of, due_of, years = cache(alerts), cache(stored_due), self._years()
        for id, area, period, status, due, lead, reported, co_leads, funds in self._db.each(
            "SELECT a.id, a.area, a.period, a.status, a.due, a.lead, a.reported, a.co_leads,"
            " coalesce(a.funder || ' ', '') || coalesce(a.resources, '')"
            f" FROM activities a WHERE NOT a.deleted AND {scope.where}",
            scope.values,
        ):
            last, year = spoken.last(id, reported), years.get(area, 0)
            in_period, stands = stored_code(Period, period), stored_code(Status, status)
            day = local_day(last) if last else None
            yield (
                id,
                Facts(
                    stands,
                    area if area in years else NOWHERE,
                    in_period,
                    lead,
                    codes(co_leads),
                    funds,
                    alerts_of(stands, due_of(in_series.get(id, due), year, in_period), day, year, today),
                    differing[id],
                    last,
                ),
            )

    def _years(self) -> dict[str, int]:
        """The year of each area's plan; 0 if it is in none."""
        rows = self._db.rows(
            f"SELECT areas.id, coalesce(year, 0) FROM areas {PLAN_OF} WHERE areas.id IN ({KNOWN_AREAS})"
        )
        return dict(rows)

    def _narrowing(self, wanted: Filter, plan: str) -> Scope:
        """What the database can tell at once; the filter itself has the last word."""
        whole = of_plan(self._db, plan)
        conditions, values = [whole.where], [*whole.values]
        if wanted.areas:
            areas = of_areas(wanted.areas)
            conditions.append(areas.where)
            values += areas.values
        for column, asked in (("status", wanted.statuses), ("period", wanted.periods)):
            if asked:
                conditions.append(f"a.{column} IN (SELECT value FROM json_each(?))")
                values.append(json.dumps(asked))
        if wanted.leads and not wanted.no_lead:
            conditions.append("(a.lead IN (SELECT value FROM json_each(?)) OR a.co_leads <> '[]')")
            values.append(json.dumps(wanted.leads))
        elif wanted.no_lead and not wanted.leads:
            conditions.append("a.lead IS NULL")
        if wanted.differing:
            conditions.append("a.id IN (SELECT value FROM json_each(?))")
            values.append(json.dumps([id for id in self.difference_counts() if id is not None]))
        return Scope(" AND ".join(conditions), tuple(values), whole=True)

    def changed_beside(self, moment: Moment) -> frozenset[str]:
        """The ids of the activities about which something is here that a moment neither held nor wrote itself."""
        with self._db.snapshot():
            held = run_sets.found(self._db, (*moment.runs, moment.own_run))
            entities = {
                entity
                for first, last in run_sets.outside(self._db, held.numbers)
                for (entity,) in self._db.rows(
                    "SELECT DISTINCT r.entity FROM edits e JOIN registers r ON r.n = e.register"
                    " WHERE e.change BETWEEN ? AND ?",
                    [first, last],
                )
            }
            return frozenset(activity for one in entities if (activity := self.activity_of(one)) is not None)

    def last_closed_by_clocks(self) -> tuple[int, str] | None:
        """When the last meeting was closed, by the clocks, and its place in the order; None if none was."""
        row = self._db.row(
            f"SELECT {order.CREDIBLE}, {order.INSTANT}, {order.STEP}, c.id FROM registers r"
            f" JOIN heads h ON h.register = r.n JOIN changes c ON c.n = h.change {order.JOINED}"
            " WHERE r.entity >= 'meeting/' AND r.entity < 'meeting0' AND r.field = 'state' AND h.shown AND h.value = ?"
            f" ORDER BY {order.NEWEST_FIRST} LIMIT 1",
            [json.dumps(MeetingState.CLOSED.value)],
        )
        return None if row is None else (row[0], Place(*row[1:]).text())

    def leads(self, plan: str) -> tuple[str, ...]:
        """The codes of those who lead or co-lead something in a plan."""
        scope = of_plan(self._db, plan)
        rows = self._db.rows(
            f"SELECT lead FROM activities a WHERE NOT a.deleted AND {scope.where}"
            " UNION SELECT j.value FROM activities a, json_each(a.co_leads) j WHERE NOT a.deleted"
            f" AND a.co_leads <> '[]' AND {scope.where}",
            [*scope.values, *scope.values],
        )
        return tuple(code for (code,) in rows if code)

    def funders(self, plan: str, most: int = 30) -> tuple[str, ...]:
        """What the plan says about who pays, the most frequent first."""
        scope = of_plan(self._db, plan)
        rows = self._db.rows(
            "SELECT rtrim(coalesce(funder, resources), ' .') AS said FROM activities a WHERE NOT a.deleted"
            f" AND {scope.where} AND said <> '' GROUP BY said ORDER BY count(*) DESC, said LIMIT ?",
            [*scope.values, most],
        )
        return tuple(said for (said,) in rows)

    # --- search ------------------------------------------------------------------------------------------------

    def search(
        self,
        words: Sequence[SoughtWord],
        today: date,
        plan: str | None,
        *,
        most: int,
        within: Matching | None = None,
    ) -> Found:
        """What of a plan holds all the words: codes that begin so, then titles in which they begin a word, the rest.

        At most `most` rows, those of a rank in the printed order. `within` limits it to what a filter lets through.
        """
        wanted = [word for word in words if any(character.isalnum() for character in word.text)]
        if not wanted or plan is None:
            return Found((), 0)
        limit = self._limit(within) if within is not None else self._limit_to_plan(plan)
        with self._db.snapshot():
            everywhere = " AND ".join(_anywhere(word) for word in wanted)
            in_title = " AND ".join(f"({{title}} : {_begins(word)})" for word in wanted)
            total = int(self._db.value(f"SELECT count(*) FROM search WHERE search MATCH ?{limit}", [everywhere]))
            code = wanted[0].text if len(wanted) == 1 else ""
            tiers: list[Callable[[], list[str]]] = [
                lambda: self._by_code("code = ?2", code, plan, most, limit) if code else [],
                lambda: self._by_code("code >= ?2 AND code < ?2 || ?3", code, plan, most, limit) if code else [],
                lambda: self._by_words(in_title, most, limit),
                lambda: self._by_words(everywhere, most, limit),
                lambda: self._inside_words(wanted, most, limit) if not total or self._is_small() else [],
            ]
            found: dict[str, Row] = {}
            for tier in tiers:
                if len(found) < most:
                    new = [entity for entity in tier() if entity not in found]
                    found.update(self._found(new[: most - len(found)], today))
            return Found(tuple(found.values()), max(total, len(found)))

    def _limit(self, within: Matching) -> str:
        """A condition on rows of `search`: what a filter lets through. It is kept in a table while the filter stays."""
        if not self._is_kept(within):
            ids = [id for found in within.by_area.values() for id in found]
            self._keep(within, "SELECT 'activity/' || value FROM json_each(?)", [json.dumps(ids)])
        return _WITHIN

    def _limit_to_plan(self, plan: str) -> str:
        """The same for a whole plan; nothing where there is no other. It is kept while the log stays as it is."""
        if not self._db.value("SELECT 1 FROM areas WHERE plan <> ? LIMIT 1", [plan]):
            return ""
        held = self._db.value("SELECT json_group_array(json_array(log, first, last)) FROM runs")
        if not self._is_kept((plan, held)):
            self._keep(
                (plan, held),
                " UNION ALL ".join(
                    f"SELECT '{kind}/' || id FROM {table} WHERE {_found_from(kind)}"
                    for kind, table in (("area", "areas"), ("activity", "activities"))
                ),
                [plan],
            )
        return _WITHIN

    def _keep(self, what: Matching | tuple[str, str], entities: str, values: Sequence[str]) -> None:
        """Fills the table with the rows of `search` that belong to entities, which a query names."""
        self._db.scratch("CREATE TEMP TABLE IF NOT EXISTS within (n INTEGER PRIMARY KEY)")
        self._db.scratch("DELETE FROM within")
        self._db.scratch(
            "INSERT OR IGNORE INTO within SELECT (SELECT min(n) FROM registers r WHERE r.entity = e.entity)"
            f" FROM (SELECT NULL AS entity WHERE false UNION ALL {entities}) e",
            values,
        )
        self._within = what, self._db.connection

    def _is_kept(self, what: Matching | tuple[str, str]) -> bool:
        """Whether the table holds this. A temporary table is of one connection."""
        if self._within is None or self._within[1] is not self._db.connection:
            return False
        kept = self._within[0]
        # The answers to two filters that are alike may differ; a plan with its runs is as good as another like it.
        return what is kept if isinstance(what, Matching) else what == kept

    _within: tuple[Matching | tuple[str, str], object] | None = None
    """What the table holds: what a filter let through, or a plan with the runs that were here."""

    def _by_code(self, condition: str, code: str, plan: str, most: int, limit: str) -> list[str]:
        """What of a plan is printed under a code."""
        found = []
        for kind, table in (("area", "areas"), ("activity", "activities")):
            rows = self._db.rows(
                f"SELECT ?4 || '/' || id FROM {table} WHERE {condition} AND {_found_from(kind)}"
                " AND NOT deleted ORDER BY rank, id LIMIT ?5",
                [plan, code, "\U0010ffff", kind, most],
            )
            found += [entity for (entity,) in rows]
        if not limit:
            return found
        return self._entities(
            f"SELECT r.entity FROM json_each(?) j JOIN registers r ON r.entity = j.value JOIN search ON"
            f" search.rowid = r.n WHERE true{limit} ORDER BY j.key",
            [json.dumps(found)],
        )

    def _by_words(self, expression: str, most: int, limit: str) -> list[str]:
        return self._entities(
            f"SELECT r.entity FROM search JOIN registers r ON r.n = search.rowid WHERE search MATCH ?{limit} LIMIT ?",
            [expression, most],
        )

    def _inside_words(self, words: Sequence[SoughtWord], most: int, limit: str) -> list[str]:
        """Titles that hold the words inside others. Reads all of them: in a large plan only where nothing else is."""
        if any(len(word.text) < _SHORTEST_INSIDE for word in words):
            return []
        holds = " AND ".join("instr(search.c1, ?)" for _ in words)
        return self._entities(
            "SELECT r.entity FROM search_content search JOIN registers r ON r.n = search.id"
            f" WHERE {holds}{limit.replace('rowid', 'id')} LIMIT ?",
            [*(word.text for word in words), most],
        )

    def _is_small(self) -> bool:
        return self._db.value("SELECT 1 FROM search_content LIMIT 1 OFFSET ?", [_SMALL]) is None

    def _entities(self, sql: str, values: Sequence[str | int]) -> list[str]:
        return [entity for (entity,) in self._db.rows(sql, values)]

    def _found(self, entities: Sequence[str], today: date) -> dict[str, Row]:
        """Areas first, then activities in the printed order; by entity."""
        heads = {
            f"area/{id}": AreaHead(id, *row)
            for id, *row in self._db.rows(
                "SELECT id, code, title, objective,"
                " (SELECT count(*) FROM activities WHERE area = areas.id AND deleted = 0),"
                " (SELECT count(*) FROM activities WHERE area = areas.id AND deleted = 0 AND status = ?)"
                " FROM areas WHERE id IN (SELECT substr(value, 6) FROM json_each(?)) ORDER BY rank, id",
                [Status.DONE, json.dumps([one for one in entities if kind_of(one) == "area"])],
            )
        }
        activities = [local_id(one) for one in entities if kind_of(one) == "activity"]
        return {**heads, **{f"activity/{row.id}": row for row in self._rows(of_activities(activities), today)}}


def _found_from(kind: str) -> str:
    """The condition that a search in the plan `?1` finds something: it stands there, or in no plan that is known."""
    return f"({IN_PLAN[kind].replace('?', '?1')} OR {LOST[kind]})"


def _anywhere(word: SoughtWord) -> str:
    """A word of the text, or somebody who is so called."""
    people = [f'"{code}"' for code in word.people]
    named = f" OR {{people}} : ({' OR '.join(people)})" if people else ""
    return f"(({{code title words}} : {_begins(word)}){named})"


def _begins(word: SoughtWord) -> str:
    escaped = word.text.replace('"', '""')
    return f'"{escaped}" *'
