"""What each function in the network writes in a plan that was approved: pure rules.

They bind one's own hand and nobody else's: what others wrote counts whatever their function, and is marked where it
goes beyond (decision 30). Everybody writes status, notes, evidence and the rest of the follow-up.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from gealc_tui.domain.vocabulary import Role


class Right(StrEnum):
    """What not everybody writes."""

    STRUCTURE = "structure"
    """What the plan says: titles, products, periods, areas, what is added or withdrawn."""
    LEADS = "leads"
    """Who leads; who takes the minutes of an open meeting writes it too."""
    STATE = "state"
    """Whether the plan is a draft, approved or closed, and its periods."""


_THERE = frozenset({"deleted", "deleted_seen", "withdrawn"})
"""Fields that say whether something is in the plan."""

STRUCTURAL: Mapping[str, frozenset[str]] = {
    "plan": frozenset({"title", "year", "body", "preamble"}) | _THERE,
    "area": frozenset({"plan", "code", "title", "objective", "order"}) | _THERE,
    "activity": frozenset({"area", "code", "title", "period", "order"}) | _THERE,
    "product": frozenset({"activity", "text", "order"}) | _THERE,
}
"""The fields of each kind that make up what an approved plan says."""

_LEADS = frozenset({("activity", "lead"), ("activity", "co_leads")})


def right_for(kind: str, field: str) -> Right | None:
    """The right that it takes to write a field of a kind; None: everybody writes it."""
    if field in STRUCTURAL.get(kind, ()):
        return Right.STRUCTURE
    if (kind, field) in _LEADS:
        return Right.LEADS
    return Right.STATE if (kind, field) == ("plan", "state") else None


def is_structural(kind: str, field: str) -> bool:
    """Whether a field makes up what an approved plan says."""
    return right_for(kind, field) is Right.STRUCTURE


def may(role: str | None, right: Right | None, *, takes_minutes: bool) -> bool:
    """Whether somebody of a function (a `Role`) has a right; `takes_minutes`: of a meeting that is open now."""
    return right is None or role == Role.SECRETARIAT or (right is Right.LEADS and takes_minutes)
