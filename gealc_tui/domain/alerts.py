"""What is calculated about an activity and never typed: overdue, due soon, no report."""

from __future__ import annotations

from datetime import date, timedelta

from gealc_tui.domain.vocabulary import Alert, Period, Status

DUE_SOON = timedelta(days=30)
UNREPORTED = timedelta(days=60)

_CLOSED = {Status.DONE, Status.CANCELLED}


def period_end(year: int, period: Period) -> date:
    """The last day of a period: 30 June for the first half-year, 31 December for the others."""
    return date(year, 6, 30) if period is Period.S1 else date(year, 12, 31)


def due_day(due: str | None, year: int, period: Period) -> date | None:
    """When an activity is due: its own date, else the end of its period; None while the year is not known."""
    if due is not None:
        return date.fromisoformat(due)
    return period_end(year, period) if 1 <= year <= 9999 else None


def alerts(status: Status, due: date | None, reported: date | None, year: int, today: date) -> tuple[Alert, ...]:
    """The alerts of an activity on a day. `reported` is when somebody last said anything about it.

    Overdue is a day after the due one; what nobody ever reported is counted from the first day of the plan's year.
    """
    if status in _CLOSED:
        return ()
    found = []
    if due is not None and due < today:
        found.append(Alert.OVERDUE)
    elif due is not None and due - today <= DUE_SOON:
        found.append(Alert.DUE_SOON)
    since = reported or (date(year, 1, 1) if 1 <= year <= 9999 else None)
    if since is not None and today - since > UNREPORTED:
        found.append(Alert.UNREPORTED)
    return tuple(found)
