"""Moments on this machine's clock. Foreign clocks may say anything: nothing here fails."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def local_moment(at: int) -> datetime:
    """A moment (milliseconds since 1970, UTC) in local time; at the ends of the calendar, in UTC."""
    try:
        moment = _EPOCH + timedelta(milliseconds=at)
    except OverflowError:
        return datetime.max if at > 0 else datetime.min
    try:
        return moment.astimezone().replace(tzinfo=None)
    except (OverflowError, ValueError, OSError):
        return moment.replace(tzinfo=None)


def local_day(at: int) -> date:
    """The day of a moment on this machine's clock."""
    return local_moment(at).date()


def start_of_day(day: date) -> int:
    """The first moment of a day on this machine's clock, in milliseconds since 1970, UTC."""
    midnight = datetime(day.year, day.month, day.day)
    try:
        return int(midnight.timestamp() * 1000)
    except (OverflowError, ValueError, OSError):
        return int((midnight.replace(tzinfo=UTC) - _EPOCH).total_seconds() * 1000)


def same_hour_on(day: date, at: int) -> int:
    """The moment on another day at which this machine's clock shows the same hour."""
    return int(datetime.combine(day, local_moment(at).time()).timestamp() * 1000)
