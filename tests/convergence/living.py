"""The life of a plan, at several copies at once: approved, proposed to, accepted here and declined there, closed.

Who may not do something is refused, and nothing is written. At the end all copies list the same amendments, proposals,
late words and differences from each approval, whatever came first.
"""

from __future__ import annotations

from hypothesis import strategies as st

from gealc_tui import errors
from gealc_tui.commands import approval, comparing, periods, proposals
from gealc_tui.domain.moment import MomentKind
from gealc_tui.domain.vocabulary import Period, ProposalState
from gealc_tui.replica import Committed, Replica

from .copies import Copy
from .structure import Structure
from .world import SEEN, does, pick, who
from .writing import activity, text

PLAN = "2019"
REFUSED = (errors.NotYourFunction, errors.PlanIsClosed)


class Living(Structure):
    """The rules of a plan's life."""

    @does(number=who)
    def become_the_secretariat(self, number: int) -> None:
        self.write(self.copy(number), lambda one: one.introduce("Secretaría", "OAS", "secretariat"))

    @does(number=who)
    def approve_the_plan(self, number: int) -> None:
        copy = self.copy(number)
        if self._has_plan(copy) and self.write(
            copy, lambda one: approval.approve(one, PLAN), *REFUSED, errors.PlanIsNotThere
        ):
            SEEN["plans approved"] += 1

    @does(number=who, activity=activity, text=text)
    def propose_a_title(self, number: int, activity: str, text: str) -> None:
        def propose(one: Replica) -> Committed:
            return proposals.propose(one, f"activity/{activity}", "title", text, "motivo")[1]

        refusals = (*REFUSED, errors.AlreadySo, errors.ValueRefused, errors.NotFound)
        if self.write(self.copy(number), propose, *refusals):
            SEEN["proposals made"] += 1

    @does(number=who, which=pick, accepts=st.booleans())
    def decide(self, number: int, which: int, accepts: bool) -> None:
        copy = self.copy(number)
        found = [one for one in copy.replica.read.proposals() if one.state is ProposalState.OPEN]
        if not found:
            return
        id = found[which % len(found)].id
        act = proposals.accept if accepts else proposals.decline
        refusals = (*REFUSED, errors.ProposalUnusable, errors.ProposalUnknown)
        if self.write(copy, lambda one: act(one, id), *refusals):
            SEEN["proposals accepted" if accepts else "proposals declined"] += 1

    @does(number=who)
    def close_a_half_year(self, number: int) -> None:
        copy = self.copy(number)
        if self._has_plan(copy) and self.write(
            copy, lambda one: periods.close(one, Period.S2, PLAN), *REFUSED, errors.PeriodIsClosed
        ):
            SEEN["half-years closed"] += 1

    @does(number=who)
    def reopen_a_half_year(self, number: int) -> None:
        copy = self.copy(number)
        if self._has_plan(copy):
            self.write(copy, lambda one: periods.reopen(one, Period.S2, PLAN), *REFUSED, errors.PeriodIsOpen)

    @does(number=who, which=pick, counts=st.booleans())
    def judge_what_came_late(self, number: int, which: int, counts: bool) -> None:
        copy = self.copy(number)
        found = periods.late(copy.replica, PLAN) if self._has_plan(copy) else ()
        if found:
            change = found[which % len(found)].change
            act = periods.count if counts else periods.leave
            if self.write(copy, lambda one: act(one, change, PLAN), *REFUSED):
                SEEN["late words judged"] += 1

    def _has_plan(self, copy: Copy) -> bool:
        return any(one.id == PLAN and not one.is_withdrawn for one in copy.replica.read.plans())


def told_of_life(copy: Copy) -> dict[str, object]:
    """What is listed of a plan's life, without what each copy judges for itself."""
    replica = copy.replica
    if not replica.read.has_plan(PLAN):
        return {}
    found: dict[str, object] = {
        "amendments": [one._replace(changes=()) for one in replica.read.amendments(PLAN)],
        "proposals": replica.read.proposals(),
        "late": periods.late(replica, PLAN),
    }
    for moment in replica.read.moments_of(PLAN, MomentKind.APPROVAL):
        try:
            compared = comparing.compared(replica, PLAN, moment.id)
        except errors.MomentUnknown:
            continue  # several changes wrote its registers
        found[f"compared with {moment.id}"] = [one._replace(explained=None) for one in compared.differences]  # type: ignore[arg-type]
    return found
