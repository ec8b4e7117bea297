"""What stands in registers, where it differs, and what each author had before them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping

from gealc_tui import errors
from gealc_tui.domain.change import Value
from gealc_tui.domain.readings import Author, Difference, Seen, Standing
from gealc_tui.domain.register import Said, seen_by_each
from gealc_tui.domain.visibility import DELETED, Visibility
from gealc_tui.store import order
from gealc_tui.store.database import stored
from gealc_tui.store.history_queries import HistoryQueries
from gealc_tui.store.registers import SEQ_BITS

_DIFFERING = (
    "SELECT r.n, r.entity, r.field FROM heads h CROSS JOIN registers r ON r.n = h.register WHERE h.differs AND h.shown"
)
_DISPUTED = f"SELECT entity FROM deletions WHERE visibility = {int(Visibility.CONTESTED)} AND NOT by_words"
"""What is in difference as a whole. Where the words themselves differ, that says it."""


class DifferenceQueries(HistoryQueries):
    """Registers: their values, by whom and when."""

    def differences(self, activity: str | None = None) -> tuple[Difference, ...]:
        """All differences in the order of the plan, or those that concern one activity."""
        with self._db.snapshot():
            return self._differences(activity)

    def _differences(self, activity: str | None) -> tuple[Difference, ...]:
        return tuple(
            Difference(entity, field, concerned, self._told_of(register, entity))
            for register, entity, field, concerned in self._differing()
            if activity in (None, concerned)
        )

    def _told_of(self, register: int | None, entity: str) -> tuple[Standing, ...]:
        """What stands in a register; without one, what stands for and against the entity's being deleted."""
        return self._standing(register, entity) if register is not None else self._disputed(entity)

    def _disputed(self, entity: str) -> tuple[Standing, ...]:
        # The models take long to import, and the first screen only counts.
        from gealc_tui.store import deletions

        found = deletions.standing(self._db, entity)
        words: dict[int, list[tuple[str, str, Value]]] = {}
        for change, head in found.uncovered:
            words.setdefault(change, []).append((head.entity, head.field, stored(head.value)))
        kept = [(change, Standing(False, *self._said_by(change), True, words=tuple(words[change]))) for change in words]
        deleted = [(n, Standing(True, *self._said_by(n), False, deletes=True)) for n, _ in found.deletions]
        return tuple(
            one
            for side in (kept, deleted)
            for _, one in sorted(side, key=lambda pair: (pair[1].at, pair[1].change), reverse=True)
        )

    def _said_by(self, change: int) -> tuple[Author, int, str]:
        """Who wrote a change, when by their clock, and its id."""
        id, at = self._db.row("SELECT id, at FROM changes WHERE n = ?", [change]) or ("", 0)
        return self._author_of(change), at, id

    def differing(self) -> tuple[tuple[str, str], ...]:
        """The entity and field of each difference, in the order of the plan."""
        with self._db.snapshot():
            return tuple((entity, field) for _, entity, field, _ in self._differing())

    def activity_with_difference_after(self, activity: str | None, plan: str | None) -> str | None:
        """The next activity of a plan with a difference, in its order, round to the first again; None if none has."""
        with self._db.snapshot():
            differing = {concerned for *_, concerned in self._in_any_order() if concerned is not None}
            place = self._places(differing | {activity}, plan)
            found = sorted(differing & place.keys(), key=lambda id: place[id])
            later = [id for id in found if activity in place and place[id] > place[activity]]
            return next(iter((*later, *found)), None)

    def difference(self, entity: str, field: str) -> Difference | None:
        """The difference in one register; None if there is none."""
        with self._db.snapshot():
            if field == DELETED and self._db.value(f"{_DISPUTED} AND entity = ?", [entity]):
                return Difference(entity, field, self.activity_of(entity), self._disputed(entity))
            register = self._db.value(
                "SELECT r.n FROM registers r JOIN heads h ON h.register = r.n"
                " WHERE r.entity = ? AND r.field = ? AND h.differs",
                [entity, field],
            )
            if register is None or self.is_hidden(entity):
                return None
            return Difference(entity, field, self.activity_of(entity), self._standing(register, entity))

    def difference_counts(self) -> Counter[str | None]:
        """How many differences concern each activity; under None those that concern no activity."""
        return Counter(concerned for *_, concerned in self._in_any_order())

    def _differing(self) -> list[tuple[int | None, str, str, str | None]]:
        """What is in difference, as `_in_any_order`, in the order of the plan."""
        found = self._in_any_order()
        place = self._places({concerned for *_, concerned in found}) if len(found) > 1 else {}
        return sorted(found, key=lambda one: place.get(one[3], len(place)))

    def _in_any_order(self) -> list[tuple[int | None, str, str, str | None]]:
        """The registers that are in difference, and the activity that each concerns.

        Without a number what is disputed as a whole: whether it is deleted. What is out of sight is in no difference.
        """
        found: dict[tuple[str, str], tuple[int | None, str | None]] = {}
        look = self.is_anything_hidden()
        for register, entity, field in self._db.rows(_DIFFERING):
            concerned = self.activity_of(entity)
            if not look or not self._is_hidden(entity, concerned):
                found[entity, field] = (register, concerned)
        for (entity,) in self._db.rows(_DISPUTED):
            found[entity, DELETED] = (None, self.activity_of(entity))
        return [(register, *place, concerned) for place, (register, concerned) in sorted(found.items())]

    def _places(self, activities: Iterable[str | None], plan: str | None = None) -> dict[str | None, int]:
        """The place of some activities among each other in the printed order, newest plan first, or in one plan."""
        rows = self._db.rows(
            "SELECT a.id FROM json_each(?) j JOIN activities a ON a.id = j.value LEFT JOIN areas ON areas.id = a.area"
            " LEFT JOIN plans ON plans.id = areas.plan WHERE ?2 IS NULL OR plans.id = ?2"
            " ORDER BY plans.year DESC, areas.rank, areas.id, a.rank, a.id",
            [json.dumps(list(activities)), plan],
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
                    Seen(one.value, self._author_of(number[one.change]), one.at, self._is_doubtful(number[one.change]))
                    for one in seen[_edit_of(said, change).change]
                ),
                change in deletions,
                at != credible,
            )
            for change, id, at, value, shown, credible in self._db.rows(
                f"SELECT h.change, c.id, c.at, h.value, h.shown, {order.CREDIBLE} FROM heads h"
                f" JOIN changes c ON c.n = h.change {order.JOINED}"
                " WHERE h.register = ? ORDER BY h.shown DESC, c.at DESC, c.id DESC",
                [register],
            )
        )

    def _author_of(self, change: int) -> Author:
        """Who wrote a change, by its number."""
        return self.author(self._db.value("SELECT replica FROM logs WHERE n = ?", [change >> SEQ_BITS]))

    def _is_doubtful(self, change: int) -> bool:
        """Whether the clock of a change, by its number, does not fit what stands around it in its log."""
        return bool(
            self._db.value(f"SELECT {order.CREDIBLE} <> c.at FROM changes c {order.JOINED} WHERE c.n = ?", [change])
        )

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
            Standing(stored(value), self.author(author), at, change, False, is_doubtful=at != credible)
            for value, at, change, author, credible in self._db.rows(
                f"SELECT e.value, c.at, c.id, l.replica, {order.CREDIBLE} FROM registers r"
                f" JOIN edits e ON e.register = r.n JOIN changes c ON c.n = e.change {order.JOINED}"
                " JOIN logs l ON l.n = e.change >> ? WHERE r.entity = ? AND r.field = ? AND l.replica <> ?"
                f" ORDER BY {order.NEWEST_FIRST}",
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


def _edit_of(said: Mapping[int, Said], change: int) -> Said:
    """The edit that a head stands for. Raises DatabaseAltered for a head that no edit made."""
    if change not in said:
        raise errors.DatabaseAltered(path="", detail="a head without its edit")
    return said[change]
