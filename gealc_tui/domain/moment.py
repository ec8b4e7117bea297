"""Moments: what a copy held when a meeting was closed or a plan approved, so that it can be seen again as it stood.

A moment is an entity `moment/<random>`, written in the same change as what it stands for. It names the stretches of
all logs that were held just before that change (its *runs*), and stands for these and its own change. It is read from
the change that wrote it, never from what its registers show: somebody who writes them again makes a moment of their
own, and alters nobody's.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

from gealc_tui.domain.change import Value, canonical, text_hash
from gealc_tui.domain.readings import Author

KIND = "moment"
VERSION = 1
"""Of the shape that is written."""

FIELDS = ("version", "kind", "plan", "day", "meeting", "runs", "fingerprint")
"""The registers of a moment, all written once, in its own change."""

PERIOD = "period"
"""One more, of the closing of a period: which one."""

WITHDRAWN = "withdrawn"
"""The register in which whoever wrote a moment takes it back."""

MOST_RUNS = 8_000
"""A value has at most a million characters, and a run some eighty."""


class MomentKind(StrEnum):
    """What a moment is of. A file may hold others, from newer versions."""

    CLOSING = "closing"
    """A meeting was closed."""
    APPROVAL = "approval"
    """A plan was approved."""
    PERIOD = "period"
    """A period of a plan was closed."""


class Reason(StrEnum):
    """Why a change that belongs to a moment is not here."""

    MISSING = "missing"
    WAITING = "waiting"
    """Its author waits to be accepted."""
    BLOCKED = "blocked"


class HeldRun(NamedTuple):
    """An unbroken stretch of a log, both ends included, named by the id of its last change.

    It is what one walks through from the tip back to number `first`, whatever branches the log has.
    """

    replica: str
    first: int
    last: int
    tip: str


class Lacking(NamedTuple):
    """Changes of an author that belong to a moment and are not here, and why."""

    author: Author
    changes: int
    reason: Reason


class Moment(NamedTuple):
    id: str
    change: str
    """The id of the change that wrote it: its own."""
    author: str
    """The replica that wrote it."""
    seq: int
    """The number of its own change in the author's log."""
    at: int
    """When that was, in milliseconds since 1970, UTC, by the author's clock."""
    placed: str
    """Sorts as the moments were written (`domain.order`)."""
    kind: str
    plan: str | None
    day: str | None
    """`YYYY-MM-DD`: of a closing, the meeting's day."""
    meeting: str | None
    fingerprint: str | None
    runs: tuple[HeldRun, ...]
    is_withdrawn: bool = False
    period: str | None = None
    """Of the closing of a period: `S1` or `S2`."""

    @property
    def own_run(self) -> HeldRun:
        """The moment's own change, as a stretch."""
        return HeldRun(self.author, self.seq, self.seq, self.change)

    @property
    def key(self) -> str:
        """A name for what it stands for: the same for the same runs and the same own change."""
        return text_hash(canonical(["moment", runs_value(self.runs), self.change]))


class MomentDraft(NamedTuple):
    """What is said of a moment that is to be written; the rest follows from what is held."""

    kind: MomentKind
    plan: str | None
    day: str | None
    meeting: str | None
    period: str | None = None


def runs_value(runs: Iterable[HeldRun]) -> Value:
    """Runs as a register holds them, sorted: `[[replica, first, last, tip], …]`."""
    return [list(run) for run in sorted(runs)]


def read_runs(value: Value) -> tuple[HeldRun, ...]:
    """The runs of a register; what is none, a hostile or a newer program wrote, and it is left out."""
    if not isinstance(value, (list, tuple)):
        return ()
    return tuple(HeldRun(*run) for run in value if _is_run(run))


def _is_run(value: Value) -> bool:
    if not isinstance(value, (list, tuple)) or len(value) != 4:
        return False
    replica, first, last, tip = value
    if not (isinstance(replica, str) and isinstance(tip, str) and type(first) is int and type(last) is int):
        return False
    return 1 <= first <= last < 1 << 40
