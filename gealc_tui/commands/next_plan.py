"""A new plan: from nothing, or from what an earlier one leaves to be done.

Promise: what is carried over is what `reports.outlook` shows, and nothing else. The earlier plan stays as it is; each
area and activity names the one that it continues. The new plan is a draft with ids of its own, so that two people who
make the plan of the same year at the same time have two drafts, both to be seen.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from gealc_tui import errors
from gealc_tui.commands.fields import clean, line
from gealc_tui.domain.plans import year_in
from gealc_tui.domain.readings import AreaRow
from gealc_tui.domain.vocabulary import PlanState, Status
from gealc_tui.i18n import t
from gealc_tui.replica import Committed, Replica, Setting
from gealc_tui.reports.outlook import Carried, Outlook, outlook


class NewPlan(NamedTuple):
    """A plan that was made: its id, what it carried, and the change."""

    plan: str
    outlook: Outlook
    committed: Committed


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
    found = Outlook((), (), ())
    if source is not None:
        found = outlook(replica.read, source, replica.today, recurring=recurring)
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
