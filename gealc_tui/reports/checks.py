"""What to look at before a report leaves. It forbids nothing. Data, no words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from gealc_tui.domain.change import is_genesis
from gealc_tui.domain.moments import local_day
from gealc_tui.domain.readings import ActivityReading, PersonReading
from gealc_tui.domain.vocabulary import Alert, Status, Trust
from gealc_tui.errors import NoPlan
from gealc_tui.reports.due import due_of

if TYPE_CHECKING:
    from gealc_tui.replica import Replica


class ConcernKind(StrEnum):
    """Kinds of what to look at, the gravest first."""

    DIFFERENCE = "difference"
    """Two people say different things of it."""
    MISSING = "missing"
    """Changes of somebody are known to exist, and are not here."""
    WAITING = "waiting"
    """Changes of somebody wait until that person is accepted."""
    DONE_WITHOUT_EVIDENCE = "done_without_evidence"
    OVERDUE_WITHOUT_REASON = "overdue_without_reason"
    """Overdue, and no note was written since it fell due."""
    WITHOUT_LEAD = "without_lead"


class Concern(NamedTuple):
    """One thing to look at. `entity` is `activity/…` or `person/…`; `code` and `title` are an activity's."""

    kind: ConcernKind
    entity: str
    code: str
    title: str
    """Of a person the name, as that person says it."""
    how_many: int = 1
    """Differences, or changes."""


def concerns(replica: Replica) -> tuple[Concern, ...]:
    """All of them in the plan in view, by kind, then in the order of the plan. Raises NoPlan."""
    if replica.plan is None:
        raise NoPlan()
    found = [one for reading in replica.read.activities(replica.today, replica.plan) for one in _of_activity(reading)]
    found += [one for person in replica.people() for one in _of_person(person)]
    order = list(ConcernKind)
    return tuple(sorted(found, key=lambda one: order.index(one.kind)))


def _of_activity(reading: ActivityReading) -> Iterator[Concern]:
    row = reading.row

    def concern(kind: ConcernKind, count: int = 1) -> Concern:
        return Concern(kind, f"activity/{row.id}", row.code, row.title, count)

    if reading.differences:
        yield concern(ConcernKind.DIFFERENCE, len(reading.differences))
    if row.status is Status.DONE and not any(product.evidence for product in reading.products):
        yield concern(ConcernKind.DONE_WITHOUT_EVIDENCE)
    if Alert.OVERDUE in row.alerts and not _is_explained(reading, due_of(row, reading.year)):
        yield concern(ConcernKind.OVERDUE_WITHOUT_REASON)
    if row.lead is None and row.status is not Status.CANCELLED:
        yield concern(ConcernKind.WITHOUT_LEAD)


def _is_explained(reading: ActivityReading, due: date | None) -> bool:
    return due is None or any(local_day(note.at) >= due for note in reading.notes)


def _of_person(person: PersonReading) -> Iterator[Concern]:
    if is_genesis(person.replica) or person.trust is Trust.BLOCKED:
        return
    entity = f"person/{person.replica}"
    if person.missing and person.successor is None:
        yield Concern(ConcernKind.MISSING, entity, "", person.name, person.missing)
    if person.aside:
        yield Concern(ConcernKind.WAITING, entity, "", person.name, person.aside)
