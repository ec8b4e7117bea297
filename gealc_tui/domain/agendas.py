"""In what order a meeting goes through the activities.

A working group has those of its area; the other bodies have all of the plan. The order is a rule, so that two people
who begin the same meeting have the same agenda; whoever facilitates may then change it.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from gealc_tui.domain.meetings import ItemReading
from gealc_tui.domain.readings import ActivityRow, PlanOutline
from gealc_tui.domain.vocabulary import Alert

LONGEST = 200
"""Activities that an agenda has at most: no meeting goes through more, and of a plan of thousands these are enough."""


class Order(StrEnum):
    """How an agenda is made."""

    URGENCY = "urgency"
    """What was agreed last, then what is overdue or unreported, then the rest."""
    AREA = "area"
    """As printed."""


def by_urgency(outline: PlanOutline, last_items: Iterable[ItemReading], area: str | None) -> tuple[str, ...]:
    """The ids: first the activities of `last_items`, then overdue ones, then unreported ones, then the rest.

    Within each of these the order is the printed one. `area` (its id) leaves only that area's activities.
    """
    agreed = {item.about for item in last_items}

    def rank(row: ActivityRow) -> int:
        if row.id in agreed:
            return 0
        if Alert.OVERDUE in row.alerts:
            return 1
        return 2 if Alert.UNREPORTED in row.alerts else 3

    return tuple(row.id for row in sorted(_rows(outline, area), key=rank)[:LONGEST])


def by_area(outline: PlanOutline, area: str | None = None) -> tuple[str, ...]:
    """The ids in the printed order."""
    return tuple(row.id for row in _rows(outline, area)[:LONGEST])


def _rows(outline: PlanOutline, area: str | None) -> list[ActivityRow]:
    return [row for row in outline.activities if area is None or row.area == area]
