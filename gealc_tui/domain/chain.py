"""Changes of one log that follow each other without a gap, held in columns.

A million changes as objects fill a gigabyte; here each takes some sixty bytes. A chain is a sequence of pairs of id
and `Change`, made when somebody looks at them. Who takes in many reads the columns of its pages instead.
"""

from __future__ import annotations

import json
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, repeat
from typing import NamedTuple, overload

from gealc_tui.domain.change import Change, Edit

Numbers = Sequence[int] | Mapping[int, int]


class Page(NamedTuple):
    """Some thousand changes from number `first` on; edits are numbered within the page, from 0."""

    first: int
    ids: str
    """A line for each change."""

    ats: array[int]
    starts: array[int] | None
    """The first edit of each change, and at last the number of edits. None: each change has one edit."""

    registers: array[int]
    """For each edit, the place of its register among the chain's `names`."""

    values: str
    """For each edit a line with its value in canonical form, which has no line breaks."""

    overs: Mapping[int, tuple[str, ...]]
    """The ids that an edit goes over, of those edits that do."""

    def __len__(self) -> int:
        return len(self.ats)

    @property
    def seqs(self) -> range:
        return range(self.first, self.first + len(self.ats))

    def change_rows(self, base: int = 0) -> Iterator[tuple[int, str, int]]:
        """Of each change its number, to which `base` is added, its id and its clock."""
        return zip(self._numbers(base), self.ids.split("\n"), self.ats, strict=True)

    def edit_rows(self, numbers: Numbers, base: int = 0) -> Iterator[tuple[int, int, int, str]]:
        """Of each edit the number of its change, its position in it, its register and the text of its value.

        `numbers` says what stands for a register, by its place among the chain's `names`.
        """
        registers = map(numbers.__getitem__, self.registers)
        values = self.values.split("\n")
        if self.starts is None:
            return zip(self._numbers(base), repeat(0), registers, values, strict=False)
        counts = [after - start for start, after in zip(self.starts, self.starts[1:], strict=False)]
        changes = chain.from_iterable(map(repeat, self._numbers(base), counts))
        positions = chain.from_iterable(map(range, counts))
        return zip(changes, positions, registers, values, strict=True)

    def over_rows(self, numbers: Numbers, base: int = 0) -> Iterator[tuple[int, int, int, str]]:
        """Of each id that an edit goes over the edit's register, the number of its change, the place and the id."""
        starts = self.starts or range(len(self) + 1)
        for edit, over in self.overs.items():
            change = self.first + base + bisect_right(starts, edit) - 1
            for place, id in enumerate(over):
                yield numbers[self.registers[edit]], change, place, id

    def cut(self, low: int, high: int) -> Page:
        """The changes at the places `low` to `high`, the last not included."""
        if low == 0 and high == len(self):
            return self
        first, end = (low, high) if self.starts is None else (self.starts[low], self.starts[high])
        starts = None
        if self.starts is not None:
            starts = array("q", (start - first for start in self.starts[low : high + 1]))
        return Page(
            self.first + low,
            "\n".join(self.ids.split("\n")[low:high]),
            self.ats[low:high],
            starts,
            self.registers[first:end],
            "\n".join(self.values.split("\n")[first:end]),
            {edit - first: over for edit, over in self.overs.items() if first <= edit < end},
        )

    def _numbers(self, base: int) -> range:
        return range(self.first + base, self.first + base + len(self.ats))


class Chain(Sequence[tuple[str, Change]]):
    """An unbroken stretch of the log of `replica`, behind the change `previous` (NO_CHANGE: from the beginning).

    `names` are registers, each once, as canonical JSON of entity and field (`"note/x","text"`); they may be more than
    are set here, for chains of one file share them. Equal to every sequence of the same pairs.
    """

    __slots__ = ("_ends", "_length", "names", "pages", "previous", "replica")

    def __init__(self, replica: str, previous: str, names: Sequence[str], pages: Iterable[Page]) -> None:
        self.replica = replica
        self.previous = previous
        self.names = names
        self.pages = tuple(pages)
        self._ends: list[int] = []
        self._length = 0
        for page in self.pages:
            self._length += len(page)
            self._ends.append(self._length)

    @property
    def tip(self) -> str:
        """The id of the last change; `previous` if there is none."""
        return self.pages[-1].ids.rpartition("\n")[2] if self.pages else self.previous

    def used(self) -> list[int]:
        """The places of those of `names` that are set here. Of a file of many logs each has all names, and sets few."""
        return sorted(set().union(*(page.registers for page in self.pages)))

    def registers(self) -> dict[int, tuple[str, str]]:
        """Entity and field of those of `names` that are set here, by their place."""
        used = self.used()
        pairs = json.loads(f"[[{'],['.join(map(self.names.__getitem__, used))}]]") if used else []
        return {place: (entity, field) for place, (entity, field) in zip(used, pairs, strict=True)}

    def sets(self, entity: str) -> bool:
        """Whether some change may set a field of an entity; that is known without a look at the changes."""
        beginning = f"{json.dumps(entity, ensure_ascii=False)},"
        return any(self.names[place].startswith(beginning) for place in self.used())

    def edits_of(self, entity: str) -> Iterator[Edit]:
        """The edits that set a field of an entity, in order; the others are passed over unread."""
        wanted = {place: pair for place, pair in self.registers().items() if pair[0] == entity}
        for page in self.pages if wanted else ():
            for edit, (_, _, register, value) in enumerate(page.edit_rows(range(len(self.names)))):
                if register in wanted:
                    yield Edit(*wanted[register], json.loads(value), page.overs.get(edit, ()))

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[tuple[str, Change]]:
        registers = self.registers()
        previous = self.previous
        for page in self.pages:
            edits: dict[int, list[Edit]] = {}
            rows = page.edit_rows(range(len(self.names)))
            for edit, (seq, _, register, value) in enumerate(rows):
                found = Edit(*registers[register], json.loads(value), page.overs.get(edit, ()))
                edits.setdefault(seq, []).append(found)
            for seq, id, at in page.change_rows():
                yield id, Change(self.replica, seq, previous, at, tuple(edits[seq]))
                previous = id

    @overload
    def __getitem__(self, place: int) -> tuple[str, Change]: ...
    @overload
    def __getitem__(self, place: slice) -> Chain: ...
    def __getitem__(self, place: int | slice) -> tuple[str, Change] | Chain:
        if isinstance(place, slice):
            low, high, step = place.indices(self._length)
            if step != 1:
                raise ValueError("a chain has no gaps and one direction")
            return self._cut(low, max(low, high))
        at = place + self._length if place < 0 else place
        if not 0 <= at < self._length:
            raise IndexError(place)
        (found,) = self._cut(at, at + 1)
        return found

    def _cut(self, low: int, high: int) -> Chain:
        if (low, high) == (0, self._length):
            return self
        pages = []
        previous = self.previous
        start = 0
        for page, end in zip(self.pages, self._ends, strict=True):
            if end <= low:
                previous = page.ids.rpartition("\n")[2]
            elif start < high:
                if start < low:
                    previous = page.ids.split("\n")[low - start - 1]
                pages.append(page.cut(max(low - start, 0), min(high, end) - start))
            start = end
        return Chain(self.replica, previous, self.names, pages)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sequence) or isinstance(other, str):
            return NotImplemented
        return len(self) == len(other) and all(one == another for one, another in zip(self, other, strict=True))

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"<{len(self)} changes of {self.replica}>"
