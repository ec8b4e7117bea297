"""What is deleted or withdrawn: by whom, when, why, and what came with it."""

from __future__ import annotations

from gealc_tui.domain.change import Value, kind_of, local_id
from gealc_tui.domain.readings import DeletionReading
from gealc_tui.domain.visibility import DELETED, WITHDRAWN, Visibility
from gealc_tui.store.database import stored, stored_code
from gealc_tui.store.difference_queries import DifferenceQueries


class DeletionQueries(DifferenceQueries):
    """Everything for which a deletion stands."""

    def deletions(self) -> tuple[DeletionReading, ...]:
        """All of it, what was deleted last by the clocks of those who did it first."""
        with self._db.snapshot():
            found = [
                self._deletion(entity, stored_code(Visibility, visibility))
                for entity, visibility in self._db.rows("SELECT entity, visibility FROM deletions")
            ]
        return tuple(sorted(found, key=lambda one: (-one.at, one.within or "", one.entity)))

    def deletion(self, entity: str) -> DeletionReading | None:
        """What was done to one entity; None if no deletion stands for it."""
        with self._db.snapshot():
            visibility = self._db.value("SELECT visibility FROM deletions WHERE entity = ?", [entity])
            return None if visibility is None else self._deletion(entity, stored_code(Visibility, visibility))

    def _deletion(self, entity: str, visibility: Visibility) -> DeletionReading:
        change, at = self._db.row(
            "SELECT c.n, c.at FROM registers r JOIN heads h ON h.register = r.n JOIN changes c ON c.n = h.change"
            " WHERE r.entity = ? AND r.field = ? AND h.value = 'true' ORDER BY c.at DESC, c.id DESC LIMIT 1",
            [entity, DELETED],
        ) or (0, 0)
        reason, meeting = _withdrawn(self._written(entity, WITHDRAWN, change))
        shown = self.state_of(entity)
        words = shown.get("text" if "text" in shown else "title")
        return DeletionReading(
            entity,
            self.activity_of(entity),
            self.title_of(entity),
            words if isinstance(words, str) else "",
            visibility,
            self._author_of(change),
            at,
            reason,
            meeting,
            self._withdrawn_with(entity, change),
        )

    def _written(self, entity: str, field: str, change: int) -> Value:
        """What a change wrote into a register."""
        text = self._db.value(
            "SELECT e.value FROM registers r CROSS JOIN edits e ON e.register = r.n AND e.change = ?"
            " WHERE r.entity = ? AND r.field = ?",
            [change, entity, field],
        )
        return None if text is None else stored(text)

    def _withdrawn_with(self, entity: str, change: int) -> str | None:
        if kind_of(entity) != "activity":
            return None
        area = f"area/{self._db.value('SELECT area FROM activities WHERE id = ?', [local_id(entity)])}"
        return area if self._written(area, DELETED, change) is True else None

    def withdrawn_with(self, area: str) -> tuple[str, ...]:
        """The entity of an area, and those of the activities that the same changes withdrew, and no others."""
        entity = f"area/{area}"
        rows = self._db.rows(
            "WITH own AS MATERIALIZED (SELECT h.change FROM registers r JOIN heads h ON h.register = r.n"
            "  WHERE r.entity = ?1 AND r.field = ?2 AND h.value = 'true')"
            " SELECT DISTINCT r.entity FROM own CROSS JOIN edits e ON e.change = own.change"
            " JOIN registers r ON r.n = e.register JOIN deletions d ON d.entity = r.entity"
            " WHERE r.field = ?2 AND e.value = 'true' AND r.entity > 'activity/' AND r.entity < 'activity0'"
            " AND NOT EXISTS (SELECT 1 FROM heads h WHERE h.register = r.n AND h.value = 'true'"
            "  AND h.change NOT IN (SELECT change FROM own)) ORDER BY r.entity",
            [entity, DELETED],
        )
        return (entity, *(one for (one,) in rows))

    def seen_by_deleting(self, entity: str) -> list[str]:
        """What a deletion of the entity has to name (`deleted_seen`), if it is written now."""
        from gealc_tui.store import deletions

        with self._db.snapshot():
            return deletions.seen_by_deleting(self._db, entity)

    def activities_in(self, area: str) -> tuple[str, ...]:
        """The ids of the activities of an area that are in sight."""
        rows = self._db.rows("SELECT id FROM activities WHERE area = ? AND NOT deleted ORDER BY rank, id", [area])
        return tuple(id for (id,) in rows)


def _withdrawn(value: Value) -> tuple[str, str | None]:
    """Reason and meeting, whatever somebody wrote there."""
    parts = list(value) if isinstance(value, (list, tuple)) else []
    said = [one if isinstance(one, str) else None for one in (*parts, None, None)[:2]]
    return said[0] or "", said[1]
