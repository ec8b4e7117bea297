"""Where activities and areas stand, as conditions in SQL: also those that stand nowhere.

An activity is in the area that it names, if that one is known and in sight; else in none. An area is in the plan that
it names, by the same rule. What stands nowhere is listed with every plan, behind what is the plan's own: so nothing
that anybody writes into these fields can take an activity off every screen.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import NamedTuple

from gealc_tui.domain.readings import NOWHERE
from gealc_tui.store.database import Database

KNOWN_AREAS = f"SELECT id FROM areas WHERE NOT deleted AND id <> '{NOWHERE}'"
KNOWN_PLANS = f"SELECT id FROM plans WHERE NOT deleted AND id <> '{NOWHERE}'"

AREA_OF = f"LEFT JOIN areas ON areas.id = a.area AND NOT areas.deleted AND areas.id <> '{NOWHERE}'"
"""Joins to `activities a` the area that each is in."""

PLAN_OF = f"LEFT JOIN plans ON plans.id = areas.plan AND NOT plans.deleted AND plans.id <> '{NOWHERE}'"

# The areas that activities name, by one step of the index for each.
_NAMED = (
    "WITH RECURSIVE named(area) AS (SELECT min(area) FROM activities WHERE deleted = 0 UNION ALL"
    " SELECT (SELECT min(area) FROM activities WHERE area > named.area) FROM named WHERE area IS NOT NULL)"
)


class Scope(NamedTuple):
    """Which activities are asked for: a condition on `activities a`, with its values."""

    where: str
    values: tuple[str, ...]
    whole: bool = False
    """Whether it is a whole plan: then what belongs to activities is read without looking at each."""


def of_plan(db: Database, plan: str) -> Scope:
    """The activities of a plan, and those that stand nowhere."""
    inside = f"a.area IN ({KNOWN_AREAS} AND (plan = ? OR plan NOT IN ({KNOWN_PLANS})))"
    some = db.value(f"{_NAMED} SELECT 1 FROM named WHERE area IS NOT NULL AND area NOT IN ({KNOWN_AREAS}) LIMIT 1")
    # Only where there are such, since no index helps to find them.
    return Scope(f"({inside} OR a.area NOT IN ({KNOWN_AREAS}))" if some else inside, (plan,), whole=True)


def of_areas(areas: Collection[str]) -> Scope:
    """The activities of some areas; of `NOWHERE` those that are in none."""
    if any("\0" in area for area in areas):
        # SQLite's JSON ends a text at its first NUL, which hostile names may hold.
        inside, values = f"a.area IN ({', '.join('?' * len(areas))})", tuple(areas)
    else:
        inside, values = "a.area IN (SELECT value FROM json_each(?))", (json.dumps(list(areas)),)
    inside = f"(a.area <> '{NOWHERE}' AND {inside})"
    return Scope(f"({inside} OR a.area NOT IN ({KNOWN_AREAS}))" if NOWHERE in areas else inside, values)
