"""What was promised at earlier meetings, of earlier years too, and is still owed at the next."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from gealc_tui.domain import plans
from gealc_tui.domain.change import Value
from gealc_tui.domain.meetings import FULFILLED, ItemReading, MeetingReading
from gealc_tui.domain.moments import local_day
from gealc_tui.domain.vocabulary import ItemKind, MeetingBody, MeetingState, Status

if TYPE_CHECKING:
    from gealc_tui.store.queries import Queries

_OVER = {Status.DONE.value, Status.CANCELLED.value}


class Followed(NamedTuple):
    """A commitment that a meeting began from, and whether it was said there to be fulfilled."""

    item: ItemReading
    is_fulfilled: bool
    is_late: bool
    """Its day had passed on the day of the meeting."""


def owed(read: Queries, body: MeetingBody, area: str | None, plan: str | None) -> tuple[ItemReading, ...]:
    """The commitments of the closed meetings of a body (and area) that are owed now, the earliest date first.

    One is owed until somebody says that it is fulfilled, or the activity that it is about is done, cancelled or
    withdrawn. `plan` is the one that people look at, where there is no area.
    """
    plan = read.plan_of(f"area/{area}") or plan
    return _by_date(item for item in _promised(read, body, area, plan, None) if _is_owed(read, item, None))


def followed(read: Queries, meeting: MeetingReading, end: int | None = None) -> tuple[Followed, ...]:
    """The commitments that were owed when a meeting began, as they stand: for minutes, as they stood at its closing.

    Of a meeting that an older version closed, `end` is when, by the clocks; then they are told as they stood then.
    """
    here = {one.entity for one in read.meeting_changes(meeting.id) if one.field == FULFILLED and one.after}
    found = []
    for item in _by_date(_promised(read, meeting.body, meeting.area, plan_of(read, meeting), meeting)):
        is_fulfilled = f"item/{item.id}" in here
        if is_fulfilled or _is_owed(read, item, end):
            is_late = item.due is not None and meeting.day is not None and item.due < meeting.day
            found.append(Followed(item, is_fulfilled, is_late and not is_fulfilled))
    return tuple(found)


def _promised(
    read: Queries, body: MeetingBody, area: str | None, plan: str | None, before: MeetingReading | None
) -> list[ItemReading]:
    """All commitments of the closed meetings of a body; with `before` those of the meetings before that one.

    A working group is the same from year to year, under whichever area of its plan. The code of an activity that is
    not in `plan` has the year before it.
    """
    areas: dict[str | None, bool] = {area: False}
    if area is not None:
        areas.update(read.continued(area).items())
    return [
        item._replace(guessed=areas[meeting.area], code=_code(read, item, plan))
        for meeting in read.meetings()
        if (meeting.body, meeting.state) == (body, MeetingState.CLOSED)
        and meeting.area in areas
        and (before is None or _when(meeting) < _when(before))
        for item in read.items(meeting.id)
        if item.kind is ItemKind.COMMITMENT
    ]


def _code(read: Queries, item: ItemReading, plan: str | None) -> str:
    found = read.plan_of(f"activity/{item.about}") if item.about and item.code else None
    if found is None or found == plan:
        return item.code
    return f"{next(one.year for one in read.plans() if one.id == found)}/{item.code}"


def is_same_group(read: Queries, area: str | None, later: str | None) -> bool:
    """Whether the group of an area is that of another, which may be a later plan's. None: bodies that have no area."""
    return area == later or (area is not None and later is not None and area in read.continued(later))


def plan_of(read: Queries, meeting: MeetingReading) -> str | None:
    """The plan that a meeting treats: what it says, else its area's, else that of its agenda, else the one of its year.

    Never the one that is in view: copies with the same changes print the same minutes.
    """
    named = f"area/{meeting.area}" if meeting.area else f"activity/{next(iter(meeting.agenda), '')}"
    return meeting.plan or read.plan_of(named) or _plan_of_year(read, meeting)


def _plan_of_year(read: Queries, meeting: MeetingReading) -> str | None:
    year = int(meeting.day[:4]) if meeting.day else local_day(meeting.at).year
    found = plans.to_begin_with(read.plans(), year)
    return None if found is None else found.id


def _when(meeting: MeetingReading) -> tuple[str, str]:
    return meeting.day or "", meeting.hour or ""


def _is_owed(read: Queries, item: ItemReading, end: int | None) -> bool:
    """Whether it is owed now, or was at an instant."""
    if _value(read, f"item/{item.id}", FULFILLED, end):
        return False
    if item.about is not None and end is None and read.is_hidden(f"activity/{item.about}"):
        return False
    return item.about is None or _value(read, f"activity/{item.about}", "status", end) not in _OVER


def _value(read: Queries, entity: str, field: str, at: int | None) -> Value:
    found = read.value_at(entity, field, at) if at is not None else read.state_of(entity).get(field)
    return found if isinstance(found, str) else None


def _by_date(items: Iterable[ItemReading]) -> tuple[ItemReading, ...]:
    return tuple(sorted(items, key=lambda one: (one.due or "9999", one.placed)))


class Promise(NamedTuple):
    """A commitment, the meeting at which it was made, and whether it is still owed."""

    item: ItemReading
    meeting: MeetingReading
    is_owed: bool


def of_plan(read: Queries, plan: str) -> tuple[Promise, ...]:
    """Every commitment of the closed meetings about a plan, what is owed first, the earliest date first."""
    found = [
        Promise(item._replace(code=_code(read, item, plan)), meeting, _is_owed(read, item, None))
        for meeting in read.meetings()
        if meeting.state is MeetingState.CLOSED and plan_of(read, meeting) == plan
        for item in read.items(meeting.id)
        if item.kind is ItemKind.COMMITMENT
    ]
    return tuple(sorted(found, key=lambda one: (not one.is_owed, one.item.due or "9999", one.item.placed)))
