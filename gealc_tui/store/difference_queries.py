"""What stands in registers, and where it differs."""

from __future__ import annotations

import json

from gealc_tui.domain.change import Value
from gealc_tui.domain.readings import Difference, Standing
from gealc_tui.store.asking import Asking
from gealc_tui.store.registers import SEQ_BITS


class DifferenceQueries(Asking):
    """Registers: their values, by whom and when."""

    def differences(self, activity: str | None = None) -> tuple[Difference, ...]:
        """All differences, or those that concern one activity."""
        found: dict[tuple[str, str], list[Standing]] = {}
        for entity, field, value, shown, at, change, replica in self._db.rows(
            "SELECT r.entity, r.field, h.value, h.shown, c.at, c.id, l.replica FROM heads h"
            " JOIN registers r ON r.n = h.register JOIN changes c ON c.n = h.change"
            " JOIN logs l ON l.n = h.change >> ?"
            " WHERE h.differs ORDER BY r.entity, r.field, h.shown DESC, c.at DESC, c.id DESC",
            [SEQ_BITS],
        ):
            standing = Standing(json.loads(value), self.author(replica), at, change, bool(shown))
            found.setdefault((entity, field), []).append(standing)
        return tuple(
            Difference(entity, field, concerned, tuple(values))
            for (entity, field), values in found.items()
            if (concerned := self.activity_of(entity)) == activity or activity is None
        )

    def standing(self, entity: str, field: str) -> tuple[Standing, ...]:
        """The values that stand in one register, the one that is shown first."""
        return tuple(
            Standing(json.loads(value), self.author(replica), at, change, bool(shown))
            for value, shown, at, change, replica in self._db.rows(
                "SELECT h.value, h.shown, c.at, c.id, l.replica FROM registers r JOIN heads h ON h.register = r.n"
                " JOIN changes c ON c.n = h.change JOIN logs l ON l.n = h.change >> ?"
                " WHERE r.entity = ? AND r.field = ? ORDER BY h.shown DESC, c.at DESC, c.id DESC",
                [SEQ_BITS, entity, field],
            )
        )

    def others_words(self, entity: str, field: str, replica: str) -> tuple[Standing, ...]:
        """What others than `replica` ever wrote into one register, the newest first."""
        return tuple(
            Standing(json.loads(value), self.author(author), at, change, False)
            for value, at, change, author in self._db.rows(
                "SELECT e.value, c.at, c.id, l.replica FROM registers r JOIN edits e ON e.register = r.n"
                " JOIN changes c ON c.n = e.change JOIN logs l ON l.n = e.change >> ?"
                " WHERE r.entity = ? AND r.field = ? AND l.replica <> ? ORDER BY c.at DESC, c.id DESC",
                [SEQ_BITS, entity, field, replica],
            )
        )

    def state_of(self, entity: str) -> dict[str, Value]:
        """What an entity's registers show, by field."""
        return {
            field: json.loads(value)
            for field, value in self._db.rows(
                "SELECT r.field, h.value FROM registers r JOIN heads h ON h.register = r.n"
                " WHERE r.entity = ? AND h.shown",
                [entity],
            )
        }

    def state(self) -> dict[str, dict[str, list[tuple[Value, str]]]]:
        """The heads of every register, by entity and field: value and change, the one that is shown first."""
        found: dict[str, dict[str, list[tuple[Value, str]]]] = {}
        for entity, field, value, change in self._db.rows(
            "SELECT r.entity, r.field, h.value, c.id FROM heads h JOIN registers r ON r.n = h.register"
            " JOIN changes c ON c.n = h.change ORDER BY r.entity, r.field, c.at DESC, c.id DESC"
        ):
            found.setdefault(entity, {}).setdefault(field, []).append((json.loads(value), change))
        return found
