"""What a plan leaves for the next one: what was neither done nor cancelled, and the units that are left."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from gealc_tui.domain.readings import NOWHERE, ActivityReading, AreaRow
from gealc_tui.domain.vocabulary import Status
from gealc_tui.plain import folded

if TYPE_CHECKING:
    from gealc_tui.store.queries import Queries

_RECURRING = re.compile(
    r"^(?:reuniones|reunioes|encuentros|encontros|meetings|reunions|seances)\b"
    r"|\b(?:(?:bi|tri|cuatri)?(?:mensual|mestral|mensal|mensuel)|bimestral|trimestral|semestral|anual|bianual|monthly"
    r"|bimonthly|quarterly|yearly|annual|annuel)(?:es|mente|s|ly|le|les|lement|is)?\b"
)
"""Words by which a title says that what it names is held again and again, in small letters without accents."""


class Carried(NamedTuple):
    """An activity that goes over, and how many units of it are left to do (None: it counts none)."""

    activity: ActivityReading
    units_left: int | None


class Outlook(NamedTuple):
    """What a new plan would carry over from an earlier one."""

    areas: tuple[AreaRow, ...]
    carried: tuple[Carried, ...]
    recurring: tuple[ActivityReading, ...]
    """Done, and by its title held again and again: carried over only if that is asked for."""

    def of(self, area: str) -> tuple[Carried, ...]:
        """What is carried over in an area (its id)."""
        return tuple(one for one in self.carried if one.activity.row.area == area)


def outlook(read: Queries, plan: str, today: date, *, recurring: bool) -> Outlook:
    """What a plan (its id) leaves for the next one. With `recurring` also what was done and is held again."""
    found = read.outline(today, plan)
    areas = tuple(one for one in (found.areas if found is not None else ()) if one.id != NOWHERE and one.mark is None)
    known = {one.id for one in areas}
    carried: list[Carried] = []
    again: list[ActivityReading] = []
    for one in read.activities(today, plan):
        if one.row.area not in known or one.row.mark is not None or one.row.status is Status.CANCELLED:
            continue
        left = _units_left(one)
        if one.row.status is not Status.DONE or left:
            carried.append(Carried(one, left))
        elif is_recurring(one.row.title):
            again.append(one)
            if recurring:
                carried.append(Carried(one, one.units_planned))
    place = {one.row.id: number for number, one in enumerate(read.activities(today, plan))}
    carried.sort(key=lambda one: place[one.activity.row.id])
    return Outlook(areas, tuple(carried), () if recurring else tuple(again))


def is_recurring(title: str) -> bool:
    """Whether a title names something that is held again and again: `Reuniones bimensuales del grupo de trabajo`."""
    return _RECURRING.search(folded(title)) is not None


def _units_left(one: ActivityReading) -> int | None:
    if one.units_planned is None:
        return None
    return max(one.units_planned - (one.units_done or 0), 0)
