"""Who changed what, when, and what it said before."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from operator import itemgetter

from gealc_tui.domain.change import Value, kind_of
from gealc_tui.domain.readings import Author, ChangeReading, EditReading
from gealc_tui.domain.register import Lineage, Said, seen_by_each
from gealc_tui.domain.vocabulary import seen_default
from gealc_tui.store import branches, order
from gealc_tui.store.asking import Asking
from gealc_tui.store.database import stored
from gealc_tui.store.registers import SEQ_BITS, SEQ_MASK

_PLACED = (
    f"SELECT c.n, c.id, c.at, {order.CREDIBLE}, {order.INSTANT}, {order.STEP} FROM json_each(?) j"
    f" CROSS JOIN changes c ON c.n = j.value {order.JOINED}"
)


def _in_their_order(edits: Iterable[tuple[int, EditReading]]) -> tuple[EditReading, ...]:
    return tuple(edit for _, edit in sorted(edits, key=itemgetter(0)))


class HistoryQueries(Asking):
    """The log as people read it."""

    def history(self, entities: Iterable[str] | None = None) -> tuple[ChangeReading, ...]:
        """Changes in the order in which they were written; `entities` limits them to edits of those."""
        with self._db.snapshot():
            if entities is None:
                registers = self._db.rows("SELECT n, entity, field FROM registers WHERE entity NOT GLOB 'moment/*'")
            else:
                registers = self._db.rows_in("SELECT n, entity, field FROM registers WHERE entity IN ({})", entities)
            edits: dict[int, list[tuple[int, EditReading]]] = {}
            lineage = self._lineage()
            numbers = [register for register, *_ in registers]
            said_in, position = self._said_in(numbers), self._positions(numbers)
            for register, entity, field in registers:
                said = said_in.get(register, {})
                for n, reading in self._told(said, entity, field, lineage):
                    edits.setdefault(n, []).append((position[register, n], reading))
            placed = self._placed(edits)
            authors = self._authors_of({n >> SEQ_BITS for n in edits})
            found = []
            for n, told in edits.items():
                id, at, credible, *moment = placed[n]
                author = authors[n >> SEQ_BITS]
                change = ChangeReading(id, author, n & SEQ_MASK, at, _in_their_order(told), at != credible)
                found.append(((*moment, id), change))
            return tuple(change for _, change in sorted(found, key=itemgetter(0)))

    def _authors_of(self, logs: Iterable[int]) -> dict[int, Author]:
        """Who writes some logs, by the logs' numbers."""
        return {
            log: Author(replica, name or "", country, bool(genesis))
            for log, replica, genesis, name, country in self._db.rows(
                "SELECT l.n, l.replica, l.key IS NULL, p.name, p.country FROM json_each(?) j"
                " JOIN logs l ON l.n = j.value LEFT JOIN people p ON p.id = l.replica",
                [json.dumps(list(logs))],
            )
        }

    def _placed(self, changes: Iterable[int]) -> dict[int, tuple[str, int, int, int, int]]:
        """Of changes by their numbers: id, clock, credible instant, and instant and step of their place."""
        return {n: (id, *moments) for n, id, *moments in self._db.rows(_PLACED, [json.dumps(list(changes))])}

    def _register_history(
        self, register: int, entity: str, field: str, lineage: Lineage
    ) -> list[tuple[int, EditReading]]:
        return self._told(self._said(register), entity, field, lineage)

    def _told(
        self, said: Mapping[int, Said], entity: str, field: str, lineage: Lineage
    ) -> list[tuple[int, EditReading]]:
        """A register's edits with what each replaced, by their change's number."""
        seen = seen_by_each(said.values(), lineage)
        default = seen_default(kind_of(entity), field)
        return [
            (n, EditReading(entity, field, before[0].value if before else default, one.value))
            for n, one in said.items()
            for before in [seen[one.change]]
        ]

    def _said(self, register: int) -> dict[int, Said]:
        """A register's edits by their change's number."""
        return self._said_in([register]).get(register, {})

    def _said_in(self, registers: Sequence[int]) -> dict[int, dict[int, Said]]:
        """The edits of each register by their change's number: all at once, for there may be very many."""
        wanted = [json.dumps(registers)]
        overs: dict[tuple[int, int], list[str]] = {}
        for register, change, over in self._db.rows(
            "SELECT o.register, o.change, o.over FROM json_each(?) j CROSS JOIN overs o ON o.register = j.value", wanted
        ):
            overs.setdefault((register, change), []).append(over)
        found: dict[int, dict[int, Said]] = {}
        # In the order of each log: that of the index.
        for register, n, id, at, value in self._db.each(
            "SELECT e.register, e.change, c.id, c.at, e.value FROM json_each(?) j"
            " CROSS JOIN edits e ON e.register = j.value JOIN changes c ON c.n = e.change",
            wanted,
        ):
            over = tuple(overs.get((register, n), ()))
            said = Said(id, str(n >> SEQ_BITS), n & SEQ_MASK, at, stored(value), over)
            found.setdefault(register, {})[n] = said
        return found

    def _positions(self, registers: Sequence[int]) -> dict[tuple[int, int], int]:
        """Where in its change each edit of some registers stands."""
        return {
            (register, change): position
            for register, change, position in self._db.rows(
                "SELECT e.register, e.change, e.position FROM json_each(?) j"
                " CROSS JOIN edits e ON e.register = j.value",
                [json.dumps(registers)],
            )
        }

    def _lineage(self) -> Lineage:
        """As `_said` names the branches."""
        return branches.all_pasts(self._db)

    def seen_before(self, entity: str, field: str, change: str) -> Value:
        """What a change replaced in one register; None if it was empty."""
        register = self._db.value("SELECT n FROM registers WHERE entity = ? AND field = ?", [entity, field])
        said = self._said(register) if register is not None else {}
        before = seen_by_each(said.values(), self._lineage()).get(change)
        return before[0].value if before else None
