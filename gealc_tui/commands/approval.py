"""A plan from its draft to its closed year: proposed, approved, closed, reopened; and its baseline.

An approval is a moment (`domain.moment`): several are possible, and none is overwritten. The baseline is what changes
of a plan are compared with: the last approval by somebody on whom this copy relies as Secretariat, itself if it is
that; without such a one the last by anybody, which is said; without any, the official document.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from gealc_tui import errors
from gealc_tui.commands.fields import clean, line, read_day
from gealc_tui.commands.meeting_looking import meeting_id
from gealc_tui.domain.days import Toward
from gealc_tui.domain.moment import HeldRun, Moment, MomentDraft, MomentKind
from gealc_tui.domain.readings import NOWHERE, Author
from gealc_tui.domain.vocabulary import PlanState, Role
from gealc_tui.permissions import state_of
from gealc_tui.replica import Committed, Replica, Setting
from gealc_tui.reports.comparison import Approval

if TYPE_CHECKING:
    from gealc_tui.store.as_of import Stood

_FROM = {
    "propose": (PlanState.DRAFT,),
    "approve": (PlanState.DRAFT, PlanState.FOR_APPROVAL, PlanState.APPROVED),
    "close": (PlanState.APPROVED,),
    "reopen": (PlanState.CLOSED, PlanState.FOR_APPROVAL),
}
"""From which states each of these is possible."""


class Baseline(NamedTuple):
    """With what a plan is compared."""

    plan: str
    moment: Moment | None
    """None: the official document."""
    author: Author | None
    is_relied_on: bool
    """Whether it was approved by somebody on whom this copy relies for that; of a document always."""
    runs: tuple[HeldRun, ...]


# --- from state to state -----------------------------------------------------------------------------------------


def propose(replica: Replica, ref: str | None = None) -> Committed:
    """Offers a draft for approval. Raises NoPlan, PlanUnknown, PlanIsNotThere, NotYourFunction."""
    plan = _plan(replica, ref, "propose")
    return _written(replica, plan, PlanState.FOR_APPROVAL)


def approve(
    replica: Replica, ref: str | None = None, *, meeting: str | None = None, day: str | None = None
) -> Committed:
    """Says that a plan was approved: by which meeting (its id), on which day (today, if nothing is said).

    What is held just now is what was approved. Raises what `propose` raises, NotFound for a meeting, ValueRefused.
    """
    plan = _plan(replica, ref, "approve")
    on = read_day(day, "day", replica.today, Toward.BEHIND).isoformat() if day else replica.today.isoformat()
    draft = MomentDraft(MomentKind.APPROVAL, plan, on, meeting_id(replica, meeting))
    return _written(replica, plan, PlanState.APPROVED, moment=draft)


def close(replica: Replica, ref: str | None = None) -> Committed:
    """Closes an approved plan: it takes nothing more but notes of the Secretariat. Raises what `propose` raises."""
    return _written(replica, _plan(replica, ref, "close"), PlanState.CLOSED)


def reopen(replica: Replica, ref: str | None, reason: str, *, meeting: str | None = None) -> Committed:
    """Goes on with a closed plan, or takes one that was offered for approval back, for a reason.

    Raises what `propose` raises, and ReasonMissing.
    """
    plan = _plan(replica, ref, "reopen")
    said = line("reason", clean(reason))
    if not said:
        raise errors.ReasonMissing()
    to = PlanState.APPROVED if state_of(replica.read, plan) is PlanState.CLOSED else PlanState.DRAFT
    entity = f"amendment/{replica.new_id()}"
    why: list[Setting] = [(entity, "plan", plan), (entity, "reason", said)]
    if (by := meeting_id(replica, meeting)) is not None:
        why.append((entity, "meeting", by))
    return _written(replica, plan, to, why)


def possible(state: PlanState) -> tuple[str, ...]:
    """What can be done with a plan in a state: propose, approve, close, reopen."""
    return tuple(way for way, states in _FROM.items() if state in states)


def _written(
    replica: Replica, plan: str, state: PlanState, why: Sequence[Setting] = (), moment: MomentDraft | None = None
) -> Committed:
    committed = replica.commit([(f"plan/{plan}", "state", state.value), *why], restate=True, moment=moment)
    assert committed is not None, "what is restated is always written"
    return committed


def _plan(replica: Replica, ref: str | None, wanted: str) -> str:
    plan = plan_meant(replica, ref)
    state = state_of(replica.read, plan)
    if state not in _FROM[wanted]:
        raise errors.PlanIsNotThere(plan=replica.read.plan_called(plan), state=state.value, wanted=wanted)
    return plan


def plan_meant(replica: Replica, ref: str | None) -> str:
    """The plan of a year or id, without one that in view. Raises NoPlan, PlanUnknown, PlanIsAmbiguous."""
    if ref is not None:
        return replica.read.plan_meant(clean(ref))
    if not replica.plan or replica.plan == NOWHERE:
        raise errors.NoPlan()
    return replica.plan


# --- the baseline ------------------------------------------------------------------------------------------------


def moments(replica: Replica, plan: str) -> tuple[Moment, ...]:
    """All that can be looked at again of a plan, the latest first: approvals, closings of meetings and of periods."""
    return tuple(one for one in replica.read.moments() if one.plan == plan)


def baseline(replica: Replica, plan: str) -> Baseline | None:
    """With what a plan is compared; None if nobody approved it and no document is behind it."""
    approvals = replica.read.moments_of(plan, MomentKind.APPROVAL)
    if approvals:
        relied_on = secretariats(replica)
        chosen = next((one for one in approvals if one.author in relied_on), None)
        moment = chosen or approvals[0]
        return Baseline(plan, moment, replica.read.author(moment.author), chosen is not None, moment.runs)
    runs = replica.read.document_runs(plan)
    return Baseline(plan, None, None, True, runs) if runs else None


def secretariats(replica: Replica) -> frozenset[str]:
    """Those on whom this copy relies as Secretariat, with whom they go on as; itself, if its person is that."""
    own = replica.id
    person = replica.read.person(own) if own is not None else None
    found = replica.relied_on_as(Role.SECRETARIAT)
    return found | {own} if own is not None and person is not None and person[2] == Role.SECRETARIAT else found


def stood(replica: Replica, found: Baseline) -> Stood:
    """The plan as it was at its baseline. Raises Stopped."""
    return replica.as_of(found.moment) if found.moment is not None else replica.as_of_runs(found.runs)


def approval_of(replica: Replica, found: Baseline) -> Approval:
    """A baseline as `reports.comparison` judges by it."""
    held = replica.read.among(found.runs)
    if found.moment is None:
        return Approval(held, None, None)
    own = replica.read.among([found.moment.own_run]).numbers
    return Approval(held, own[0][0] if own else None, found.moment.placed)
