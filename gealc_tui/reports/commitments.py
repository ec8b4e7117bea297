"""What was promised at earlier meetings, of earlier years too, and is still owed at the next."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from gealc_tui.domain import plans
from gealc_tui.domain.change import Value
from gealc_tui.domain.meetings import FULFILLED, ItemReading, MeetingReading
from gealc_tui.domain.moments import local_day
from gealc_tui.domain.vocabulary import ItemKind, MeetingBody, MeetingState, Status
from gealc_tui.replica import Replica

_OVER = {Status.DONE.value, Status.CANCELLED.value}


class Followed(NamedTuple):
    """A commitment that a meeting began from, and whether it was said there to be fulfilled."""

    item: ItemReading
    is_fulfilled: bool
    is_late: bool
    """Its day had passed on the day of the meeting."""


def owed(replica: Replica, body: MeetingBody, area: str | None) -> tuple[ItemReading, ...]:
    """The commitments of the closed meetings of a body (and area) that are owed now, the earliest date first.

    One is owed until somebody says that it is fulfilled, or the activity that it is about is done or cancelled.
    """
    plan = replica.read.plan_of(f"area/{area}") or replica.plan
    return _by_date(item for item in _promised(replica, body, area, plan, None) if _is_owed(replica, item, None))


def followed(replica: Replica, meeting: MeetingReading) -> tuple[Followed, ...]:
    """The commitments that were owed when a meeting began, as they stood when it ended."""
    end = meeting.at if meeting.state is MeetingState.CLOSED else None
    here = {one.entity for one in replica.read.meeting_changes(meeting.id) if one.field == FULFILLED and one.after}
    found = []
    for item in _by_date(_promised(replica, meeting.body, meeting.area, plan_of(replica, meeting), meeting)):
        is_fulfilled = f"item/{item.id}" in here
        if is_fulfilled or _is_owed(replica, item, end):
            is_late = item.due is not None and meeting.day is not None and item.due < meeting.day
            found.append(Followed(item, is_fulfilled, is_late and not is_fulfilled))
    return tuple(found)


def _promised(
    replica: Replica, body: MeetingBody, area: str | None, plan: str | None, before: MeetingReading | None
) -> list[ItemReading]:
    """All commitments of the closed meetings of a body; with `before` those of the meetings before that one.

    A working group is the same from year to year, under whichever area of its plan. The code of an activity that is
    not in `plan` has the year before it.
    """
    areas: dict[str | None, bool] = {area: False}
    if area is not None:
        areas.update(replica.read.continued(area).items())
    return [
        item._replace(guessed=areas[meeting.area], code=_code(replica, item, plan))
        for meeting in replica.read.meetings()
        if (meeting.body, meeting.state) == (body, MeetingState.CLOSED)
        and meeting.area in areas
        and (before is None or _moment(meeting) < _moment(before))
        for item in replica.read.items(meeting.id)
        if item.kind is ItemKind.COMMITMENT
    ]


def _code(replica: Replica, item: ItemReading, plan: str | None) -> str:
    found = replica.read.plan_of(f"activity/{item.about}") if item.about and item.code else None
    if found is None or found == plan:
        return item.code
    return f"{next(one.year for one in replica.read.plans() if one.id == found)}/{item.code}"


def is_same_group(replica: Replica, area: str | None, later: str | None) -> bool:
    """Whether the group of an area is that of another, which may be a later plan's. None: bodies that have no area."""
    return area == later or (area is not None and later is not None and area in replica.read.continued(later))


def plan_of(replica: Replica, meeting: MeetingReading) -> str | None:
    """The plan that a meeting goes through: its area's, else that of its agenda, else the one of its year.

    Never the one that is in view: copies with the same changes print the same minutes.
    """
    named = f"area/{meeting.area}" if meeting.area else f"activity/{next(iter(meeting.agenda), '')}"
    return replica.read.plan_of(named) or _plan_of_year(replica, meeting)


def _plan_of_year(replica: Replica, meeting: MeetingReading) -> str | None:
    year = int(meeting.day[:4]) if meeting.day else local_day(meeting.at).year
    found = plans.to_begin_with(replica.read.plans(), year)
    return None if found is None else found.id


def _moment(meeting: MeetingReading) -> tuple[str, str]:
    return meeting.day or "", meeting.hour or ""


def _is_owed(replica: Replica, item: ItemReading, end: int | None) -> bool:
    """Whether it is owed now, or was at a moment."""
    if _value(replica, f"item/{item.id}", FULFILLED, end):
        return False
    return item.about is None or _value(replica, f"activity/{item.about}", "status", end) not in _OVER


def _value(replica: Replica, entity: str, field: str, at: int | None) -> Value:
    found = replica.read.value_at(entity, field, at) if at is not None else replica.read.state_of(entity).get(field)
    return found if isinstance(found, str) else None


def _by_date(items: Iterable[ItemReading]) -> tuple[ItemReading, ...]:
    return tuple(sorted(items, key=lambda one: (one.due or "9999", one.at)))
