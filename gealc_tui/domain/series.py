"""What is held again and again: every so many months from a day on, so often. Each occurrence has a number.

`series` of an activity is `[months, from, count]`; `occurrence/<activity>/<n>` holds `held` (a day), `meeting`, `due`
(another day than the rule's) and `reason`. Days come from the first one, never from the one before: what begins on
31 January is on 28 February and on 31 March. Another rule moves days, never numbers.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from gealc_tui.domain.change import Value

KIND = "occurrence"
MOST_MONTHS = 120
MOST_OCCURRENCES = 400

FIELDS = ("held", "meeting", "due", "reason")


class Series(NamedTuple):
    """The rule."""

    months: int
    begins: str
    """`YYYY-MM-DD`."""
    times: int


class Occurrence(NamedTuple):
    """One of them."""

    number: int
    """From 1."""
    due: str
    """`YYYY-MM-DD`."""
    held: str | None
    meeting: str | None
    reason: str | None


def read_series(value: Value) -> Series | None:
    """The rule of a register; None for what is none."""
    if not isinstance(value, (list, tuple)) or len(value) != 3:
        return None
    months, begins, count = value
    if type(months) is not int or type(count) is not int or not isinstance(begins, str) or not _is_day(begins):
        return None
    if not (1 <= months <= MOST_MONTHS and 1 <= count <= MOST_OCCURRENCES):
        return None
    return Series(months, begins, count)


def occurrences(series: Series, said: Mapping[int, Mapping[str, Value]]) -> tuple[Occurrence, ...]:
    """All of them in order; `said` is what is known of each by its number."""
    import pendulum

    begins = pendulum.parse(series.begins, exact=True)
    assert isinstance(begins, pendulum.Date), "a day that was read"
    found = []
    for number in range(1, series.times + 1):
        here = said.get(number, {})
        day = begins.add(months=series.months * (number - 1)).isoformat()
        due, held = here.get("due"), here.get("held")
        found.append(
            Occurrence(
                number,
                due if isinstance(due, str) and _is_day(due) else day,
                held if isinstance(held, str) and _is_day(held) else None,
                _text(here.get("meeting")),
                _text(here.get("reason")),
            )
        )
    return tuple(found)


def next_due(found: tuple[Occurrence, ...]) -> str | None:
    """When the next one that was not held is due; None if all were."""
    return min((one.due for one in found if one.held is None), default=None)


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _text(value: Value) -> str | None:
    return value if isinstance(value, str) else None
