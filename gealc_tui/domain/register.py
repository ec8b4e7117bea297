"""The rules of one register: which of its edits still stand, which is shown, what each replaced.

A register's *heads* are its edits that no other known edit supersedes. One head, or several with equal values:
settled. Several with different values: a *difference*, and the one with the largest `(at, id)` is shown until
somebody settles it. Time chooses only what is shown meanwhile, never what supersedes what.

A replica's log is one chain, unless its identity was used on two machines: then it has *branches*, each a chain
that has the others in its past only up to where they part (`Lineage`). `Pasts` is the lineage of branches of which
for each it is known only from which other it parts.

The store computes the same heads in SQL (`store.views`); a property test holds the two together.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import attrgetter
from typing import NamedTuple, TypeVar

from gealc_tui.domain.change import Value

Lineage = Mapping[str, Mapping[str, int]]
"""For a branch, the other branches in its past, each up to which seq. Empty where no log has branches."""

NO_BRANCHES: Lineage = {}

B = TypeVar("B", str, int)
"""What names a branch."""


class Pasts(Mapping[B, Mapping[B, int]]):
    """For each branch that parts from another, all that are in its past, each up to which seq.

    Made from one pointer a branch (the branch from which it parts, and the last seq that they share), and only when
    it is asked for: of a thousand branches that part one from another nobody wants all pasts at once.
    """

    def __init__(self, parents: Mapping[B, tuple[B, int]]) -> None:
        self._parents: Mapping[B, tuple[B, int]] = parents

    def __getitem__(self, branch: B) -> dict[B, int]:
        parent, upto = self._parents[branch]
        found = {parent: upto}
        while (further := self._parents.get(parent)) is not None and further[0] not in found:
            parent, upto = further
            found[parent] = upto
        return found

    def __iter__(self) -> Iterator[B]:
        return iter(self._parents)

    def __len__(self) -> int:
        return len(self._parents)


class Said(NamedTuple):
    """One edit of the register in hand: who said what, having before them the changes named in `over`.

    `log` names the branch of its author's log; where there is but one, any name of the author will do.
    """

    change: str
    log: str
    seq: int
    at: int
    value: Value
    over: tuple[str, ...]


def superseded(edits: Iterable[Said], lineage: Lineage = NO_BRANCHES) -> set[str]:
    """The changes among `edits` that another of them supersedes.

    An edit supersedes what is in its own past in its log, and, for each change in its `over`, that change and what
    is in the past of that one. `over` may name changes that are not known yet.
    """
    edits = tuple(edits)
    known = {edit.change: edit for edit in edits}
    reach: dict[str, int] = {}
    for edit in edits:
        for log, last in _reach(edit, known, lineage):
            reach[log] = max(reach.get(log, 0), last)
    return {edit.change for edit in edits if edit.seq <= reach.get(edit.log, 0)}


def _reach(edit: Said, known: Mapping[str, Said], lineage: Lineage) -> Iterator[tuple[str, int]]:
    """Up to which seq of which logs an edit supersedes."""
    yield edit.log, edit.seq - 1
    yield from lineage.get(edit.log, {}).items()
    for name in edit.over:
        if (over := known.get(name)) is not None:
            yield over.log, over.seq
            yield from lineage.get(over.log, {}).items()


def heads(edits: Iterable[Said], lineage: Lineage = NO_BRANCHES) -> tuple[Said, ...]:
    """The edits that stand, the one that is shown first."""
    edits = tuple(edits)
    gone = superseded(edits, lineage)
    return _shown_first(edit for edit in edits if edit.change not in gone)


def _shown_first(standing: Iterable[Said]) -> tuple[Said, ...]:
    return tuple(sorted(standing, key=lambda edit: (edit.at, edit.change), reverse=True))


def seen_by_each(edits: Iterable[Said], lineage: Lineage = NO_BRANCHES) -> dict[str, tuple[Said, ...]]:
    """All that stood in the register before the author of each edit, by change, what was shown first; () if nothing.

    That is the heads of an edit's past: of all that it supersedes, through any number of steps. One pass over the
    edits, each after its past, for a past is up to where it holds each log. Edits that supersede each other in a
    circle, which only a damaged or forged log holds, are told by what they name.
    """
    edits = sorted(edits, key=attrgetter("log", "seq"))
    direct = _direct_pasts(edits, lineage)
    awaited = Counter(one.change for found in direct.values() for one in found)
    pasts: dict[str, dict[str, int]] = {}
    seen = {}
    for edit in _after_their_past(edits, direct):
        past: dict[str, int] = {}
        for one in direct[edit.change]:
            awaited[one.change] -= 1
            # The last that needs a past takes it over: with many authors, copies would take most of the time.
            other = pasts.get(one.change, {}).copy() if awaited[one.change] else pasts.pop(one.change, {})
            past = _joined(past, other)
        seen[edit.change] = _shown_first(one for one in direct[edit.change] if one.seq > past.get(one.log, 0))
        if awaited[edit.change]:
            pasts[edit.change] = _joined(past, {one.log: one.seq for one in direct[edit.change]})
    return seen


def _direct_pasts(edits: Sequence[Said], lineage: Lineage) -> dict[str, list[Said]]:
    """For each edit those before it that, with their own pasts, make up its past: at most one of each log."""
    known = {edit.change: edit for edit in edits}
    logs: dict[str, list[Said]] = {}
    direct = {}
    for edit in edits:
        logs.setdefault(edit.log, []).append(edit)
    for log, own in logs.items():
        # What is in the past of a whole branch is in that of its first edit here.
        last = (_last(logs.get(ancestor, ()), upto) for ancestor, upto in lineage.get(log, {}).items())
        before = [one for one in last if one is not None]
        for edit in own:
            latest: dict[str, Said] = {}
            over = (known[name] for name in edit.over if name in known)
            for one in (*before, *(one for one in over if one.log != log)):
                if one.log not in latest or latest[one.log].seq < one.seq:
                    latest[one.log] = one
            direct[edit.change] = [*latest.values()]
            before = [edit]
    return direct


def _last(edits: Sequence[Said], upto: int) -> Said | None:
    """The last edit of a log up to a seq."""
    place = bisect_right(edits, upto, key=attrgetter("seq"))
    return edits[place - 1] if place else None


def _after_their_past(edits: Iterable[Said], direct: Mapping[str, Sequence[Said]]) -> Iterator[Said]:
    """Each edit once, after what is directly before it."""
    begun: set[str] = set()
    done: set[str] = set()
    for start in edits:
        waiting = [start]
        while waiting:
            edit = waiting[-1]
            if edit.change not in begun:
                begun.add(edit.change)
                waiting += [one for one in direct[edit.change] if one.change not in begun]
            else:
                waiting.pop()
                if edit.change not in done:
                    done.add(edit.change)
                    yield edit


def _joined(past: dict[str, int], other: dict[str, int]) -> dict[str, int]:
    """Both pasts, in the larger of the two."""
    larger, smaller = (past, other) if len(past) >= len(other) else (other, past)
    for log, upto in smaller.items():
        if upto > larger.get(log, 0):
            larger[log] = upto
    return larger
