"""Comparing a plan with its baseline, a moment, a day, or the plan of another year; and why it was changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from gealc_tui import errors
from gealc_tui.commands import approval, deletion, looking_back, reasons
from gealc_tui.commands.looking_back import BASELINE
from gealc_tui.commands.reasons import Why
from gealc_tui.domain.change import kind_of
from gealc_tui.domain.plan_changes import Amended, ChangeKind, Explained, PlanDifference
from gealc_tui.domain.plans import year_in
from gealc_tui.domain.readings import EditReading
from gealc_tui.domain.visibility import DELETED
from gealc_tui.i18n import t
from gealc_tui.i18n.labels import day_label
from gealc_tui.i18n.naming import author_label
from gealc_tui.reports.comparison import Side, compare

if TYPE_CHECKING:
    from gealc_tui.commands.approval import Baseline
    from gealc_tui.commands.looking_back import Past
    from gealc_tui.replica import Committed, Replica


class Compared(NamedTuple):
    """A plan and what it is compared with, and how they differ."""

    plan: str
    baseline: Baseline | None
    """What it was compared with, if that was its baseline …"""
    past: Past | None
    """… or another moment or day, …"""
    other: str | None
    """… or another plan (its id)."""
    differences: tuple[PlanDifference, ...]


def compared(replica: Replica, plan: str, ref: str = BASELINE) -> Compared:
    """How a plan (its id) differs from what `ref` names: `baseline`, a moment, a year or another plan, a day.

    Raises NoBaseline, MomentUnknown, DayUnknown, PlanIsAmbiguous, Stopped.
    """
    read, ref = replica.read, ref.strip()
    found = approval.baseline(replica, plan)
    judge = approval.approval_of(replica, found) if found is not None else None
    if ref.lower() == BASELINE:
        if found is None:
            raise errors.NoBaseline(plan=replica.read.plan_called(plan))
        then = approval.stood(replica, found).read
        return Compared(plan, found, None, None, compare(Side(read, plan), Side(then, plan), judge))
    if (other := _plan(replica, ref)) is not None:
        return Compared(plan, None, None, other, compare(Side(read, plan), Side(read, other)))
    past = looking_back.past(replica, ref)
    return Compared(plan, None, past, None, compare(Side(read, plan), Side(past.stood.read, plan), judge))


def told_with(replica: Replica, found: Compared) -> str:
    """With what a plan was compared, as a sentence."""
    if found.other is not None:
        return t("Comparado con: {plan}.", plan=replica.read.plan_called(found.other))
    if found.past is not None:
        day = day_label(found.past.day.isoformat()) if found.past.day is not None else "—"
        return t("Comparado con el plan como estaba el {day}.", day=day)
    base = found.baseline
    if base is None or base.moment is None or base.author is None:
        return t("Comparado con el documento oficial.")
    day = day_label(base.moment.day) if base.moment.day is not None else "—"
    told = t("Comparado con el plan aprobado el {day}, según {who}.", day=day, who=author_label(base.author))
    return told if base.is_relied_on else f"{told} {not_relied_on()}"


def not_relied_on() -> str:
    """That a baseline is somebody's whom this copy does not know as the Secretariat."""
    return t(
        "Lo aprobó alguien a quien esta copia no reconoce como Secretaría Técnica; para reconocerla: gealc rely PERSONA"
        " --as secretariat"
    )


def _plan(replica: Replica, ref: str) -> str | None:
    """The plan of a year or an id; None if it is none."""
    if year_in(ref) is None and not any(one.id == ref for one in replica.read.plans()):
        return None
    return replica.read.plan_meant(ref)


def take_back(replica: Replica, one: PlanDifference, why: Why) -> Committed:
    """Sets what a plan says otherwise than its baseline back to what that says, as a change of its own, or proposes it.

    Raises what `reasons.write` raises, and NotFound for what is nowhere any more.
    """
    if one.kind is ChangeKind.ADDED:
        return deletion.withdraw(replica, one.entity, why.reason, meeting=why.meeting, proposes=why.proposes)
    if one.kind is ChangeKind.WITHDRAWN:
        return deletion.bring_back(replica, one.entity, why)
    assert one.field is not None, "what changed is a field"
    return reasons.write(replica, [(one.entity, one.field, one.before)], reasons.plan_of(replica, one.entity), why)


# --- why it was changed ------------------------------------------------------------------------------------------


def amendments(replica: Replica, plan: str) -> tuple[Amended, ...]:
    """Why a plan was changed, in the order in which it was; behind that what was changed since its baseline unsaid.

    What a change without a reason set, and nothing has replaced since, is told together. Raises Stopped.
    """
    found = approval.baseline(replica, plan)
    judge = approval.approval_of(replica, found) if found is not None else None
    told = [
        Amended(
            one.id, one.reason, one.meeting, one.author, one.at, Explained.AMENDED,
            judge is None or not all(n == judge.own or judge.held.hold(n) for n in one.changes), one.edits,
        )
        for one in replica.read.amendments(plan)
    ]  # fmt: skip
    if found is not None:
        told += unexplained(compared(replica, plan).differences)
    return tuple(told)


def unexplained(differences: tuple[PlanDifference, ...]) -> list[Amended]:
    """The changes of the structure for which nobody gave a reason, and those that arrived after the approval."""
    by_change: dict[str, list[PlanDifference]] = {}
    for one in differences:
        if one.explained in (Explained.UNEXPLAINED, Explained.LATE) and one.change is not None:
            by_change.setdefault(one.change, []).append(one)
    return [
        Amended(
            change, None, None, many[0].author, many[0].at or 0, many[0].explained, True,
            tuple(map(_edit, many)),
        )
        for change, many in sorted(by_change.items(), key=lambda pair: pair[1][0].at or 0)
    ]  # fmt: skip


def _edit(one: PlanDifference) -> EditReading:
    """A difference as an edit: what was added by its words, what was withdrawn as that."""
    if one.kind is ChangeKind.WITHDRAWN:
        return EditReading(one.entity, DELETED, False, True)
    words = "text" if kind_of(one.entity) == "product" else "title"
    return EditReading(one.entity, one.field or words, one.before, one.after)


def amendments_since(replica: Replica, plan: str) -> int:
    """How many amendments stand that the baseline does not hold. Cheap where there are none."""
    stands = replica.read.amending(plan)
    if not stands or (found := approval.baseline(replica, plan)) is None:
        return 0
    judge = approval.approval_of(replica, found)
    return sum(not all(n == judge.own or judge.held.hold(n) for n in changes) for changes in stands.values())
