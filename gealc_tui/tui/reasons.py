"""What an approved plan says is changed with its reason, or proposed: the line that asks for it.

Where nothing binds, nothing is asked. Whoever may change it may leave the reason empty; whoever may not proposes it,
and must say why.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from gealc_tui import errors
from gealc_tui.commands import deletion, proposals, reasons
from gealc_tui.commands.reasons import NO_REASON, Why
from gealc_tui.domain.change import kind_of
from gealc_tui.domain.permissions import Right, right_for
from gealc_tui.i18n import t
from gealc_tui.permissions import is_bound
from gealc_tui.replica import Committed, Replica
from gealc_tui.tui.open_meeting import open_meeting
from gealc_tui.tui.screens.asking import LineScreen
from gealc_tui.tui.screens.base import ReplicaScreen


def with_reason(screen: ReplicaScreen[Any], plan: str | None, act: Callable[[Why], None]) -> None:
    """Does something to the structure of a plan (its id) once its reason is known; at once, if none is asked for."""
    replica = screen.replica
    if not is_bound(replica.read, plan):
        act(NO_REASON)
        return
    meeting = open_meeting(replica)
    proposes = not proposals.may_decide(replica, plan)

    def given(reason: str | None) -> None:
        if reason is not None:
            act(Why(reason, meeting.id if meeting is not None and not proposes else None, proposes))

    title = (
        t("El plan está aprobado. Su motivo, para proponerlo a la Secretaría Técnica")
        if proposes
        else t("El plan está aprobado. Motivo del cambio (vacío: sin motivo)")
    )
    screen.app.push_screen(LineScreen(title, required if proposes else deletion.read_reason), given)


def asks(replica: Replica, entity: str, field: str) -> bool:
    """Whether a field belongs to what an approved plan says: then it is changed with its reason."""
    right = right_for(kind_of(entity), field)
    if right is None or not is_bound(replica.read, reasons.plan_of(replica, entity)):
        return False
    may_lead = right is Right.LEADS and open_meeting(replica) is not None
    return right is Right.STRUCTURE or not (may_lead or proposals.may_decide(replica, reasons.plan_of(replica, entity)))


def proposed_line(committed: Committed | None) -> str | None:
    """What is told of a change that only proposes; None for others."""
    if committed is None or reasons.proposal_in(committed) is None:
        return None
    return t("Propuesto: espera a la Secretaría Técnica. Con F4 se ve; u lo retira.")


def required(text: str) -> str:
    """A reason that says something. Raises ReasonMissing, and what `deletion.read_reason` raises."""
    if not text.strip():
        raise errors.ReasonMissing()
    return deletion.read_reason(text)
