"""Proposals: what people ask the Secretariat to change in a plan, and what becomes of it.

A proposal is edits that somebody may write later. Accepting writes them and the reason in one change, under an
amendment whose id is the proposal's, so that two who accept it have accepted it once. What is new bears the ids that
the proposal gave it, for the same reason.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from gealc_tui import errors
from gealc_tui.commands.fields import clean, line, parse
from gealc_tui.commands.meeting_looking import meeting_id
from gealc_tui.commands.naming import name_of
from gealc_tui.domain.change import Value, kind_of, local_id, same
from gealc_tui.domain.fields import field_of
from gealc_tui.domain.permissions import Right, is_structural, may
from gealc_tui.domain.proposals import DEEPEST, KIND, ProposalReading, ProposedEdit, depth, edits_value
from gealc_tui.domain.visibility import DELETED, SEEN, WITHDRAWN
from gealc_tui.domain.vocabulary import ProposalState
from gealc_tui.i18n import t
from gealc_tui.permissions import is_bound
from gealc_tui.replica import Committed, Replica, Setting


class Stands(NamedTuple):
    """An edit that is proposed, beside what stands now."""

    edit: ProposedEdit
    value: Value
    """What the register shows now."""
    has_changed: bool
    """Whether that is something else than what stood there when it was proposed."""


def propose(replica: Replica, ref: str, field: str, text: str, reason: str) -> tuple[str, Committed]:
    """Proposes another value for a field of an activity, area, product or plan; returns the proposal's id.

    Raises ReasonMissing, NotFound, what `fields.parse` raises, and AlreadySo if it stands so.
    """
    entity = replica.resolve(clean(ref))
    value = parse(kind_of(entity), field, text, replica.today)
    if same(replica.read.text_of(entity, field), value):
        raise errors.AlreadySo(kind=kind_of(entity), field=field, what=replica.read.title_of(entity))
    return make(replica, plan_of(replica, entity), [(entity, field, value)], reason)


def plan_of(replica: Replica, entity: str) -> str:
    """The plan to which something belongs. Raises NotFound."""
    plan = local_id(entity) if kind_of(entity) == "plan" else replica.read.plan_of(entity)
    if plan is None:
        raise errors.NotFound(ref=entity)
    return plan


def make(replica: Replica, plan: str, settings: Sequence[Setting], reason: str) -> tuple[str, Committed]:
    """Proposes edits of a plan (its id), for a reason; returns the proposal's id.

    Raises ReasonMissing, ValueTooDeep, NoIdentity, PlanIsClosed.
    """
    said = line("reason", clean(reason))
    if not said:
        raise errors.ReasonMissing()
    if plan in replica.read.closed_plans(replica.id):
        raise errors.PlanIsClosed(plan=replica.read.plan_called(plan))
    edits = edits_value(
        tuple(
            ProposedEdit(entity, field, value, replica.read.heads_of(entity, field))
            for entity, field, value in settings
        )
    )
    if depth(edits) > DEEPEST:
        raise errors.ValueTooDeep()
    id = replica.new_id()
    entity = f"{KIND}/{id}"
    committed = replica.commit([(entity, "plan", plan), (entity, "edits", edits), (entity, "reason", said)])
    assert committed is not None, "a proposal with a new id says something new"
    return id, committed


def is_made_by(entity: str, field: str) -> bool:
    """Whether an edit makes a proposal."""
    return (kind_of(entity), field) == (KIND, "edits")


def proposal(replica: Replica, ref: str) -> ProposalReading:
    """The one whose id begins so. Raises ProposalUnknown."""
    ref = clean(ref).strip().removeprefix(f"{KIND}/")
    found = [one for one in replica.read.proposals() if ref and one.id.startswith(ref)]
    if len(found) != 1:
        raise errors.ProposalUnknown(ref=ref)
    return found[0]


def stands(replica: Replica, one: ProposalReading) -> tuple[Stands, ...]:
    """Each edit of a proposal, beside what stands now."""
    return tuple(
        Stands(
            edit,
            replica.read.text_of(edit.entity, edit.field),
            set(replica.read.heads_of(edit.entity, edit.field)) != set(edit.seen),
        )
        for edit in one.edits
    )


def name_in(replica: Replica, one: ProposalReading, entity: str) -> str:
    """What people call something that a proposal is about; of what it would make, the code that it would have."""
    if replica.read.is_entity(entity):
        return name_of(replica, entity)
    codes = [str(edit.value) for edit in one.edits if (edit.entity, edit.field) == (entity, "code")]
    return codes[0] if codes else t("nuevo")


def accept(replica: Replica, ref: str, word: str = "", *, meeting: str | None = None) -> Committed:
    """Does what is proposed, and says why, in one change.

    Raises ProposalUnknown, ProposalIsSettled, NotYourFunction, PlanIsClosed, and ProposalUnusable if nothing in it
    could be done.
    """
    one = _open(replica, ref)
    _require(replica, one)
    settings: list[Setting] = [
        (edit.entity, edit.field, edit.value) for edit in one.edits if _is_possible(replica, one.plan, edit)
    ]
    if not settings:
        raise errors.ProposalUnusable(proposal=one.id)
    amendment = f"amendment/{KIND}-{one.id}"
    settings += [(amendment, "plan", one.plan), (amendment, "reason", one.reason)]
    if (by := meeting_id(replica, meeting)) is not None:
        settings.append((amendment, "meeting", by))
    return _settled(replica, one, ProposalState.ACCEPTED, word, settings)


def decline(replica: Replica, ref: str, word: str = "") -> Committed:
    """Says that it will not be done. Raises what `accept` raises."""
    one = _open(replica, ref)
    _require(replica, one)
    return _settled(replica, one, ProposalState.DECLINED, word)


def withdraw(replica: Replica, ref: str) -> Committed:
    """Takes back one's own proposal. Raises ProposalUnknown, ProposalIsSettled, ProposalIsNotYours."""
    one = _open(replica, ref)
    if one.author.replica != replica.id:
        raise errors.ProposalIsNotYours(proposal=one.id)
    return _settled(replica, one, ProposalState.WITHDRAWN, "")


