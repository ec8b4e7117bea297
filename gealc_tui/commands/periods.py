"""Half-years are closed and reopened, and what comes after that is counted or left.

A closing is a moment (`domain.moment`) of kind `period`. *Late* is what no standing closing of a period holds, about
an activity that was of that period then; year-round activities belong to the second half. What the Secretariat says of
a late change is one register, `late/<plan>/<period>/<change>`, field `state`, independent of which closing it was.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import NamedTuple

from gealc_tui import errors
from gealc_tui.commands.approval import plan_meant
from gealc_tui.commands.fields import clean, read_day
from gealc_tui.commands.meeting_looking import meeting_id
from gealc_tui.domain.change import Value, kind_of
from gealc_tui.domain.days import Toward
from gealc_tui.domain.fields import told
from gealc_tui.domain.moment import WITHDRAWN, Moment, MomentDraft, MomentKind
from gealc_tui.domain.permissions import Right
from gealc_tui.domain.readings import Author
from gealc_tui.domain.vocabulary import Period
from gealc_tui.permissions import require
from gealc_tui.replica import Committed, Replica, Setting
from gealc_tui.store.as_of import Stood

KIND = "late"
STATE = "state"


class LateState(StrEnum):
    """What the Secretariat says of a change that came after a period was closed."""

    OPEN = "open"
    COUNTED = "counted"
    LEFT = "left"


class Late(NamedTuple):
    """An edit about an activity of a closed period, that no closing of it holds."""

    change: str
    """The id of the change that holds it."""
    period: Period
    activity: str
    entity: str
    code: str
    field: str
    before: Value
    value: Value
    author: Author
    at: int
    state: LateState


def read_period(text: str) -> Period:
    """`S1`, `S2`, or what they are called. Raises ValueRefused."""
    from gealc_tui.i18n.spellings import read_code

    found = read_code(text, Period)
    if found not in (Period.S1, Period.S2):
        raise errors.ValueRefused(field="period", value=text, expected="half")
    return found


def close(
    replica: Replica, period: Period, ref: str | None = None, *, meeting: str | None = None, day: str | None = None
) -> Committed:
    """Closes a half-year of a plan, as it stands now. Raises NoPlan, PlanUnknown, PeriodIsClosed, NotYourFunction."""
    plan = plan_meant(replica, ref)
    require(replica.read, replica.id, plan, Right.STATE)
    if closings(replica, plan, period):
        raise errors.PeriodIsClosed(period=period)
    on = read_day(day, "day", replica.today, Toward.BEHIND).isoformat() if day else replica.today.isoformat()
    draft = MomentDraft(MomentKind.PERIOD, plan, on, meeting_id(replica, meeting), period.value)
    committed = replica.commit([], moment=draft)
    assert committed is not None, "a moment always says something"
    return committed


def reopen(replica: Replica, period: Period, ref: str | None = None) -> Committed:
    """Takes back every closing of a half-year that is known here. Raises PeriodIsOpen, and what `close` raises."""
    plan = plan_meant(replica, ref)
    require(replica.read, replica.id, plan, Right.STATE)
    found = closings(replica, plan, period)
    if not found:
        raise errors.PeriodIsOpen(period=period)
    committed = replica.commit([(f"moment/{one.id}", WITHDRAWN, True) for one in found], restate=True)
    assert committed is not None, "what is restated is always written"
    return committed


def closings(replica: Replica, plan: str, period: Period) -> tuple[Moment, ...]:
    """The closings of a half-year that stand, the latest first."""
    return tuple(one for one in replica.read.moments_of(plan, MomentKind.PERIOD) if one.period == period.value)


def stood(replica: Replica, plan: str, period: Period) -> Stood | None:
    """The plan as it is reported for a closed half-year: its last closing, and what was counted. None: it is open."""
    found = closings(replica, plan, period)
    if not found:
        return None
    states = replica.read.late_states(plan, period.value)
    counted = [change for change, state in states.items() if state == LateState.COUNTED]
    return replica.as_of(found[0], counted)


# --- what came late ----------------------------------------------------------------------------------------------


def late(replica: Replica, plan: str) -> tuple[Late, ...]:
    """What came after the closings of a plan's half-years, in the order in which it was written."""
    found: list[Late] = []
    for period in (Period.S1, Period.S2):
        found += _late(replica, plan, period)
    return tuple(found)


def _late(replica: Replica, plan: str, period: Period) -> Iterable[Late]:
    standing = closings(replica, plan, period)
    if not standing:
        return
    belongs = (period,) if period is Period.S1 else (Period.S2, Period.ANNUAL)
    then = replica.as_of(standing[0]).read
    activities = then.activities_of_periods(plan, belongs)
    states = replica.read.late_states(plan, period.value)
    for change in replica.read.changes_outside([*(run for one in standing for run in (*one.runs, one.own_run))]):
        edits = [one for one in told(change.edits) if kind_of(one.entity) in ("activity", "product", "note")]
        concerned = replica.read.activities_of(one.entity for one in edits)
        for edit in edits:
            activity = concerned[edit.entity]
            if activity in activities:
                said = states.get(change.id)
                yield Late(
                    change.id,
                    period,
                    activity,
                    edit.entity,
                    replica.read.code_of(activity),
                    edit.field,
                    edit.before,
                    edit.after,
                    change.author,
                    change.at,
                    LateState(said) if said in set(LateState) else LateState.OPEN,
                )


def count(replica: Replica, ref: str, plan: str | None = None) -> Committed:
    """Counts a late change (its id, or how it begins) for its period. Raises LateUnknown, NotYourFunction."""
    return _say(replica, ref, plan, LateState.COUNTED)


def leave(replica: Replica, ref: str, plan: str | None = None) -> Committed:
    """Leaves a late change out of its period's report; it stays in the plan. Raises what `count` raises."""
    return _say(replica, ref, plan, LateState.LEFT)


def _say(replica: Replica, ref: str, plan: str | None, state: LateState) -> Committed:
    of, ref = plan_meant(replica, plan), clean(ref).strip()
    require(replica.read, replica.id, of, Right.STATE)
    found = {(one.change, one.period) for one in late(replica, of) if ref and one.change.startswith(ref)}
    if len({change for change, _ in found}) != 1:
        raise errors.LateUnknown(ref=ref)
    settings: Sequence[Setting] = [(f"{KIND}/{of}/{period}/{change}", STATE, state.value) for change, period in found]
    committed = replica.commit(settings, restate=True)
    assert committed is not None, "what is restated is always written"
    return committed
