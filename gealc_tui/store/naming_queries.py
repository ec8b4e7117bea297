"""What people know things by: the facts of a name, taken from the tables as they stand."""

from __future__ import annotations

from collections.abc import Iterable

from gealc_tui.domain.change import kind_of, local_id
from gealc_tui.domain.readings import EntityName
from gealc_tui.store.asking import Asking

_OWNER = {
    "product": "SELECT id, 'activity/' || activity FROM products WHERE id IN ({})",
    "note": "SELECT id, about FROM notes WHERE id IN ({})",
    "item": "SELECT id, coalesce(nullif(about, ''), 'meeting/' || meeting) FROM items WHERE id IN ({})",
    "observation": "SELECT id, about FROM observations WHERE id IN ({})",
    "amendment": "SELECT id, 'plan/' || plan FROM amendments WHERE id IN ({})",
    "proposal": "SELECT id, 'plan/' || plan FROM proposals WHERE id IN ({})",
}
"""Kinds that have no name of their own, and what they are named by."""

_NAME = {
    "activity": "SELECT id, code, title, '', '', '', '' FROM activities WHERE id IN ({})",
    "area": "SELECT id, code, title, '', '', '', '' FROM areas WHERE id IN ({})",
    "plan": "SELECT id, '', title, '', '', '', '' FROM plans WHERE id IN ({})",
    "person": "SELECT id, '', name, '', '', '', country FROM people WHERE id IN ({})",
    "meeting": "SELECT m.id, a.code, m.title, a.title, m.body, m.day, '' FROM meetings m"
    " LEFT JOIN areas a ON a.id = m.area WHERE m.id IN ({})",
}


class NamingQueries(Asking):
    """Names of entities."""

    def entity_name(self, entity: str) -> EntityName:
        """The facts of an entity's name (`kind/id`), whatever it is; what is unknown here has an empty `kind`."""
        return self.entity_names([entity])[entity]

    def entity_names(self, entities: Iterable[str]) -> dict[str, EntityName]:
        """As `entity_name`, of many entities at once."""
        named_by = {entity: entity for entity in entities}
        for kind, ids in _by_kind(named_by).items():
            if kind in _OWNER:
                named_by |= {f"{kind}/{id}": "" for id in ids}
                named_by |= {f"{kind}/{id}": owner or "" for id, owner in self._db.rows_in(_OWNER[kind], ids)}
            if kind == "moment":
                named_by |= {f"{kind}/{id}": self._plan_of_moment(id) for id in ids}
            if kind == "occurrence":
                named_by |= {f"{kind}/{id}": f"activity/{id.rpartition('/')[0]}" for id in ids}
            if kind == "late":
                named_by |= {f"{kind}/{id}": f"plan/{id.rpartition('/')[0].rpartition('/')[0]}" for id in ids}
            if kind == "vouching":
                # A list of those for whom somebody vouches.
                named_by |= {f"{kind}/{id}": f"person/{id}" for id in ids}
        names = {
            f"{kind}/{id}": EntityName(kind, *(str(fact or "") for fact in facts))
            for kind, ids in _by_kind(named_by.values()).items()
            if kind in _NAME
            for id, *facts in self._db.rows_in(_NAME[kind], ids)
        }
        return {entity: names.get(by, EntityName()) for entity, by in named_by.items()}

    def _plan_of_moment(self, id: str) -> str:
        plan = self._db.value(
            "SELECT h.value ->> '$' FROM registers r JOIN heads h ON h.register = r.n AND h.shown"
            " WHERE r.entity = ? AND r.field = 'plan'",
            [f"moment/{id}"],
        )
        return f"plan/{plan}"


def _by_kind(entities: Iterable[str]) -> dict[str, set[str]]:
    """The ids of some entities, by their kinds."""
    found: dict[str, set[str]] = {}
    for entity in entities:
        found.setdefault(kind_of(entity), set()).add(local_id(entity))
    return found
