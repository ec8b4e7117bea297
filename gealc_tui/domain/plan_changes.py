"""What a plan says otherwise than before, and how that was explained: frozen values that reports and screens share."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from gealc_tui.domain.change import Value
from gealc_tui.domain.readings import Author, EditReading


class ChangeKind(StrEnum):
    CHANGED = "changed"
    ADDED = "added"
    WITHDRAWN = "withdrawn"


class Explained(StrEnum):
    """How a change of the structure stands to the approval before it."""

    AMENDED = "amended"
    """Somebody said why."""
    UNEXPLAINED = "unexplained"
    LATE = "late"
    """It was written before the approval, and arrived after it."""
    FREE = "free"
    """It is no change of the structure."""


class PlanDifference(NamedTuple):
    """One thing that a plan says otherwise."""

    kind: ChangeKind
    entity: str
    code: str
    """Of the activity or area that it is, or belongs to."""
    area: str
    """The id of the area that it is, or stands in."""
    field: str | None
    """None: it was added or withdrawn as a whole."""
    before: Value
    after: Value
    """Of what was added or withdrawn: its title or text."""
    author: Author | None = None
    at: int | None = None
    """When, in milliseconds since 1970, UTC, by the author's clock."""
    reason: str | None = None
    meeting: str | None = None
    amendment: str | None = None
    change: str | None = None
    """The id of the change that wrote it."""
    explained: Explained = Explained.FREE


class Amended(NamedTuple):
    """A change of the structure of a plan, with its reason or without."""

    id: str
    """Of the amendment; without a reason, of the change."""
    reason: str | None
    meeting: str | None
    author: Author | None
    at: int
    explained: Explained
    is_after_baseline: bool
    edits: tuple[EditReading, ...]
