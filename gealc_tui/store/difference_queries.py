"""What stands in registers, where it differs, and what each author had before them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable

from gealc_tui.domain.change import Value
from gealc_tui.domain.readings import Author, Difference, Seen, Standing
from gealc_tui.domain.register import seen_by_each
from gealc_tui.store.database import stored
from gealc_tui.store.history_queries import HistoryQueries
from gealc_tui.store.registers import SEQ_BITS


class DifferenceQueries(HistoryQueries):
    """Registers: their values, by whom and when."""

    def differences(self, activity: str | None = None) -> tuple[Difference, ...]:
        """All differences in the order of the plan, or those that concern one activity."""
        with self._db.snapshot():
            return self._differences(activity)

    def _differences(self, activity: str | None) -> tuple[Difference, ...]:
        return tuple(
            Difference(entity, field, concerned, self._standing(register, entity))
            for register, entity, field, concerned in self._differing()
            if activity in (None, concerned)
        )

    def differing(self) -> tuple[tuple[str, str], ...]:
        """The entity and field of each difference, in the order of the plan."""
        with self._db.snapshot():
            return tuple((entity, field) for _, entity, field, _ in self._differing())

    def activity_with_difference_after(self, activity: str | None) -> str | None:
        """The next activity with a difference in the order of the plan, round to the first again; None if none has."""
        with self._db.snapshot():
            differing = {concerned for *_, concerned in self._in_any_order() if concerned is not None}
            place = self._places(differing | {activity})
            found = sorted(differing & place.keys(), key=lambda id: place[id])
            later = [id for id in found if activity in place and place[id] > place[activity]]
            return next(iter((*later, *found)), None)

    def difference(self, entity: str, field: str) -> Difference | None:
        """The difference in one register; None if there is none."""
        with self._db.snapshot():
            register = self._db.value(
                "SELECT r.n FROM registers r JOIN heads h ON h.register = r.n"
                " WHERE r.entity = ? AND r.field = ? AND h.differs",
                [entity, field],
            )
            if register is None:
                return None
            return Difference(entity, field, self.activity_of(entity), self._standing(register, entity))

    def difference_counts(self) -> Counter[str | None]:
        """How many differences concern each activity; under None those that concern no activity."""
        return Counter(concerned for *_, concerned in self._in_any_order())

    def _differing(self) -> list[tuple[int, str, str, str | None]]:
        """The registers that are in difference, and the activity that each concerns, in the order of the plan."""
        found = self._in_any_order()
        place = self._places({concerned for *_, concerned in found}) if len(found) > 1 else {}
        return sorted(found, key=lambda one: place.get(one[3], len(place)))

    def _in_any_order(self) -> list[tuple[int, str, str, str | None]]:
        return [
            (register, entity, field, self.activity_of(entity))
            for register, entity, field in self._db.rows(
                "SELECT r.n, r.entity, r.field FROM heads h CROSS JOIN registers r ON r.n = h.register"
                " WHERE h.differs AND h.shown ORDER BY r.entity, r.field"
            )
        ]

    def _places(self, activities: Iterable[str | None]) -> dict[str | None, int]:
        """The place of some activities among each other in the printed order, newest plan first."""
        rows = self._db.rows(
            "SELECT a.id FROM json_each(?) j JOIN activities a ON a.id = j.value LEFT JOIN areas ON areas.id = a.area"
            " LEFT JOIN plans ON plans.id = areas.plan ORDER BY plans.year DESC, areas.position, a.position, a.id",
            [json.dumps(list(activities))],
        )
        return {id: place for place, (id,) in enumerate(rows)}

    def standing(self, entity: str, field: str) -> tuple[Standing, ...]:
        """The values that stand in one register, the one that is shown first."""
        with self._db.snapshot():
            register = self._db.value("SELECT n FROM registers WHERE entity = ? AND field = ?", [entity, field])
            return () if register is None else self._standing(register, entity)

    def _standing(self, register: int, entity: str) -> tuple[Standing, ...]:
        said = self._said(register)
        number = {one.change: n for n, one in said.items()}
        seen, deletions = seen_by_each(said.values(), self._lineage()), self._deletions(entity)
        return tuple(
            Standing(
                stored(value),
                self._author_of(change),
                at,
                id,
                bool(shown),
                tuple(
                    Seen(one.value, self._author_of(number[one.change]), one.at) for one in seen[said[change].change]
                ),
                change in deletions,
            )
            for change, id, at, value, shown in self._db.rows(
                "SELECT h.change, c.id, c.at, h.value, h.shown FROM heads h JOIN changes c ON c.n = h.change"
                " WHERE h.register = ? ORDER BY h.shown DESC, c.at DESC, c.id DESC",
                [register],
            )
        )

    def _author_of(self, change: int) -> Author:
        """Who wrote a change, by its number."""
        return self.author(self._db.value("SELECT replica FROM logs WHERE n = ?", [change >> SEQ_BITS]))

    def _deletions(self, entity: str) -> set[int]:
        """The changes that stand for an entity's being deleted."""
        rows = self._db.rows(
            "SELECT h.change FROM heads h JOIN registers r ON r.n = h.register"
            " WHERE r.entity = ? AND r.field = 'deleted' AND h.value = 'true'",
            [entity],
        )
        return {change for (change,) in rows}

    def others_words(self, entity: str, field: str, replica: str) -> tuple[Standing, ...]:
        """What others than `replica` ever wrote into one register, the newest first; not what they had seen."""
        return tuple(
            Standing(stored(value), self.author(author), at, change, False)
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
            field: stored(value)
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
            found.setdefault(entity, {}).setdefault(field, []).append((stored(value), change))
        return found
