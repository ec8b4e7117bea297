"""What a day that somebody typed may turn out to be. How it is read, in which language, is for others (`i18n.days`)."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import NamedTuple


class Toward(StrEnum):
    """Which year is meant where none is typed."""

    AHEAD = "ahead"
    """The next such day: of what is due."""
    NEAREST = "nearest"
    """The one that is least far away: of the day of a meeting."""
    BEHIND = "behind"
    """The last such day: of what has happened."""


class DayFault(StrEnum):
    """Why a text that looks like a day is none. The values are those of `errors.ValueRefused.expected`."""

    NONE = "date"
    """There is no such day, or a part of it lacks."""
    UNCLEAR = "clear_date"
    """It could be either of two."""
    SHORT_YEAR = "whole_year"
    """Its year has two digits."""
    WEEKDAY = "fitting_weekday"
    """That day is another day of the week."""


class FoundDay(NamedTuple):
    """A stretch of a text that looks like a day: the day, or why it is none."""

    start: int
    """Where the day itself begins, behind words like «antes del»."""
    end: int
    day: date | None
    fault: DayFault | None = None
