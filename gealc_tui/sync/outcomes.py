"""What can come of a change file: values with names, not errors."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

from gealc_tui.domain.change import Value, kind_of
from gealc_tui.domain.limits import MANY_BRANCHES
from gealc_tui.domain.readings import Author, EntityName
from gealc_tui.errors import GealcError


class Outcome(StrEnum):
    """What became of one author's run."""

    NEW = "new"
    KNOWN = "known"
    PARTIAL = "partial"
    """Applied, but earlier changes of the same author are missing."""
    STRANGER = "stranger"
    """Kept aside: its author is not accepted yet."""
    BLOCKED = "blocked"
    FORKED = "forked"
    """Applied: the author's identity was used on two machines, and this is what another branch holds."""
    TWIN = "twin"
    """Refused: it says to be an official document, and shares changes with another that is here."""
    CROWDED = "crowded"
    """Neither applied nor kept aside: too much of people who are not accepted waits already."""


class LogOutcome(NamedTuple):
    """What became of one run. `name`, `country` and `role` are as the author says; `role` is told of strangers only."""

    replica: str
    name: str
    country: str | None
    outcome: Outcome
    new: int
    known: int
    missing: int
    """Changes of that author that are known to come before, and are not here."""
    branches: int = 1
    """How many branches of that author's log are here now."""
    role: str | None = None


class FileOutcome(NamedTuple):
    """What became of one file: `applied`, `known`, or the name of the refusal with the error that says why."""

    file: str
    outcome: str
    error: GealcError | None
    logs: tuple[LogOutcome, ...]
    met: int = 0
    """Of a file that was taken in whole before, byte for byte: how many changes it holds."""
    repairs: tuple[str, ...] = ()
    """What had to be undone to get at it (`envelope.Repair`)."""


class AlteredValue(NamedTuple):
    """A visible value that a merge altered. `by` is the author of the value that is shown now."""

    entity: str
    activity: str | None
    field: str
    before: Value
    after: Value
    by: Author


class Register(NamedTuple):
    """One field of one entity, and the activity that it concerns, if one."""

    entity: str
    field: str
    activity: str | None


class Displaced(NamedTuple):
    """An author of whom something waited and had to make room. Name and country are as they say them."""

    replica: str
    name: str
    country: str | None


class MergeReport(NamedTuple):
    """What a merge of several files did, or would do."""

    files: tuple[FileOutcome, ...]
    altered: tuple[AlteredValue, ...]
    opened: tuple[Register, ...]
    """Registers that are in difference now and were not before."""
    settled: tuple[Register, ...]
    requests: tuple[str, ...] = ()
    """The replicas that ask for what they lack."""
    met_itself: bool = False
    """Changes came in this copy's own name that were not here. It goes on under a new identity."""
    names: Mapping[str, EntityName] = MappingProxyType({})
    """What people know the entities by that are told of here, as they are called with these changes: after a trial run
    nothing of them is left to be asked."""
    displaced: tuple[Displaced, ...] = ()
    """Who waited before this merge, and whose words are here no more: others needed the room."""

    @property
    def new(self) -> int:
        """Changes that were taken in."""
        aside = Outcome.STRANGER
        return sum(log.new for file in self.files for log in file.logs if log.outcome is not aside)

    @property
    def known(self) -> int:
        return sum(file.met + sum(log.known for log in file.logs) for file in self.files)

    @property
    def renamed(self) -> tuple[AlteredValue, ...]:
        """Names and countries by which people whom this copy knew go now."""
        return tuple(
            one
            for one in self.altered
            if kind_of(one.entity) == "person" and one.field in ("name", "country") and one.before is not None
        )

    @property
    def many_branches(self) -> list[tuple[str, int, str]]:
        """Name, branches and replica of those who brought one more branch, and have many."""
        found = {
            log.replica: (log.name, log.branches, log.replica)
            for file in self.files
            for log in file.logs
            if log.outcome is Outcome.FORKED and log.branches >= MANY_BRANCHES
        }
        return list(found.values())

    @property
    def waits_for_a_person(self) -> bool:
        """Whether differences opened, authors are not accepted yet or not kept, or somebody asks for what they lack."""
        return bool(self.opened or self.requests or self.displaced) or any(
            log.outcome in (Outcome.STRANGER, Outcome.CROWDED) for file in self.files for log in file.logs
        )

    @property
    def refused(self) -> bool:
        return any(file.error is not None for file in self.files)
