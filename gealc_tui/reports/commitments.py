"""What was promised at earlier meetings, and is still owed at the next."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from gealc_tui.domain.change import Value
from gealc_tui.domain.meetings import FULFILLED, ItemReading, MeetingReading
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

    One is owed until somebody says that it is fulfilled, or the activity that it is about is done, cancelled or
    withdrawn.
    """
    return _by_date(item for item in _promised(replica, body, area, None) if _is_owed(replica, item, None))


def followed(replica: Replica, meeting: MeetingReading) -> tuple[Followed, ...]:
    """The commitments that were owed when a meeting began, as they stood when it ended."""
    end = meeting.at if meeting.state is MeetingState.CLOSED else None
    here = {one.entity for one in replica.read.meeting_changes(meeting.id) if one.field == FULFILLED and one.after}
    found = []
    for item in _by_date(_promised(replica, meeting.body, meeting.area, meeting)):
        is_fulfilled = f"item/{item.id}" in here
        if is_fulfilled or _is_owed(replica, item, end):
            is_late = item.due is not None and meeting.day is not None and item.due < meeting.day
            found.append(Followed(item, is_fulfilled, is_late and not is_fulfilled))
    return tuple(found)


def _promised(
    replica: Replica, body: MeetingBody, area: str | None, before: MeetingReading | None
) -> list[ItemReading]:
    """All commitments of the closed meetings of a body; with `before` those of the meetings before that one."""
    return [
        item
        for meeting in replica.read.meetings()
        if (meeting.body, meeting.area, meeting.state) == (body, area, MeetingState.CLOSED)
        and (before is None or _moment(meeting) < _moment(before))
        for item in replica.read.items(meeting.id)
        if item.kind is ItemKind.COMMITMENT
    ]


def _moment(meeting: MeetingReading) -> tuple[str, str]:
    return meeting.day or "", meeting.hour or ""


def _is_owed(replica: Replica, item: ItemReading, end: int | None) -> bool:
    """Whether it is owed now, or was at a moment."""
    if _value(replica, f"item/{item.id}", FULFILLED, end):
        return False
    if item.about is not None and end is None and replica.read.is_hidden(f"activity/{item.about}"):
        return False
    return item.about is None or _value(replica, f"activity/{item.about}", "status", end) not in _OVER


def _value(replica: Replica, entity: str, field: str, at: int | None) -> Value:
    found = replica.read.value_at(entity, field, at) if at is not None else replica.read.state_of(entity).get(field)
    return found if isinstance(found, str) else None


def _by_date(items: Iterable[ItemReading]) -> tuple[ItemReading, ...]:
    return tuple(sorted(items, key=lambda one: (one.due or "9999", one.at)))
