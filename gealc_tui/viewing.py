"""Which plan a copy looks at, and which plans somebody could choose from.

The one place that decides it: questions take a plan's id as an argument, and commands hand them `Replica.plan`. The
choice is this copy's own and never travels.
"""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Self

from gealc_tui import errors
from gealc_tui.authoring import Authoring
from gealc_tui.domain import plans
from gealc_tui.domain.readings import NOWHERE, EntityName
from gealc_tui.store import log

PLAN = "plan"
"""The setting that holds the id of the plan in view."""

PLANS_SEEN = "plans_seen"
"""The setting that tells which plans were there to choose from when somebody last chose, and in which year."""


class Viewing(Authoring):
    """A copy with a plan in view."""

    _plan_for_now: str | None = None

    @property
    def plan(self) -> str | None:
        """The id of the plan in view; None while there is no plan.

        It is the one that was chosen, whatever arrived since and whatever year it is; with none chosen, the one that
        `domain.plans.to_begin_with` says.
        """
        chosen = self._plan_for_now or self.setting(PLAN)
        return chosen if chosen and self.read.has_plan(chosen) else self._plan_to_begin_with()

    def _plan_to_begin_with(self) -> str | None:
        first = plans.to_begin_with(self.read.plans(), self.today.year)
        if first is None:
            return NOWHERE if self.read.has_lost() else None
        return first.id

    def view_plan(self, plan: str, *, for_now: bool = False) -> None:
        """Chooses the plan in view by its id: from now on, or `for_now` as long as this replica is open."""
        self._plan_for_now = plan if for_now else None
        if not for_now:
            with self._db.transaction():
                self.set_setting(PLAN, plan)
                self.note_plans_seen()

    def view_named(self, ref: str | None) -> None:
        """Looks at the plan of a year or an id as long as this replica is open; None: at the one in view.

        Raises PlanUnknown and PlanIsAmbiguous.
        """
        if ref is not None:
            self.view_plan(self.read.plan_meant(ref), for_now=True)

    def remember_plan(self) -> None:
        """Chooses the plan that is in view, if none was chosen yet: nothing that arrives, and no new year, changes it.

        For each start, and after whatever may have brought the first plan. Waits for nobody: where it cannot be
        written down now, the next start does it.
        """
        with suppress(errors.DatabaseError):
            if not self.setting(PLAN) and (plan := self._plan_to_begin_with()):
                with self._db.without_waiting(), self._db.transaction():
                    self.set_setting(PLAN, plan)
                    self.note_plans_seen()

    def plans_seen(self) -> tuple[frozenset[str], int] | None:
        """The ids of the plans among which somebody could choose last, and the year in which; None: nobody could."""
        said = json.loads(self.setting(PLANS_SEEN) or "null")
        return None if said is None else (frozenset(said["plans"]), said["year"])

    def note_plans_seen(self) -> None:
        """Notes that all plans that are here were seen, in the year that it is."""
        seen = {"plans": [one.id for one in self.read.plans()], "year": self.today.year}
        self.set_setting(PLANS_SEEN, json.dumps(seen))

    def remove_plan(self, plan: str) -> None:
        """Takes an official document (by its plan's id) out of this copy again. Raises PlanCannotGo."""
        from gealc_tui.store import removal

        with self._db.transaction():
            genesis = log.genesis_of(self._db, f"plan/{plan}")
            if genesis is None or genesis not in self._imported():
                raise errors.PlanCannotGo(plan=plan, reason="left")
            is_held = any(run.replica == genesis for moment in self.read.moments() for run in moment.runs)
            if is_held or any(removal.is_written_about(self._db, number) for number in log.numbers(self._db, genesis)):
                raise errors.PlanCannotGo(plan=plan, reason="written")
            removal.remove(self._db, genesis)
            if self.setting(PLAN) == plan:
                self.set_setting(PLAN, "")

    def resolve(self, ref: str) -> str:
        """The entity that a person means by a reference, a bare code being one of the plan in view.

        Raises NotFound, CodeIsAmbiguous, ReferenceIsAmbiguous and PlanIsAmbiguous.
        """
        return self.read.resolve(ref, None if self.read.is_entity(ref) else self.plan)

    def name_of(self, entity: str) -> EntityName:
        """The facts of an entity's name; the code has the year before it, if that is in another plan than in view."""
        name, plan = self.read.entity_name(entity), self.read.plan_of(entity)
        if not name.code or plan in (None, self.plan):
            return name
        return name._replace(code=f"{next(one.year for one in self.read.plans() if one.id == plan)}/{name.code}")

    def another(self) -> Self:
        """The same copy for another thread, with the same plan in view."""
        other = super().another()
        other._plan_for_now = self._plan_for_now
        return other
