"""The part of a copy that is one plan, and its fingerprint: what a moment vouches for.

In it are the plan, the areas whose shown `plan` it is, the activities whose shown `area` is one of these and the
products whose shown `activity` is one of those, deleted ones too, with all their registers, known or not. Promise: a
function of the heads of these registers alone, so that two copies agree whatever else they hold.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator

from gealc_tui.domain.change import Value, canonical, text_hash
from gealc_tui.store.database import Database
from gealc_tui.store.registers import encode_value

_HELD_BY = (("area", "plan"), ("activity", "area"), ("product", "activity"))
"""Kinds, and the field that says what holds one of them."""

_RANGE = "r.entity >= ?1 || '/' AND r.entity < ?1 || '0'"
"""The entities of a kind, by the index."""


def fingerprint(db: Database, plan: str) -> str:
    """The hash of `["plan-part", 1, plan, [[entity, field, [[value, change id], …]], …]]` in canonical form.

    Entities, fields and the changes of heads are sorted by code points.
    """
    return text_hash(canonical(["plan-part", 1, plan, list(_registers(db, plan))]))


def _registers(db: Database, plan: str) -> Iterator[Value]:
    entities = _entities(db, plan)
    for kind in ("activity", "area", "plan", "product"):
        heads: dict[tuple[str, str], dict[str, Value]] = {}
        for entity, field, value, change in db.each(
            "SELECT r.entity, r.field, h.value, c.id FROM registers r JOIN heads h ON h.register = r.n"
            f" JOIN changes c ON c.n = h.change WHERE {_RANGE}",
            [kind],
        ):
            if entity in entities:
                heads.setdefault((entity, field), {})[change] = json.loads(value)
        for (entity, field), standing in sorted(heads.items()):
            yield [entity, field, [[value, change] for change, value in sorted(standing.items())]]


def _entities(db: Database, plan: str) -> Collection[str]:
    """The entities of a plan, as names."""
    found = {f"plan/{plan}"}
    holders = {encode_value(plan)}
    for kind, field in _HELD_BY:
        inside = {
            entity
            for entity, value in db.each(
                "SELECT r.entity, h.value FROM registers r JOIN heads h ON h.register = r.n AND h.shown"
                f" WHERE {_RANGE} AND r.field = ?2",
                [kind, field],
            )
            if value in holders
        }
        found |= inside
        holders = {encode_value(entity.partition("/")[2]) for entity in inside}
    return found
