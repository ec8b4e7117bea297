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

from collections.abc import Iterable, Iterator, Mapping
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
    standing = (edit for edit in edits if edit.change not in gone)
    return tuple(sorted(standing, key=lambda edit: (edit.at, edit.change), reverse=True))


def before(edit: Said, known: Mapping[str, Said], lineage: Lineage = NO_BRANCHES) -> Said | None:
    """What the author of `edit` saw in the register when writing; None if it was empty.

    `known` holds the register's edits by change. Of several that stood side by side, the one that was shown.
    """
    standing = seen(edit, known, lineage)
    return standing[0] if standing else None


def seen(edit: Said, known: Mapping[str, Said], lineage: Lineage = NO_BRANCHES) -> tuple[Said, ...]:
    """All that stood in the register before the author of `edit`, what was shown first; nothing if it was empty."""
    return heads((known[name] for name in _ancestors(edit, known, lineage)), lineage)


def _ancestors(edit: Said, known: Mapping[str, Said], lineage: Lineage) -> set[str]:
    """The changes that `edit` supersedes, through any number of steps."""
    found: set[str] = set()
    waiting = [edit]
    while waiting:
        reach: dict[str, int] = {}
        for log, last in _reach(waiting.pop(), known, lineage):
            reach[log] = max(reach.get(log, 0), last)
        for other in known.values():
            if other.change not in found and other.seq <= reach.get(other.log, 0):
                found.add(other.change)
                waiting.append(other)
    return found
