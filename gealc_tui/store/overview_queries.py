"""Questions about the whole plan: its history a page at a time, and who pays for what."""

from __future__ import annotations

import json

from gealc_tui.domain.change import Value, kind_of, local_id
from gealc_tui.domain.history import NOTE, HistoryFilter
from gealc_tui.domain.readings import Author, ChangeReading, EditReading
from gealc_tui.domain.register import Lineage
from gealc_tui.domain.vocabulary import seen_default
from gealc_tui.store import order
from gealc_tui.store.database import stored
from gealc_tui.store.history_queries import HistoryQueries
from gealc_tui.store.places import of_plan
from gealc_tui.store.registers import SEQ_BITS, SEQ_MASK

_OF_THE_PLAN = "substr(r.entity, 1, instr(r.entity, '/') - 1) NOT IN ('person', 'vouching', 'moment')"
"""What people say of themselves and of each other is told on the exchange screen; moments are read, and not told."""

_EDITS = f"""
SELECT e.register, r.entity, r.field, e.value,
  (SELECT max(own.change) FROM edits own WHERE own.register = e.register
     AND own.change >= e.change >> {SEQ_BITS} << {SEQ_BITS} AND own.change < e.change),
  (SELECT json_group_array(o.seen) FROM overs o WHERE o.register = e.register AND o.change = e.change
     AND o.seen >> {SEQ_BITS} <> e.change >> {SEQ_BITS})
FROM edits e JOIN registers r ON r.n = e.register WHERE e.change = ? AND {_OF_THE_PLAN} ORDER BY e.position
"""
"""A change's edits, each with the one of its author before it, and those that it goes over."""


class OverviewQueries(HistoryQueries):
    """Reads the plan as a whole."""

    def past(self, wanted: HistoryFilter, *, skip: int = 0, most: int = 100) -> tuple[ChangeReading, ...]:
        """A page of the history, newest first: at most `most` changes, after the first `skip`.

        A change is there with all its edits, as soon as one of them is wanted.
        """
        conditions, values = ["EXISTS (" + self._edit_wanted(wanted) + ")"], self._values(wanted)
        if wanted.who is None:
            conditions.append("l.key IS NOT NULL")
        else:
            conditions.append("l.replica = ?")
            values.append(wanted.who)
        if wanted.since is not None:
            conditions.append(f"{order.CREDIBLE} >= ?")
            values.append(wanted.since)
        with self._db.snapshot():
            found = self._db.rows(
                f"SELECT c.n, c.id, c.at, {order.CREDIBLE} FROM changes c {order.JOINED}"
                f" JOIN logs l ON l.n = c.n >> {SEQ_BITS} WHERE {' AND '.join(conditions)}"
                f" ORDER BY {order.NEWEST_FIRST} LIMIT ? OFFSET ?",
                [*values, most, skip],
            )
            authors: dict[int, Author] = {}
            whole: dict[int, dict[int, EditReading]] = {}
            lineage = self._lineage()
            page = []
            for n, id, at, credible in found:
                log = n >> SEQ_BITS
                if log not in authors:
                    authors[log] = self.author(self._db.value("SELECT replica FROM logs WHERE n = ?", [log]))
                edits = self._edits(n, lineage, whole)
                page.append(ChangeReading(id, authors[log], n & SEQ_MASK, at, edits, at != credible))
            return tuple(page)

    def _edit_wanted(self, wanted: HistoryFilter) -> str:
        clauses = [_OF_THE_PLAN]
        if wanted.about is not None:
            clauses.append("r.entity IN (SELECT value FROM json_each(?))")
        if wanted.field is not None:
            clauses.append("r.entity LIKE 'note/%'" if wanted.field == NOTE else "r.field = ?")
        return (
            "SELECT 1 FROM edits e JOIN registers r ON r.n = e.register"
            f" WHERE e.change = c.n AND {' AND '.join(clauses)}"
        )

    def _values(self, wanted: HistoryFilter) -> list[object]:
        values: list[object] = []
        if wanted.about is not None:
            values.append(json.dumps(self._all_about(wanted.about)))
        if wanted.field is not None and wanted.field != NOTE:
            values.append(wanted.field)
        return values

    def _all_about(self, entity: str) -> list[str]:
        """An activity, or an area with its activities, and what belongs to them."""
        found = [*self.entities_about(entity)]
        if kind_of(entity) == "area":
            for (activity,) in self._db.rows("SELECT id FROM activities WHERE area = ?", [local_id(entity)]):
                found += self.entities_about(f"activity/{activity}")
        return found

    def _edits(
        self, change: int, lineage: Lineage, whole: dict[int, dict[int, EditReading]]
    ) -> tuple[EditReading, ...]:
        """What a change wrote, in its order, and what it replaced.

        That is what the author wrote there last, or the one edit that this one names. Only where there are several
        is the register read as a whole; `whole` keeps what was read so for the page.
        """
        edits = []
        for register, entity, field, value, own, others in self._db.rows(_EDITS, [change]):
            before = {n for n in (own, *stored(others)) if n is not None}
            if len(before) > 1 or (own is None and str(change >> SEQ_BITS) in lineage):
                if register not in whole:
                    whole[register] = dict(self._register_history(register, entity, field, lineage))
                edits.append(whole[register][change])
            else:
                edits.append(EditReading(entity, field, self._was(entity, field, register, before), stored(value)))
        return tuple(edits)

    def _was(self, entity: str, field: str, register: int, before: set[int]) -> Value:
        for change in before:
            value: Value = stored(
                self._db.value("SELECT value FROM edits WHERE register = ? AND change = ?", [register, change])
            )
            return value
        return seen_default(kind_of(entity), field)

    def authors(self) -> tuple[Author, ...]:
        """Everybody whose changes are here, the official document last."""
        found = [self.author(replica) for (replica,) in self._db.rows("SELECT DISTINCT replica FROM logs")]
        return tuple(sorted(found, key=lambda one: (one.genesis, one.name.casefold(), one.replica)))

    def funder_of_each(self, plan: str) -> dict[str, str]:
        """Who pays for each activity of a plan, as it was written, where somebody is named."""
        scope = of_plan(self._db, plan)
        return dict(
            self._db.rows(
                f"SELECT a.id, a.funder FROM activities a WHERE {scope.where}"
                " AND a.funder IS NOT NULL AND a.funder <> ''",
                scope.values,
            )
        )
