"""A day as people type it, in the order of the language in force. Nothing is guessed.

Everywhere: `2019-08-15`, and a month by its name in any of the languages (`15 de agosto de 2019`, `15 Aug 2019`,
`August 15, 2019`). In numbers the day comes first (`15/08/2019`); who writes English may mean the other order, so
there `05/08/2019` is no answer, and `15/08/2019` and `08/15/2019` are the same day.
"""

from __future__ import annotations

import re
from datetime import date
from functools import cache

from gealc_tui.i18n import language
from gealc_tui.i18n.labels import fold
from gealc_tui.i18n.months import ALSO, NAMES

_YEARS_AHEAD = 8
"""29 February comes again within so many years."""

_SHORTEST = 3
"""Letters that a month's name has at least."""

_IN_NUMBERS = re.compile(r"(\d{1,2})([/.-])(\d{1,2})(?:\2(\d{4}))?", re.ASCII)
_DAY_AND_NAME = re.compile(
    r"(\d{1,2})(?:er|st|nd|rd|th|º|°)?(?: de)? ([^\W\d_]+)\.?(?:,? (?:de |del )?(\d{4}))?", re.ASCII
)
_NAME_AND_DAY = re.compile(r"([^\W\d_]+)\.? (\d{1,2})(?:st|nd|rd|th)?(?:,? (\d{4}))?", re.ASCII)


def read_day(text: str, today: date | None = None) -> date | None:
    """The day that is meant; None for what is no day, or could be either of two.

    Without a year it is the next such day from `today` on; without `today` a year must be there.
    """
    meant = _meant(text, today)
    return meant[0] if len(meant) == 1 else None


def may_be_two(text: str, today: date | None = None) -> bool:
    """Whether a text is no day only because the language leaves open which number is the month."""
    return len(_meant(text, today)) > 1


def _meant(text: str, today: date | None) -> list[date]:
    """All days that a text can mean."""
    text = " ".join(fold(text).split())
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII):
        return _existing(*(int(part) for part in text.split("-")))
    if (found := _IN_NUMBERS.fullmatch(text)) is not None:
        one, two = int(found[1]), int(found[3])
        days = _on(one, two, found[4], today)
        if language() == "en":
            days += _on(two, one, found[4], today)
        return list(dict.fromkeys(days))
    if (found := _DAY_AND_NAME.fullmatch(text)) is not None:
        return _on(int(found[1]), _month(found[2]), found[3], today)
    if (found := _NAME_AND_DAY.fullmatch(text)) is not None:
        return _on(int(found[2]), _month(found[1]), found[3], today)
    return []


def _on(day: int, month: int | None, year: str | None, today: date | None) -> list[date]:
    """The day of these numbers, if there is such a day."""
    if month is None:
        return []
    if year:
        return _existing(int(year), month, day)
    if today is None:
        return []
    ahead = (_existing(one, month, day) for one in range(today.year, today.year + _YEARS_AHEAD + 1))
    return next((days for days in ahead if days and days[0] >= today), [])


def _existing(year: int, month: int, day: int) -> list[date]:
    try:
        return [date(year, month, day)]
    except ValueError:
        return []


def _month(word: str) -> int | None:
    """The month whose name begins like this, in any language: nobody should have to switch for a date."""
    if len(word) < _SHORTEST:
        return None
    found = {month for name, month in _names() if name.startswith(word)}
    return found.pop() if len(found) == 1 else None


@cache
def _names() -> tuple[tuple[str, int], ...]:
    named = [(fold(name), month) for names in NAMES.values() for month, name in enumerate(names, 1)]
    return (*named, *ALSO.items())
