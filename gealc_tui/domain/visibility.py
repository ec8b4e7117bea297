"""What a deletion hides: only what its author had seen.

A deletion is a change that sets `deleted` to true on an entity. While it stands, and no `deleted = false` stands
beside it, the entity is out of sight if and only if every head of its content is *covered*: by some standing
deletion, no matter by which. One word that nobody who deleted had before them keeps the entity in sight, contested,
until a person keeps it or deletes it again.

What counts as content is described beside each kind's model (`entities.Entity.is_content`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from enum import IntEnum
from typing import NamedTuple

from gealc_tui.domain.change import Value
from gealc_tui.domain.register import NO_BRANCHES, Lineage

DELETED, SEEN, WITHDRAWN = "deleted", "deleted_seen", "withdrawn"
"""The registers of a deletion: whether; the ids of changes that its author had seen; `[reason, meeting or null]`."""


class Visibility(IntEnum):
    """What becomes of an entity for which a deletion stands. The numbers are stored."""

    HIDDEN = 1
    CONTESTED = 2
    """In sight: somebody wrote what nobody who deleted had seen. A difference of the entity."""
    OCCUPIED = 3
    """In sight, and marked: a plan or area that is withdrawn, with something living inside."""


class Head(NamedTuple):
    """What stands in a register of the entity, or of something that the entity takes with it.

    `log` and `seq` are the place of its change; `value` is its stored text, which is equal for equal values.
    """

    entity: str
    field: str
    change: str
    log: str
    seq: int
    value: str


class Deletion(NamedTuple):
    """A standing deletion, with what the same change says."""

    change: str
    log: str
    seq: int
    seen: frozenset[str] = frozenset()
    """The changes that it names in `deleted_seen`."""
    replaced: Mapping[str, str] = {}
    """What it said again of the entity where somebody went over that since: stored values by field."""


def seen_of(value: Value) -> frozenset[str]:
    """The ids in a `deleted_seen`, whatever somebody wrote there: what is no id is passed over."""
    return frozenset(one for one in value if isinstance(one, str)) if isinstance(value, (list, tuple)) else frozenset()


def uncovered(
    entity: str,
    heads: Iterable[Head],
    deletions: Collection[Deletion],
    deleting: Collection[str],
    lineage: Lineage = NO_BRANCHES,
) -> tuple[Head, ...]:
    """The heads that no standing deletion of `entity` covers. `deleting`: every change that ever deleted the entity.

    A deletion covers what it wrote itself, what comes before it in its own log, what it names, and what another
    deletion wrote: two who say again what they both delete are of one mind. It also covers a value that it said
    again and that somebody set anew over it, to the same: so versions that knew no `deleted_seen` settled a
    difference in favour of the deletion.
    """
    named = frozenset[str]().union(*(one.seen for one in deletions))
    return tuple(
        head
        for head in heads
        if head.change not in deleting
        and head.change not in named
        and not any(_is_before(head, one, lineage) or _is_said_again(entity, head, one) for one in deletions)
    )


def _is_before(head: Head, deletion: Deletion, lineage: Lineage) -> bool:
    if head.log == deletion.log:
        return head.seq <= deletion.seq
    return head.seq <= lineage.get(deletion.log, {}).get(head.log, 0)


def _is_said_again(entity: str, head: Head, deletion: Deletion) -> bool:
    return head.entity == entity and deletion.replaced.get(head.field) == head.value
