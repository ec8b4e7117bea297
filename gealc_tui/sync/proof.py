"""A run hashed again: rows become the chain of changes that they say, each with the id that follows from its content.

Promise: every id was calculated here from what the rows say; seqs follow each other; no change sets a register twice.
Whether the last id is the one that was signed is the caller's to ask.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, groupby, pairwise
from operator import add

from gealc_tui import errors
from gealc_tui.domain.chain import Chain, Page
from gealc_tui.domain.change import chain_ids
from gealc_tui.sync.instants import REST, Hours
from gealc_tui.sync.rows import Row


class Prover:
    """Proves the runs of one file, which mostly set the same registers."""

    def __init__(self) -> None:
        self._hours = Hours()
        self._names: list[str] = []
        self._places: dict[str, int] = {}

    def chain(self, replica: str, after: int, previous: str, batches: Iterable[list[Row]]) -> Chain:
        """The changes behind number `after` of a log. Raises Altered, and what `batches` raises."""
        pages: list[Page] = []
        first, tip = after + 1, previous
        for rows in _whole_changes(batches):
            page = self._page(replica, first, tip, rows)
            pages.append(page)
            first += len(page)
            tip = page.ids.rpartition("\n")[2]
        return Chain(replica, previous, self._names, pages)

    def _page(self, replica: str, first: int, previous: str, rows: Sequence[Row]) -> Page:
        columns: Iterator[Sequence[str]] = zip(*rows, strict=True)
        seqs, hours, rests, milliseconds, edits, registers, values, overs, _ = columns
        ats = [*map(add, map(self._hours.__getitem__, hours), map(REST.__getitem__, rests))]
        ats = [*map(add, ats, map(int, milliseconds))]
        starts = None
        if [*seqs] != [*map(str, range(first, first + len(seqs)))]:
            starts = _starts(seqs)
            _check_together(starts, ats, registers)
            heads = starts[:-1]
            seqs, ats = [seqs[start] for start in heads], [ats[start] for start in heads]
            edits = ["],[".join(edits[start:end]) for start, end in zip(heads, starts[1:], strict=True)]
            if seqs != [*map(str, range(first, first + len(seqs)))]:
                raise errors.Altered(part="seq")
        try:
            ids = chain_ids(replica, previous, zip(range(first, first + len(seqs)), ats, edits, strict=True))
        except UnicodeEncodeError as error:
            raise errors.Altered(part="text") from error
        over = {edit: tuple(names[1:-1].split('","')) for edit, names in enumerate(overs) if names}
        return Page(first, "\n".join(ids), array("q", ats), starts, self._numbered(registers), "\n".join(values), over)

    def _numbered(self, registers: Sequence[str]) -> array[int]:
        places = self._places
        for name in registers:
            if name not in places:
                places[name] = len(places)
                self._names.append(name)
        return array("I", map(places.__getitem__, registers))


def _whole_changes(batches: Iterable[list[Row]]) -> Iterator[list[Row]]:
    """The rows, no change of which lies in two batches."""
    waiting: list[Row] = []
    for rows in batches:
        last, end = rows[-1][0], len(rows)
        while end and rows[end - 1][0] == last:
            end -= 1
        if not end and waiting and waiting[0][0] == last:
            waiting += rows
            continue
        if waiting or end:
            yield [*waiting, *rows[:end]]
        waiting = rows[end:]
    if waiting:
        yield waiting


def _starts(seqs: Sequence[str]) -> array[int]:
    """Where each change begins, and at last the number of rows: rows that stand together and share a seq."""
    counts = [len([*rows]) for _, rows in groupby(seqs)]
    return array("q", accumulate(counts, initial=0))


def _check_together(starts: Sequence[int], ats: Sequence[int], registers: Sequence[str]) -> None:
    """The edits of a change share its clock, and each sets another register."""
    for start, end in pairwise(starts):
        if end - start > 1:
            if len(set(ats[start:end])) > 1:
                raise errors.Altered(part="at")
            if len(set(registers[start:end])) < end - start:
                raise errors.Altered(part="edits")
