"""Which of several plans is meant: by a year, or when nobody has chosen one.

Pure rules over a few facts of each plan, the same for screens, command line and reports. What a copy has chosen is
`Replica.plan`. A withdrawn plan is never chosen by a rule, unless
there is no other; only its own id names it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from gealc_tui.domain.vocabulary import PlanState

_APPROVED = (PlanState.APPROVED.value, PlanState.CLOSED.value)


class PlanFacts(NamedTuple):
    """What tells plans apart."""

    id: str
    year: int
    title: str
    body: str | None
    """Whose plan it is; None: the network's annual plan."""
    state: str
    """A `PlanState`."""
    is_withdrawn: bool = False
    is_hidden: bool = False
    """Withdrawn, and nothing lives in it any more."""

    @property
    def is_approved(self) -> bool:
        """Whether somebody approved it, now or long ago."""
        return self.state in _APPROVED

    @property
    def rank(self) -> tuple[bool, bool]:
        """The network's plan before a group's, an approved one before a draft: smaller is better."""
        return self.body is not None, not self.is_approved


def in_order(plans: Iterable[PlanFacts]) -> tuple[PlanFacts, ...]:
    """Newest year first, the withdrawn ones last."""
    return tuple(sorted(plans, key=lambda one: (one.is_withdrawn, -one.year, one.rank, one.id)))


def to_begin_with(plans: Iterable[PlanFacts], year: int) -> PlanFacts | None:
    """The plan that is shown where none was chosen: that of `year`; None if there is none, or all are gone.

    If that year has none: the last before it, so that no plan of a far year takes the screen; else the next after it.
    """
    known = [one for one in plans if not one.is_hidden]
    # What still lives in a withdrawn plan is looked at in it, where there is no other.
    living = [one for one in known if not one.is_withdrawn] or known
    return min(living, key=lambda one: (one.year > year, abs(one.year - year), one.rank, one.id), default=None)


def of_year(plans: Iterable[PlanFacts], year: int) -> tuple[PlanFacts, ...]:
    """The plans that a year may mean: one, or several between which nothing decides; those withdrawn never."""
    found = [one for one in plans if one.year == year and not one.is_withdrawn]
    best = min((one.rank for one in found), default=None)
    return tuple(sorted((one for one in found if one.rank == best), key=lambda one: one.id))


def before(plans: Iterable[PlanFacts], plan: PlanFacts) -> PlanFacts | None:
    """The previous plan of the same body; of several of one year an approved one, then by id."""
    earlier = [one for one in plans if one.body == plan.body and one.year < plan.year and not one.is_withdrawn]
    return min(earlier, key=lambda one: (-one.year, one.rank, one.id), default=None)


def year_in(text: str) -> int | None:
    """The year that a text is; None if it is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 7 else None
