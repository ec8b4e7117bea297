"""How far the plan was at the end of each month, read from the log.

Counted is what stands in the plan today: so the last month says what the plan says, and the totals add up. What was
withdrawn since is in no month.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from gealc_tui.domain.moments import local_day
from gealc_tui.domain.readings import PlanOutline
from gealc_tui.domain.vocabulary import Status

if TYPE_CHECKING:
    from gealc_tui.store.queries import Queries


class Step(NamedTuple):
    """Somebody set a status; `at` is the credible instant, in milliseconds since 1970."""

    activity: str
    at: int
    status: str | None


class Point(NamedTuple):
    """A day, and how many activities were done then of those that counted."""

    day: date
    done: int
    counting: int


def pace_of(read: Queries, outline: PlanOutline, today: date) -> tuple[Point, ...]:
    """The plan in view, month by month."""
    return pace(outline, [Step(*row) for row in read.statuses_said()], today)


def pace(outline: PlanOutline, steps: Iterable[Step], today: date) -> tuple[Point, ...]:
    """Points at the ends of the months of the plan's year up to today, which is the last one.

    `steps` come in the order in which they took effect.
    """
    standing = {row.id: row.status.value for row in outline.activities}
    status = dict.fromkeys(standing, Status.PENDING.value)
    days = [one for one in _month_ends(outline.year) if one < today]
    said = [(local_day(step.at), step) for step in steps if step.activity in standing]
    points, place = [], 0
    for day in days:
        while place < len(said) and said[place][0] <= day:
            step = said[place][1]
            status[step.activity] = step.status or Status.PENDING.value
            place += 1
        points.append(_point(day, tuple(status.values())))
    return (*points, _point(today, tuple(standing.values())))


def _point(day: date, statuses: Sequence[str]) -> Point:
    cancelled = statuses.count(Status.CANCELLED.value)
    return Point(day, statuses.count(Status.DONE.value), len(statuses) - cancelled)


def _month_ends(year: int) -> list[date]:
    if not 1 <= year < 9999:
        return []
    firsts = [*(date(year, month, 1) for month in range(2, 13)), date(year + 1, 1, 1)]
    return [first - timedelta(days=1) for first in firsts]
