"""Looking at the plan as it stood: at the closing of a meeting, or on a day."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from gealc_tui import errors
from gealc_tui.commands import approval, fields, periods
from gealc_tui.domain.filters import Since
from gealc_tui.domain.meetings import MeetingReading
from gealc_tui.domain.moment import HeldRun, Lacking, Moment, MomentKind
from gealc_tui.domain.readings import Author
from gealc_tui.domain.vocabulary import Period
from gealc_tui.reports import minutes

if TYPE_CHECKING:
    from gealc_tui.replica import Replica
    from gealc_tui.store.as_of import Stood


BASELINE = "baseline"
"""The word by which a plan as it was approved is named."""


class Past(NamedTuple):
    """A plan as it stood, and by what that is known."""

    stood: Stood
    day: date | None
    """The day on which one looks; None where a moment says none."""
    moment: Moment | None
    """None: a day, as this copy held it then."""
    author: Author | None
    """Who wrote the moment."""
    meeting: MeetingReading | None
    """The meeting that was closed, if it is known."""
    lacking: tuple[Lacking, ...]
    is_document: bool = False
    """As the official document says it."""
    runs: tuple[HeldRun, ...] = ()
    """What it holds, its own change too."""


def past(replica: Replica, ref: str) -> Past:
    """The plan at a moment that a person names: a closed meeting or a moment, by how its id begins; `meeting`, the
    last that was closed; `baseline`, as the plan in view was approved; or a day as people write it, which means what
    this copy held at its end.

    Raises MomentUnknown, DayUnknown, NoBaseline, and Stopped.
    """
    if ref.strip().lower() == BASELINE:
        plan = approval.plan_meant(replica, None)
        if (found := approval.baseline(replica, plan)) is None:
            raise errors.NoBaseline(plan=replica.read.plan_called(plan))
        if found.moment is None:
            stood = replica.as_of_runs(found.runs)
            lacking = minutes.lacking(replica.read, stood)
            return Past(stood, None, None, None, None, lacking, is_document=True, runs=found.runs)
        moment: Moment | None = found.moment
    elif (period := _closed_period(replica, ref.strip())) is not None:
        return period
    else:
        moment = _moment(replica, ref.strip())
    if moment is None:
        day = _day(ref)
        if day is None:
            raise errors.MomentUnknown(ref=ref)
        stood = replica.as_of_day(day)
        lacking = minutes.lacking(replica.read, stood)
        return Past(stood, day, None, None, None, lacking, runs=replica.runs_of_day(day))
    stood = replica.as_of(moment)
    meeting = next((one for one in replica.read.meetings() if one.id == moment.meeting), None)
    author = replica.read.author(moment.author)
    runs = (*moment.runs, moment.own_run)
    return Past(stood, _iso(moment.day), moment, author, meeting, minutes.lacking(replica.read, stood), runs=runs)


def _closed_period(replica: Replica, ref: str) -> Past | None:
    """A half-year of the plan in view (`S1`, `S2`) as it was closed, with what was counted since."""
    if ref.upper() not in (Period.S1, Period.S2) or not replica.plan:
        return None
    plan, period = replica.plan, Period(ref.upper())
    stood = periods.stood(replica, plan, period)
    if stood is None:
        raise errors.PeriodIsOpen(period=period)
    moment = periods.closings(replica, plan, period)[0]
    author = replica.read.author(moment.author)
    runs = (*moment.runs, moment.own_run)
    return Past(stood, _iso(moment.day), moment, author, None, minutes.lacking(replica.read, stood), runs=runs)


def closing(replica: Replica, id: str) -> Moment:
    """The closing of a meeting whose id begins so. Raises MomentUnknown."""
    found = [one for one in replica.read.moment(id) if one.kind == MomentKind.CLOSING and one.meeting]
    if len(found) != 1:
        raise errors.MomentUnknown(ref=id)
    return found[0]


def _moment(replica: Replica, ref: str) -> Moment | None:
    if not ref:
        return None
    if ref.lower() == Since.MEETING:
        return replica.read.last_closing()
    found = {one.meeting: one for one in reversed(replica.read.moments()) if _is_meant(one, ref)}
    named = replica.read.moment(ref)
    if len(named) == 1:
        return named[0]
    return next(iter(found.values())) if len(found) == 1 else None


def _is_meant(one: Moment, ref: str) -> bool:
    """Whether it is a closing that stands, of a meeting whose id begins so."""
    is_closing = one.kind == MomentKind.CLOSING and not one.is_withdrawn
    return is_closing and one.meeting is not None and one.meeting.startswith(ref)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(fields.day(text, "day"))
    except errors.ValueRefused:
        return None


def _iso(day: str | None) -> date | None:
    try:
        return date.fromisoformat(day) if day is not None else None
    except ValueError:
        return None
