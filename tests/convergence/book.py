"""What was written, as the machine itself remembers it: who wrote what, and what stood before them at that moment.

The book knows nothing of logs, branches and views. It says what has to stand in each register of a copy that holds
certain changes: what was written there, without what somebody had in sight, or had written before, who wrote there
later. Two things are taken from the changes themselves: the chain of their author, and that what concerns a person
counts only by that person's own word.

What it cannot say: while changes of an author are missing whose identity was used on two machines, nobody can know
on which side of the parting a later change stands. Those values are `doubtful`, for as long as the gap lasts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from gealc_tui.domain.change import NO_CHANGE, Change, Value, kind_of, local_id

Place = tuple[str, str]
"""A register: an entity and a field."""

Heads = Mapping[Place, frozenset[str]]
"""The changes whose values stand in each register."""

NOTHING: frozenset[str] = frozenset()


class Wrote(NamedTuple):
    """A change, and what its author's copy held and showed when it was written."""

    id: str
    replica: str
    seq: int
    previous: str
    edits: dict[Place, Value]
    had: frozenset[str]
    line: frozenset[str]
    """The changes before it in its author's chain."""
    over: dict[Place, frozenset[str]]
    """In each register: what stood there, and what its author had written there before."""

    @property
    def counting(self) -> dict[Place, Value]:
        """What is meant to be seen: nobody speaks of another person."""
        return {
            place: value
            for place, value in self.edits.items()
            if kind_of(place[0]) not in ("person", "vouching") or local_id(place[0]) == self.replica
        }


class Book:
    """All changes of one history."""

    def __init__(self, official: Heads) -> None:
        """`official` is what the official document says, before anybody wrote."""
        self.official = official
        self.wrote: dict[str, Wrote] = {}
        self.parted: set[str] = set()
        """Replicas whose chain has branches."""
        self._followed: set[tuple[str, str]] = set()

    def write(self, id: str, change: Change, had: frozenset[str], heads: Heads) -> Wrote:
        """Notes a change. `had` and `heads` are what its author's copy held and showed before."""
        if (change.replica, change.previous) in self._followed:
            self.parted.add(change.replica)
        self._followed.add((change.replica, change.previous))
        line = NOTHING if change.previous == NO_CHANGE else self.wrote[change.previous].line | {change.previous}
        edits = {(edit.entity, edit.field): edit.value for edit in change.edits}
        over = {
            place: heads.get(place, NOTHING) | {own for own in line if place in self.wrote[own].edits}
            for place in edits
        }
        made = Wrote(id, change.replica, change.seq, change.previous, edits, had, line, over)
        self.wrote[id] = made
        return made

    def of(self, replica: str, held: Iterable[str]) -> set[str]:
        """Those of the changes `held` that a replica wrote."""
        return {id for id in held if self.wrote[id].replica == replica}

    def standing(self, held: Iterable[str]) -> dict[Place, frozenset[str]]:
        """What has to stand in each register where these changes are held."""
        written: dict[Place, set[str]] = {place: set(ids) for place, ids in self.official.items()}
        gone: dict[Place, set[str]] = {}
        for id in held:
            one = self.wrote[id]
            for place in one.counting:
                written.setdefault(place, set()).add(id)
                gone.setdefault(place, set()).update(one.over[place])
        return {place: frozenset(ids - gone.get(place, NOTHING)) for place, ids in written.items()}

    def unseen(self, held: Iterable[str]) -> dict[Place, frozenset[str]]:
        """What nobody who wrote later in the same register held, in sight or not: whatever else, that must stand."""
        written: dict[Place, set[str]] = {}
        had: dict[Place, set[str]] = {}
        for id in held:
            for place in self.wrote[id].counting:
                written.setdefault(place, set()).add(id)
                had.setdefault(place, set()).update(self.wrote[id].had)
        return {place: frozenset(ids - had[place]) for place, ids in written.items()}

    def is_doubtful(self, id: str, held: frozenset[str]) -> bool:
        """Whether a change is of an author with branches, of whom something is missing after it."""
        one = self.wrote.get(id)
        return (
            one is not None
            and one.replica in self.parted
            and any(
                self.wrote[other].seq > one.seq and self.wrote[other].previous not in {*held, NO_CHANGE}
                for other in self.of(one.replica, held)
            )
        )
