"""A new plan: from nothing, or from what an earlier one leaves to be done.

Promise: what is carried over is what `carried` shows, and nothing else. The earlier plan stays as it is; each area and
activity names the one that it continues. The new plan is a draft with ids of its own, so that two people who make the
plan of the same year at the same time have two drafts, both to be seen.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from gealc_tui import errors
from gealc_tui.commands.fields import clean, line
from gealc_tui.domain.plans import year_in
from gealc_tui.domain.readings import NOWHERE, ActivityReading, AreaRow
from gealc_tui.domain.vocabulary import PlanState, Status
from gealc_tui.i18n import t
from gealc_tui.plain import folded
from gealc_tui.replica import Committed, Replica, Setting

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


class NewPlan(NamedTuple):
    """A plan that was made: its id, what it carried, and the change."""

    plan: str
    outlook: Outlook
    committed: Committed


def outlook(replica: Replica, plan: str, *, recurring: bool) -> Outlook:
    """What a plan (its id) leaves for the next one. With `recurring` also what was done and is held again."""
    read = replica.read
    found = read.outline(replica.today, plan)
    areas = tuple(one for one in (found.areas if found is not None else ()) if one.id != NOWHERE and one.mark is None)
    known = {one.id for one in areas}
    carried: list[Carried] = []
    again: list[ActivityReading] = []
    for one in read.activities(replica.today, plan):
        if one.row.area not in known or one.row.mark is not None or one.row.status is Status.CANCELLED:
            continue
        left = _units_left(one)
        if one.row.status is not Status.DONE or left:
            carried.append(Carried(one, left))
        elif is_recurring(one.row.title):
            again.append(one)
            if recurring:
                carried.append(Carried(one, one.units_planned))
    place = {one.row.id: number for number, one in enumerate(read.activities(replica.today, plan))}
    carried.sort(key=lambda one: place[one.activity.row.id])
    return Outlook(areas, tuple(carried), () if recurring else tuple(again))


def is_recurring(title: str) -> bool:
    """Whether a title names something that is held again and again: `Reuniones bimensuales del grupo de trabajo`."""
    return _RECURRING.search(folded(title)) is not None


def _units_left(one: ActivityReading) -> int | None:
    if one.units_planned is None:
        return None
    return max(one.units_planned - (one.units_done or 0), 0)


def make(
    replica: Replica,
    year: str,
    *,
    origin: str | None = None,
    title: str = "",
    body: str | None = None,
    recurring: bool = False,
) -> NewPlan:
    """Makes a draft, in one change. `origin` is the plan (its year or id) from which it takes what is left.

    Raises ValueRefused for a year that is none, PlanUnknown, PlanIsAmbiguous, NoIdentity.
    """
    number = plan_year(year)
    source = replica.read.plan_meant(clean(origin)) if origin is not None else None
    found = outlook(replica, source, recurring=recurring) if source is not None else Outlook((), (), ())
    facts = {one.id: one for one in replica.read.plans()}
    before = facts.get(source) if source is not None else None
    plan = replica.new_id()
    owner = line("body", clean(body)) if body is not None else before.body if before is not None else None
    settings: list[Setting] = [
        (f"plan/{plan}", "year", number),
        (f"plan/{plan}", "title", line("title", clean(title)) or _title(before.title if before else "", number)),
        (f"plan/{plan}", "state", PlanState.DRAFT.value),
    ]
    if owner:
        settings.append((f"plan/{plan}", "body", owner))
    if source is not None:
        settings.append((f"plan/{plan}", "origin", source))
    for place, area in enumerate(found.areas, 1):
        settings += _area(replica, plan, area, place, found.of(area.id))
    committed = replica.commit(settings)
    assert committed is not None, "a plan with a new id says something new"
    return NewPlan(plan, found, committed)


def plan_year(text: str) -> int:
    """A year of four figures. Raises ValueRefused."""
    year = year_in(text.strip())
    if year is None or not re.fullmatch(r"\d{4}", text.strip(), re.ASCII) or year < 1900:
        raise errors.ValueRefused(field="year", value=text, expected="year")
    return year


def _title(before: str, year: int) -> str:
    """The title of the plan before with the year of this one; without one the usual title."""
    named = re.sub(r"\b\d{4}\b", str(year), before)
    return named if named != before else t("Plan de trabajo {year}", year=year)


def _area(replica: Replica, plan: str, area: AreaRow, place: int, carried: tuple[Carried, ...]) -> list[Setting]:
    id = replica.new_id()
    entity = f"area/{id}"
    said: dict[str, object] = {
        "plan": plan,
        "code": area.code,
        "title": area.title,
        "objective": area.objective,
        "position": place,
        "origin": area.id,
    }
    settings = _settings(entity, said)
    for number, one in enumerate(carried, 1):
        settings += _activity(replica, id, one, number)
    return settings


def _activity(replica: Replica, area: str, carried: Carried, place: int) -> list[Setting]:
    """Words, period and who leads go over; what was reached, and the day that it was due, do not."""
    one, id = carried.activity, replica.new_id()
    said: dict[str, object] = {
        "area": area,
        "code": one.row.code,
        "title": one.row.title,
        "position": place,
        "period": one.row.period.value,
        "participants": one.participants,
        "place": one.place,
        "resources": one.resources,
        "funder": one.funder,
        "lead": one.row.lead,
        "co_leads": list(one.co_leads) or None,
        "units_planned": carried.units_left or None,
        "origin": one.row.id,
    }
    settings = _settings(f"activity/{id}", said)
    done = one.row.status is Status.DONE
    for number, product in enumerate((p for p in one.products if done or not p.delivered), 1):
        settings += _settings(f"product/{replica.new_id()}", {"activity": id, "text": product.text, "position": number})
    return settings


def _settings(entity: str, said: dict[str, object]) -> list[Setting]:
    """What is said of an entity; nothing of what is empty."""
    return [(entity, field, value) for field, value in said.items() if value is not None]  # type: ignore[misc]
