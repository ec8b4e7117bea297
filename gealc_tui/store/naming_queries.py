"""What people know things by: the facts of a name, taken from the tables as they stand."""

from __future__ import annotations

from gealc_tui.domain.change import kind_of, local_id
from gealc_tui.domain.readings import EntityName
from gealc_tui.store.asking import Asking

_OWNER = {
    "product": "SELECT 'activity/' || activity FROM products WHERE id = ?",
    "note": "SELECT about FROM notes WHERE id = ?",
    "item": "SELECT coalesce(nullif(about, ''), 'meeting/' || meeting) FROM items WHERE id = ?",
    "observation": "SELECT about FROM observations WHERE id = ?",
}
"""Kinds that have no name of their own, and what they are named by."""

_NAME = {
    "activity": "SELECT code, title, '', '', '', '' FROM activities WHERE id = ?",
    "area": "SELECT code, title, '', '', '', '' FROM areas WHERE id = ?",
    "plan": "SELECT '', title, '', '', '', '' FROM plans WHERE id = ?",
    "person": "SELECT '', name, '', '', '', country FROM people WHERE id = ?",
    "meeting": "SELECT a.code, m.title, a.title, m.body, m.day, '' FROM meetings m LEFT JOIN areas a ON a.id = m.area"
    " WHERE m.id = ?",
}


class NamingQueries(Asking):
    """Names of entities."""

    def entity_name(self, entity: str) -> EntityName:
        """The facts of an entity's name (`kind/id`), whatever it is; what is unknown here has an empty `kind`."""
        kind, id = kind_of(entity), local_id(entity)
        if (owner := _OWNER.get(kind)) is not None:
            entity = str(self._db.value(owner, [id]) or "")
            kind, id = kind_of(entity), local_id(entity)
        if kind == "vouching":
            # A list of those for whom somebody vouches.
            kind = "person"
        row = self._db.row(_NAME[kind], [id]) if kind in _NAME else None
        return EntityName() if row is None else EntityName(kind, *(str(fact or "") for fact in row))
