"""How far the plan is: counts, the share that is done, and the traffic light, by area, period, country or funder.

Pure data, codes and no words. The rule of the traffic light is decision 15.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from gealc_tui.domain.readings import ActivityRow, Mark, PlanOutline
from gealc_tui.domain.vocabulary import Alert, Period, Status

if TYPE_CHECKING:
    from gealc_tui.replica import Replica

RED_SHARE = 4
"""One in so many overdue makes a group red."""


class Grouping(StrEnum):
    """By what the activities are counted."""

    AREA = "area"
    PERIOD = "period"
    COUNTRY = "country"
    FUNDER = "funder"


class Light(StrEnum):
    """The traffic light."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"
    NONE = "none"
    """Nothing counts: there is no activity, or all are cancelled."""


class Count(NamedTuple):
    """Some activities, counted. Cancelled ones count nowhere but in `cancelled` and `total`."""

    total: int = 0
    pending: int = 0
    in_progress: int = 0
    done: int = 0
    on_hold: int = 0
    cancelled: int = 0
    overdue: int = 0
    due_soon: int = 0
    unreported: int = 0

    @property
    def counting(self) -> int:
        """How many are to be carried out."""
        return self.total - self.cancelled

    @property
    def percent(self) -> int | None:
        """The share that is done, rounded down, so that only all of them are 100; None if nothing counts."""
        return self.done * 100 // self.counting if self.counting else None

    @property
    def light(self) -> Light:
        """Red: at least one in four is overdue. Amber: some is overdue, due soon, on hold or unreported."""
        if not self.counting:
            return Light.NONE
        if self.overdue * RED_SHARE >= self.counting:
            return Light.RED
        if self.overdue or self.due_soon or self.on_hold or self.unreported:
            return Light.AMBER
        return Light.GREEN


class Group(NamedTuple):
    """What belongs together. `key` is an area's id, a period's, country's or body's code, a funder as it was written;
    empty: nobody or nothing was named. `code` and `title` are an area's.
    """

    key: str
    counts: Count
    activities: tuple[ActivityRow, ...]
    code: str = ""
    title: str = ""
    mark: Mark | None = None


class Progress(NamedTuple):
    """A plan, counted."""

    plan: str
    title: str
    year: int
    grouping: Grouping
    whole: Count
    groups: tuple[Group, ...]


def light_of(row: ActivityRow) -> Light:
    """The traffic light of one activity: red if overdue; amber as for a group; cancelled: none."""
    return counted((row,)).light


def counted(rows: Iterable[ActivityRow]) -> Count:
    """Some activities, counted."""
    every = tuple(rows)
    status = Counter(row.status for row in every)
    alert = Counter(one for row in every for one in row.alerts)
    return Count(
        len(every),
        *(status[one] for one in (Status.PENDING, Status.IN_PROGRESS, Status.DONE, Status.ON_HOLD, Status.CANCELLED)),
        *(alert[one] for one in (Alert.OVERDUE, Alert.DUE_SOON, Alert.UNREPORTED)),
    )


def progress(outline: PlanOutline, grouping: Grouping, funders: Mapping[str, str] | None = None) -> Progress:
    """Counts a plan. `funders` holds, by activity, who pays; it is asked for one grouping only.

    Areas and periods come in the printed order, all of them; countries and funders by how many activities they have,
    what nobody was named for last.
    """
    groups = _GROUPED[grouping](outline, funders or {})
    return Progress(outline.id, outline.title, outline.year, grouping, counted(outline.activities), groups)


def _by_area(outline: PlanOutline, _: Mapping[str, str]) -> tuple[Group, ...]:
    return tuple(
        Group(area.id, counted(area.activities), area.activities, area.code, area.title, area.mark)
        for area in outline.areas
    )


def _by_period(outline: PlanOutline, _: Mapping[str, str]) -> tuple[Group, ...]:
    found = _grouped(outline.activities, lambda row: row.period.value)
    return tuple(_group(one.value, found.get(one.value, [])) for one in Period)


def _by_country(outline: PlanOutline, _: Mapping[str, str]) -> tuple[Group, ...]:
    return _largest_first(_grouped(outline.activities, lambda row: row.lead or ""))


def _by_funder(outline: PlanOutline, funders: Mapping[str, str]) -> tuple[Group, ...]:
    return _largest_first(_grouped(outline.activities, lambda row: " ".join(funders.get(row.id, "").split())))


_GROUPED: Mapping[Grouping, Callable[[PlanOutline, Mapping[str, str]], tuple[Group, ...]]] = {
    Grouping.AREA: _by_area,
    Grouping.PERIOD: _by_period,
    Grouping.COUNTRY: _by_country,
    Grouping.FUNDER: _by_funder,
}


def _grouped(rows: Iterable[ActivityRow], key_of: Callable[[ActivityRow], str]) -> dict[str, list[ActivityRow]]:
    found: dict[str, list[ActivityRow]] = {}
    for row in rows:
        found.setdefault(key_of(row), []).append(row)
    return found


def _group(key: str, rows: Sequence[ActivityRow]) -> Group:
    return Group(key, counted(rows), tuple(rows))


def _largest_first(found: Mapping[str, Sequence[ActivityRow]]) -> tuple[Group, ...]:
    order = sorted(found, key=lambda key: (not key, -len(found[key]), key))
    return tuple(_group(key, found[key]) for key in order)


def progress_of(replica: Replica, grouping: Grouping, today: date | None = None) -> Progress | None:
    """The plan in view, counted as it stands on a day; None while there is no plan."""
    outline = replica.read.outline(today or replica.today, replica.plan)
    if outline is None:
        return None
    funders = replica.read.funder_of_each(outline.id) if grouping is Grouping.FUNDER else None
    return progress(outline, grouping, funders)
