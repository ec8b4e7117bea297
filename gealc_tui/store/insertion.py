"""Changes put into the log, many at a time.

Promise: what goes over a change is tied to it, whichever of the two comes first, and each change has its place in the
order of all (`store.order`). An edit names what it goes over by
id; here the ids are looked for among the edits of the same register, so that no index of all ids is needed.
Nothing is visible in the views before they are refreshed; callers hold the transaction.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence

from gealc_tui.domain.chain import Chain
from gealc_tui.domain.change import Change
from gealc_tui.store import order, registers
from gealc_tui.store.database import Database
from gealc_tui.store.registers import SEQ_BITS

_FEW = 8
"""Up to so many ids are looked for one by one; for more, all edits of the register are read."""

Over = tuple[int, int, str]
"""Number of a change, place in the list of what it goes over, id."""


class Insertion:
    """One or several stretches. `close` has to follow; then `touched` holds the numbers of the registers set."""

    def __init__(self, db: Database) -> None:
        self.touched: set[int] = set()
        self._db = db
        self._number_of = registers.Numbers(db)
        self._overs: dict[int, list[Over]] = {}
        self._stretches: list[order.Stretch] = []

    def add(self, log: int, changes: Sequence[tuple[str, Change]]) -> None:
        """Stores changes (id and content) of the log numbered `log`."""
        base = log << SEQ_BITS
        self._stretches.append((base | changes[0][1].seq, base | changes[-1][1].seq))
        if isinstance(changes, Chain):
            self._add_chain(log << SEQ_BITS, changes)
        else:
            self._add_changes(log << SEQ_BITS, changes)

    def _add_changes(self, base: int, changes: Sequence[tuple[str, Change]]) -> None:
        self._db.executemany(
            "INSERT INTO changes VALUES (?, ?, ?)", ((base | change.seq, id, change.at) for id, change in changes)
        )
        rows = []
        for _, change in changes:
            for position, (entity, field, value, over) in enumerate(change.edits):
                (register,) = self._number_of([(entity, field)])
                rows.append((base | change.seq, position, register, registers.encode_value(value)))
                self._note_overs(register, base | change.seq, enumerate(over))
        self._add_edits(rows)
        self.touched.update(row[2] for row in rows)

    def _add_chain(self, base: int, chain: Chain) -> None:
        registers_set = chain.registers()
        numbers = array("q", bytes(8 * len(chain.names)))
        for place, number in zip(registers_set, self._number_of([*registers_set.values()]), strict=True):
            numbers[place] = number
        for page in chain.pages:
            self._db.executemany("INSERT INTO changes VALUES (?, ?, ?)", page.change_rows(base))
            self._add_edits(page.edit_rows(numbers, base))
            for register, change, place, id in page.over_rows(numbers, base):
                self._note_overs(register, change, [(place, id)])
        self.touched.update(map(numbers.__getitem__, registers_set))

    def _add_edits(self, rows: Iterable[tuple[int, int, int, str]]) -> None:
        self._db.executemany("INSERT INTO edits VALUES (?, ?, ?, ?)", rows)

    def _note_overs(self, register: int, change: int, named: Iterable[tuple[int, str]]) -> None:
        for place, id in named:
            self._overs.setdefault(register, []).append((change, place, id))

    def close(self) -> None:
        """Ties what goes over something to what that is, and finds the places of what was put in.

        The runs that hold it have to be noted before. May be called more than once.
        """
        links: list[order.Link] = []
        for register, overs in self._overs.items():
            found = self._changes(register, {id for _, _, id in overs})
            self._db.executemany(
                "INSERT INTO overs VALUES (?, ?, ?, ?, ?)",
                ((register, change, place, id, found.get(id)) for change, place, id in overs),
            )
            links += [(change, found[id]) for change, _, id in overs if id in found]
        self._overs.clear()
        for register, ids in self._awaited():
            for id, number in self._changes(register, ids).items():
                links += [
                    (change, number)
                    for (change,) in self._db.rows(
                        "UPDATE overs SET seen = ? WHERE register = ? AND over = ? AND seen IS NULL RETURNING change",
                        [number, register, id],
                    )
                ]
        moved = order.place(self._db, self._stretches, links)
        self._stretches.clear()
        self.touched |= registers.set_by(self._db, moved)

    def _awaited(self) -> Iterator[tuple[int, set[str]]]:
        """Of the registers that were set, the ids that something goes over and that were not here."""
        waiting: dict[int, set[str]] = {}
        for register, id in self._db.rows("SELECT register, over FROM overs WHERE seen IS NULL"):
            if register in self.touched:
                waiting.setdefault(register, set()).add(id)
        yield from waiting.items()

    def _changes(self, register: int, ids: set[str]) -> dict[str, int]:
        """The numbers of those of some changes that are here and set the register."""
        if len(ids) <= _FEW:
            # Mostly they are what stood there when the author wrote.
            found = self._among("heads", register)
            if ids <= found.keys():
                return {id: found[id] for id in ids}
        found = self._among("edits", register)
        return {id: found[id] for id in ids & found.keys()}

    def _among(self, table: str, register: int) -> dict[str, int]:
        return _names(self._db, table, register)


def tie_again(db: Database) -> None:
    """Forgets what goes over what, and finds it out again from the ids."""
    db.execute("UPDATE overs SET seen = NULL WHERE seen IS NOT NULL")
    for (register,) in db.rows("SELECT DISTINCT register FROM overs"):
        db.executemany(
            "UPDATE overs SET seen = ? WHERE register = ? AND over = ?",
            [(number, register, id) for id, number in _names(db, "edits", register).items()],
        )


def _names(db: Database, table: str, register: int) -> dict[str, int]:
    """The ids and numbers of the changes that `edits` or `heads` hold of a register."""
    sql = f"SELECT c.id, c.n FROM {table} e JOIN changes c ON c.n = e.change WHERE e.register = ?"
    return {id: number for id, number in db.rows(sql, [register])}  # noqa: C416 (typed so)
