"""Proposals: edits of a plan that somebody asks for, with what stood in each register when they did.

`proposal/<id>` holds `edits` as `[[entity, field, value, [ids]], …]`. What others wrote there may be anything:
`read_edits` keeps what has that shape, and what is left out is nothing that could be accepted.
"""

from __future__ import annotations

from typing import NamedTuple

from gealc_tui.domain.change import Value, kind_of, local_id
from gealc_tui.domain.permissions import STRUCTURAL
from gealc_tui.domain.readings import Author
from gealc_tui.domain.vocabulary import ProposalState

KIND = "proposal"

DEEPEST = 8
"""Lists within each other in a value of a change."""


class ProposedEdit(NamedTuple):
    """One register, the value that is asked for, and the ids of the changes that stood there."""

    entity: str
    field: str
    value: Value
    seen: tuple[str, ...]


class ProposalReading(NamedTuple):
    """A proposal as it is listed."""

    id: str
    plan: str
    edits: tuple[ProposedEdit, ...]
    reason: str
    state: ProposalState
    word: str | None
    author: Author
    at: int
    """When it was made, in milliseconds since 1970, UTC, by the author's clock."""


def edits_value(edits: tuple[ProposedEdit, ...]) -> Value:
    """Edits as the register holds them."""
    return [[one.entity, one.field, one.value, list(one.seen)] for one in edits]


def read_edits(value: object) -> tuple[ProposedEdit, ...]:
    """The edits of a register; what has not their shape, or is no part of a plan, is left out."""
    if not isinstance(value, (list, tuple)):
        return ()
    return tuple(
        ProposedEdit(entity, field, wanted, tuple(seen))
        for entity, field, wanted, seen in (one for one in value if _is_edit(one))
    )


def _is_edit(value: object) -> bool:
    if not isinstance(value, (list, tuple)) or len(value) != 4:
        return False
    entity, field, _, seen = value
    if not (isinstance(entity, str) and isinstance(field, str) and isinstance(seen, (list, tuple))):
        return False
    # Only what belongs to a plan: nobody has a Secretariat write another's name.
    return kind_of(entity) in STRUCTURAL and bool(local_id(entity)) and all(isinstance(one, str) for one in seen)


def depth(value: Value) -> int:
    """How many lists stand within each other."""
    return 1 + max(map(depth, value), default=0) if isinstance(value, list) else 0
