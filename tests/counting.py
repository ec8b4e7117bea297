"""Costs counted instead of timed: the calls that a piece of work makes, in Python and into its libraries."""

from __future__ import annotations

import sys
from collections.abc import Callable

MOST_GROWTH = 2.2
"""Twice the input may cost so many times as much."""


def calls(work: Callable[[], object]) -> int:
    """How many functions `work` calls, those of the libraries in C among them."""
    count = 0

    def note(frame: object, event: str, argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count


def growth(work: Callable[[int], object], size: int) -> float:
    """How many times as much work twice the size makes. Work of a size that nothing was done for yet is done first."""
    work(2)
    return calls(lambda: work(2 * size)) / calls(lambda: work(size))
