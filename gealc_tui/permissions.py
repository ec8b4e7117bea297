"""What this copy's person may write now: a closed plan takes nothing, an approved one by one's function.

Promise: asked before a change is written, whatever command writes it; looks at nothing where no plan is approved or
closed. The rules are `domain.permissions`; the fold knows none of this (decision 30).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from gealc_tui import errors
from gealc_tui.domain.change import Value, kind_of, local_id
from gealc_tui.domain.permissions import Right, may, right_for
from gealc_tui.domain.vocabulary import MeetingState, PlanState, Role

if TYPE_CHECKING:
    from gealc_tui.store.queries import Queries

_HOLDERS: Mapping[str, tuple[str, str]] = {
    "area": ("plan", "plan"),
    "activity": ("area", "area"),
    "product": ("activity", "activity"),
}
"""What each kind stands in: the field that says it, and the kind of that."""

_IN_A_PLAN = frozenset({"plan", "area", "activity", "product", "note"})


def check(read: Queries, own: str, settings: Sequence[tuple[str, str, Value]], *, turns_back: bool) -> None:
    """Raises PlanIsClosed and NotYourFunction if a person may not write this.

    `turns_back`: it sets one's own words back, or does them again, for which no function is asked.
    """
    if not any(kind_of(entity) in _IN_A_PLAN for entity, *_ in settings):
        return
    closed, approved = read.closed_plans(own), read.approved_plans()
    if not closed and not approved:
        return
    check = _Check(read, own, {(entity, field): value for entity, field, value in settings})
    for entity, field, _ in settings:
        plan = check.plan_of(entity)
        if plan in closed:
            check.closed(plan, entity, field)
        if plan in approved and not turns_back:
            check.function(entity, field)


class _Check:
    def __init__(self, read: Queries, own: str, said: Mapping[tuple[str, str], Value]) -> None:
        self._read = read
        self._said = said
        person = read.person(own)
        self._role = person[2] if person is not None else None
        self._own = own
        self._plans: dict[str, str | None] = {}

    def closed(self, plan: str | None, entity: str, field: str) -> None:
        is_note = kind_of(entity) == "note" and self._role == Role.SECRETARIAT
        if not is_note and (kind_of(entity), field) != ("plan", "state"):
            raise errors.PlanIsClosed(plan=self._read.plan_called(plan or ""))

    def function(self, entity: str, field: str) -> None:
        right = right_for(kind_of(entity), field)
        if right is not None and not may(self._role, right, takes_minutes=self._takes_minutes()):
            raise errors.NotYourFunction(kind=kind_of(entity), field=field, what=self._what(entity), right=right)

    def plan_of(self, entity: str) -> str | None:
        """The plan in which an entity stands, by what is to be written, else as it is known."""
        if entity not in self._plans:
            self._plans[entity] = self._find_plan(entity)
        return self._plans[entity]

    def _find_plan(self, entity: str) -> str | None:
        kind = kind_of(entity)
        if kind == "plan":
            return local_id(entity)
        if kind == "note":
            about = self._said.get((entity, "about"))
            return self.plan_of(about) if isinstance(about, str) and about != entity else self._read.plan_of(entity)
        known = self._read.plan_of(entity)
        if kind in _HOLDERS and known is None:
            field, holder = _HOLDERS[kind]
            inside = self._said.get((entity, field))
            return self.plan_of(f"{holder}/{inside}") if isinstance(inside, str) else None
        return known

    def _what(self, entity: str) -> str:
        code = self._said.get((entity, "code"))
        return code if isinstance(code, str) else self._read.title_of(entity)

    def _takes_minutes(self) -> bool:
        return any(one.state is MeetingState.OPEN and one.author.replica == self._own for one in self._read.meetings())


def require(read: Queries, own: str | None, plan: str, right: Right) -> None:
    """For what is written beside the plan itself (moments, late words). Raises PlanIsClosed and NotYourFunction."""
    if plan in read.closed_plans(own):
        raise errors.PlanIsClosed(plan=read.plan_called(plan))
    person = read.person(own) if own is not None else None
    if is_bound(read, plan) and not may(person[2] if person is not None else None, right, takes_minutes=False):
        raise errors.NotYourFunction(kind="plan", field="state", what=read.plan_called(plan), right=right)


def is_bound(read: Queries, plan: str | None) -> bool:
    """Whether functions bind in a plan: somebody approved it."""
    return plan is not None and plan in read.approved_plans()


def state_of(read: Queries, plan: str) -> PlanState:
    """How far a plan is. Raises PlanUnknown."""
    found = next((one for one in read.plans() if one.id == plan), None)
    if found is None:
        raise errors.PlanUnknown(ref=plan)
    return PlanState(found.state)
