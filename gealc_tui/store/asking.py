"""What every question needs: names of authors and entities, and what belongs to what."""

from __future__ import annotations

from gealc_tui import errors
from gealc_tui.domain.change import kind_of, local_id
from gealc_tui.domain.readings import Author
from gealc_tui.store.database import Database


class Asking:
    """Reads one database."""

    def __init__(self, database: Database) -> None:
        self._db = database

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
        if kind == "item":
            about = self._db.value("SELECT about FROM items WHERE id = ?", [id]) or ""
            return local_id(about) if kind_of(about) == "activity" else None
        return None

    def plan_of(self, entity: str) -> str | None:
        """The id of the plan that an area or an activity belongs to; None if it belongs to none that is known."""
        kind, id = kind_of(entity), local_id(entity)
        area = id if kind == "area" else self._db.value("SELECT area FROM activities WHERE id = ?", [id])
        found: str | None = self._db.value("SELECT plan FROM areas WHERE id = ?", [area])
        return found or None

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
        if kind_of(entity) == "note":
            entity = str(self._db.value("SELECT about FROM notes WHERE id = ?", [local_id(entity)]) or entity)
        if kind_of(entity) == "item":
            entity = f"meeting/{self._db.value('SELECT meeting FROM items WHERE id = ?', [local_id(entity)])}"
        if kind_of(entity) == "meeting":
            area = self._db.value("SELECT area FROM meetings WHERE id = ?", [local_id(entity)])
            entity = f"area/{area}" if area else entity
        return str(self._db.value("SELECT code FROM areas WHERE id = ?", [local_id(entity)]) or local_id(entity))

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
        return (
            entity,
            *(
                f"product/{id}"
                for (id,) in self._db.rows("SELECT id FROM products WHERE activity = ?", [local_id(entity)])
            ),
            *(f"note/{id}" for (id,) in self._db.rows("SELECT id FROM notes WHERE about = ?", [entity])),
            *(f"item/{id}" for (id,) in self._db.rows("SELECT id FROM items WHERE about = ?", [entity])),
        )