def may_decide(replica: Replica, plan: str | None) -> bool:
    """Whether this copy's person accepts and declines what is proposed for a plan."""
    person = replica.read.person(replica.id) if replica.id is not None else None
    return not is_bound(replica.read, plan) or may(person[2] if person else None, Right.STRUCTURE, takes_minutes=False)


def _require(replica: Replica, one: ProposalReading) -> None:
    if not may_decide(replica, one.plan):
        raise errors.NotYourFunction(kind=KIND, field="state", what=one.id[:8], right=Right.STRUCTURE)


def _is_possible(replica: Replica, plan: str, edit: ProposedEdit) -> bool:
    """Whether an edit is of that plan, in sight, and its value fits: whoever proposed it may have written anything."""
    from gealc_tui.domain.entities import fits

    kind = kind_of(edit.entity)
    if not is_structural(kind, edit.field) and field_of(kind, edit.field) is None:
        return False
    known = local_id(edit.entity) if kind == "plan" else replica.read.plan_of(edit.entity)
    is_of_plan = known == plan or (known is None and not replica.read.is_entity(edit.entity))
    if edit.field in (SEEN, WITHDRAWN):
        return is_of_plan
    is_in_sight = edit.field == DELETED or not replica.read.is_hidden(edit.entity)
    return is_of_plan and is_in_sight and fits(kind, edit.field, edit.value)


def _settled(
    replica: Replica, one: ProposalReading, state: ProposalState, word: str, settings: Sequence[Setting] = ()
) -> Committed:
    said = line("word", clean(word))
    entity = f"{KIND}/{one.id}"
    words: list[Setting] = [(entity, "word", said)] if said else []
    committed = replica.commit([*settings, (entity, "state", state.value), *words], restate=True)
    assert committed is not None, "what is restated is always written"
    return committed


def _open(replica: Replica, ref: str) -> ProposalReading:
    one = proposal(replica, ref)
    if one.state is not ProposalState.OPEN:
        raise errors.ProposalIsSettled(proposal=one.id, state=one.state.value)
    return one
