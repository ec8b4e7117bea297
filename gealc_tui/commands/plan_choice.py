"""Choosing the plan in view: which there are, and which is worth offering.

Apart from `commands.plans`, which reads documents: the first screen asks here.
"""

from __future__ import annotations

from typing import NamedTuple

from gealc_tui.domain.plans import PlanFacts, of_year
from gealc_tui.domain.readings import Author
from gealc_tui.replica import Replica


class Listed(NamedTuple):
    """A plan as it is offered to be chosen."""

    plan: PlanFacts
    activities: int
    in_view: bool
    withdrawn_by: Author | None


class Offer(NamedTuple):
    """A plan that somebody might want to look at now, and why: its year has begun, or it has arrived."""

    year: int
    has_begun: bool


def listed(replica: Replica) -> tuple[Listed, ...]:
    """All plans, the newest year first, the withdrawn ones last."""
    read, in_view = replica.read, replica.plan
    counts = read.activities_of_each()
    return tuple(
        Listed(
            one,
            counts.get(one.id, 0),
            one.id == in_view,
            read.withdrawn_by(one.id) if one.is_withdrawn else None,
        )
        for one in read.plans()
    )


def use(replica: Replica, ref: str) -> str:
    """Looks at another plan, by its year or its id, from now on; returns its id.

    Raises PlanUnknown and PlanIsAmbiguous.
    """
    plan = replica.read.plan_meant(ref)
    replica.view_plan(plan)
    return plan


def offer(replica: Replica) -> Offer | None:
    """What the header offers until somebody has looked at the list of plans; None: nothing."""
    known, seen, in_view = replica.read.plans(), replica.plans_seen(), replica.plan
    now = next((one for one in known if one.id == in_view), None)
    if now is None or seen is None or len(known) == 1:
        return None
    ids, last = seen
    this_year = replica.today.year
    if last < this_year and now.year < this_year and of_year(known, this_year):
        return Offer(this_year, has_begun=True)
    arrived = [one for one in known if one.id not in ids and one.id != in_view and not one.is_withdrawn]
    return Offer(arrived[0].year, has_begun=False) if arrived else None
