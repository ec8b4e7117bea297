"""The rules of one register: which of its edits still stand, which is shown, what each replaced.

A register's *heads* are its edits that no other known edit supersedes. One head, or several with equal values:
settled. Several with different values: a *difference*, and the one with the largest `(at, id)` is shown until
somebody settles it. Time chooses only what is shown meanwhile, never what supersedes what.

The store computes the same heads in SQL (`store.views`); a property test holds the two together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from gealc_tui.domain.change import Value


class Said(NamedTuple):
    """One edit of the register in hand: who said what, having before them the changes named in `over`."""

    change: str
    replica: str
    seq: int
    at: int
    value: Value
    over: tuple[str, ...]


def superseded(edits: Iterable[Said]) -> set[str]:
    """The changes among `edits` that another of them supersedes.

    An edit supersedes its replica's earlier ones, and, for each change in its `over`, that change and its
    replica's earlier ones. `over` may name changes that are not known yet.
    """
    edits = tuple(edits)
    known = {edit.change: edit for edit in edits}
    reach: dict[str, int] = {}
    # For each replica, the last seq that something supersedes.
    for edit in edits:
        reach[edit.replica] = max(reach.get(edit.replica, 0), edit.seq)
    reach = {replica: last - 1 for replica, last in reach.items()}
    for edit in edits:
        for name in edit.over:
            if (over := known.get(name)) is not None:
                reach[over.replica] = max(reach[over.replica], over.seq)
    return {edit.change for edit in edits if edit.seq <= reach[edit.replica]}


def heads(edits: Iterable[Said]) -> tuple[Said, ...]:
    """The edits that stand, the one that is shown first."""
    edits = tuple(edits)
    gone = superseded(edits)
    standing = (edit for edit in edits if edit.change not in gone)
    return tuple(sorted(standing, key=lambda edit: (edit.at, edit.change), reverse=True))


def before(edit: Said, known: Mapping[str, Said]) -> Said | None:
    """What the author of `edit` saw in the register when writing; None if it was empty.

    `known` holds the register's edits by change. Of several that stood side by side, the one that was shown.
    """
    seen = _ancestors(edit, known)
    standing = heads(known[name] for name in seen)
    return standing[0] if standing else None


def _ancestors(edit: Said, known: Mapping[str, Said]) -> set[str]:
    """The changes that `edit` supersedes, through any number of steps."""
    found: set[str] = set()
    waiting = [edit]
    while waiting:
        current = waiting.pop()
        reach = {current.replica: current.seq - 1}
        for name in current.over:
            if (over := known.get(name)) is not None:
                reach[over.replica] = max(reach.get(over.replica, 0), over.seq)
        for other in known.values():
            if other.change not in found and other.seq <= reach.get(other.replica, 0):
                found.add(other.change)
                waiting.append(other)
    return found
