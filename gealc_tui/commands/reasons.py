"""Why the structure of a plan is changed, and whether that is done or only proposed.

A reason is an amendment of the plan, `amendment/<id>`, written in the same change as the edits that it explains.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from gealc_tui.commands import proposals
from gealc_tui.commands.fields import clean, line
from gealc_tui.commands.meeting_looking import meeting_id
from gealc_tui.domain.change import kind_of, local_id
from gealc_tui.domain.permissions import is_structural
from gealc_tui.permissions import is_bound
from gealc_tui.replica import Committed, Replica, Setting


class Why(NamedTuple):
    """Why the structure is changed; all may be left out."""

    reason: str = ""
    meeting: str | None = None
    """The id of the meeting that decided it."""
    proposes: bool = False
    """It is not done: the Secretariat is asked for it."""


NO_REASON = Why()


def write(replica: Replica, settings: Sequence[Setting], plan: str | None, why: Why) -> Committed:
    """Writes edits of a plan (its id) with their reason, also where it stands so already; or proposes them.

    Raises NotFound for a meeting, ReasonMissing, PlanIsClosed, NotYourFunction.
    """
    if plan is not None and why.proposes:
        return proposals.make(replica, plan, settings, why.reason)[1]
    said = amendment(replica, plan, why) if plan is not None else []
    committed = replica.commit([*settings, *said], restate=True)
    assert committed is not None, "what is restated is always written"
    return committed


def amendment(replica: Replica, plan: str, why: Why) -> list[Setting]:
    """What says why the structure of a plan is changed; nothing, if nobody says it. Raises NotFound."""
    reason, meeting = line("reason", clean(why.reason)), meeting_id(replica, why.meeting)
    if not reason and meeting is None:
        return []
    entity = f"amendment/{replica.new_id()}"
    said: list[Setting] = [(entity, "plan", plan), (entity, "reason", reason)]
    return [*said, (entity, "meeting", meeting)] if meeting is not None else said


def proposal_in(committed: Committed) -> str | None:
    """The id of the proposal that a change made; None if it made none."""
    return next(
        (local_id(entity) for entity, field, *_ in committed.edits if proposals.is_made_by(entity, field)), None
    )


def lacks(replica: Replica, committed: Committed | None) -> bool:
    """Whether a change altered the structure of an approved plan, and does not say why."""
    if committed is None or any(kind_of(entity) == "amendment" for entity, *_ in committed.edits):
        return False
    if any(field == "withdrawn" and value and value[0] for _, field, _, value in committed.edits):  # type: ignore[index]
        return False
    return any(
        is_structural(kind_of(entity), field) and is_bound(replica.read, plan_of(replica, entity))
        for entity, field, *_ in committed.edits
    )


def plan_of(replica: Replica, entity: str) -> str | None:
    """The id of the plan that an entity is, or belongs to."""
    return local_id(entity) if kind_of(entity) == "plan" else replica.read.plan_of(entity)
