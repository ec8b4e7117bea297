"""The order of what stands in a plan: printed positions, and keys between them for what people add and move.

A rank is a text; things are shown by rank, then by id. What the official document prints has its position as rank, so
that versions which know nothing of keys show the same order of it. Whoever adds or moves something writes a key into
the register `order`, beside the id of what it was written for: a key counts only there, and where something was moved
by a version without keys, its position counts again.

A key lies between its neighbours (fractional indexing) and ends in random letters: of two people who put something in
the same place at the same time neither has the other's key, and there is room between the two. Keys that differ are
not shown to anybody as a difference: the order is one all the same.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Sequence

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_LONGEST = 2_000
_KEY = re.compile(rf"[0-9a-z]{{1,{_LONGEST}}}")
_PRINTED = re.compile(r"[0-9]{7}")
_TAIL = 6


def random_tail() -> str:
    """The random end of a key: letters, so that there is always room before it."""
    return "".join(secrets.choice(_DIGITS[10:]) for _ in range(_TAIL))


def rank_of(order: Sequence[str] | None, place: str, position: int) -> str:
    """The rank of something that stands in `place` (the id of its area, plan or activity)."""
    if order is not None and len(order) == 2 and order[0] == place and _KEY.fullmatch(order[1]):
        return order[1]
    return f"{position:07d}"


def between(low: str | None, high: str | None, tail: Callable[[], str] = random_tail) -> str:
    """A rank behind `low` and before `high` (None: an end). Where others left no room, it stands at `low`'s side."""
    if high is not None and not (low or "") < high:
        high = None
    if high is None and low and (printed := _PRINTED.match(low)) and int(printed[0]) < 9_999_999:
        # At the end the positions go on, however many come.
        return f"{int(printed[0]) + 1:07d}{tail()}"
    return _midpoint(low or "", high) + tail()


def _midpoint(low: str, high: str | None) -> str:
    """A text between two, no beginning of the higher one: whatever is written behind it stays between them."""
    if high is not None:
        shared = 0
        while shared < len(high) and (low[shared] if shared < len(low) else "0") == high[shared]:
            shared += 1
        if shared == len(high):
            # Only noughts are between them, and there is no such text.
            return low
        if shared:
            return high[:shared] + _midpoint(low[shared:], high[shared:])
    first = _DIGITS.index(low[0]) if low else 0
    last = _DIGITS.index(high[0]) if high else len(_DIGITS)
    if last - first > 1:
        # Behind something the next goes near to it: who adds many adds them one behind the other.
        return _DIGITS[first + 1 if low else (first + last) // 2]
    return _DIGITS[first] + _midpoint(low[1:], None)
