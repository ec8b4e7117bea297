"""Who changed what, when, and what it said before."""

from __future__ import annotations

import json
from collections.abc import Iterable
from operator import itemgetter

from gealc_tui.domain.change import Value, kind_of
from gealc_tui.domain.readings import Author, ChangeReading, EditReading
from gealc_tui.domain.register import Lineage, Said, before
from gealc_tui.domain.vocabulary import seen_default
from gealc_tui.store import branches, order
from gealc_tui.store.asking import Asking
from gealc_tui.store.registers import SEQ_BITS, SEQ_MASK

_PLACED = (
    f"SELECT c.id, c.at, {order.CREDIBLE}, {order.INSTANT}, {order.STEP} FROM changes c {order.JOINED} WHERE c.n = ?"
)


class HistoryQueries(Asking):
    """The log as people read it."""

    def history(self, entities: Iterable[str] | None = None) -> tuple[ChangeReading, ...]:
        """Changes in the order in which they were written; `entities` limits them to edits of those."""
        with self._db.snapshot():
            if entities is None:
                registers = self._db.rows("SELECT n, entity, field FROM registers WHERE entity NOT GLOB 'moment/*'")
            else:
                registers = [
                    row
                    for entity in entities
                    for row in self._db.rows("SELECT n, entity, field FROM registers WHERE entity = ?", [entity])
                ]
            edits: dict[int, list[EditReading]] = {}
            for register, entity, field in registers:
                for n, reading in self._register_history(register, entity, field):
                    edits.setdefault(n, []).append(reading)
            authors: dict[int, Author] = {}
            found = []
            for n, said in edits.items():
                log = n >> SEQ_BITS
                if log not in authors:
                    authors[log] = self.author(self._db.value("SELECT replica FROM logs WHERE n = ?", [log]))
                id, at, credible, *moment = self._db.row(_PLACED, [n]) or ("", 0, 0, 0, 0)
                change = ChangeReading(id, authors[log], n & SEQ_MASK, at, tuple(said), at != credible)
                found.append(((*moment, id), change))
            return tuple(change for _, change in sorted(found, key=itemgetter(0)))

    def _register_history(self, register: int, entity: str, field: str) -> list[tuple[int, EditReading]]:
        said = self._said(register)
        known = {one.change: one for one in said.values()}
        lineage = self._lineage()
        found = []
        for n, one in said.items():
            seen = before(one, known, lineage)
            was = seen_default(kind_of(entity), field) if seen is None else seen.value
            found.append((n, EditReading(entity, field, was, one.value)))
        return found

    def _said(self, register: int) -> dict[int, Said]:
        """A register's edits by their change's number."""
        overs: dict[int, list[str]] = {}
        for change, over in self._db.rows("SELECT change, over FROM overs WHERE register = ?", [register]):
            overs.setdefault(change, []).append(over)
        return {
            n: Said(id, str(n >> SEQ_BITS), n & SEQ_MASK, at, json.loads(value), tuple(overs.get(n, ())))
            for n, id, at, value in self._db.rows(
                "SELECT e.change, c.id, c.at, e.value FROM edits e JOIN changes c ON c.n = e.change"
                " WHERE e.register = ? ORDER BY e.change",
                [register],
            )
        }

    def _lineage(self) -> Lineage:
        """As `_said` names the branches."""
        return branches.all_pasts(self._db)

    def seen_before(self, entity: str, field: str, change: str) -> Value:
        """What a change replaced in one register; None if it was empty."""
        register = self._db.value("SELECT n FROM registers WHERE entity = ? AND field = ?", [entity, field])
        known = {one.change: one for one in self._said(register).values()} if register is not None else {}
        if (said := known.get(change)) is None:
            return None
        seen = before(said, known, self._lineage())
        return None if seen is None else seen.value
