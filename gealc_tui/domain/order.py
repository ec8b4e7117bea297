"""In which order changes were written: what people read as before and after, on every copy alike.

An instant (`at`) is what a clock said, and a clock may be wrong. So two things are derived from the changes alone,
never from the clock of the machine that asks:

- the *credible* instants of a log (`credible`): those that fit each other;
- the *place* of a change (`Place`): after everything that its author had before them (the log it continues, the
  changes that it supersedes), and beside what nobody had seen, by the credible instant and then by the id.

Promise: copies that hold the same changes put them in the same order, whatever came first. A clock that is ahead moves
what is written over its words, and nothing else.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple


class Place(NamedTuple):
    """Where a change stands among all others; sorts as they were written.

    `instant` (milliseconds since 1970, UTC) is the credible one, or that of something which the author had seen, if
    that is later; `step` counts the changes of one instant that build on each other.
    """

    instant: int
    step: int
    id: str

    def text(self, position: int = 0) -> str:
        """A text that sorts as the place does; `position` is that of an edit within the change."""
        # Instants may lie before 1970; a file admits 17 digits.
        return f"{self.instant + 10**17:018}{self.step:010}{self.id}{position:06}"


def follows(instant: int, predecessors: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """Instant and step of a change that was written at a credible instant, after changes with these."""
    return max([(instant, 0), *((before, step + 1) for before, step in predecessors)])


def credible(instants: Sequence[int]) -> list[int]:
    """The credible instant of each change of a log, given what its clock said each time.

    Believed is the longest sequence that never goes back; of several the one that ends earliest, since clocks that
    were ahead are set right more often than the other way. Every other change takes the instant of the believed one
    before it, or after it if there is none. Takes n · log n steps.
    """
    if all(map(int.__le__, instants, instants[1:])):
        return list(instants)
    ends: list[int] = []  # of each length the sequence that ends earliest: with what,
    last: list[int] = []  # and at which change
    before: list[int] = []
    for number, instant in enumerate(instants):
        length = bisect_right(ends, instant)
        before.append(last[length - 1] if length else -1)
        ends[length : length + 1] = [instant]
        last[length : length + 1] = [number]
    believed = [False] * len(instants)
    number = last[-1]
    while number >= 0:
        believed[number] = True
        number = before[number]
    found = []
    current = next(instant for instant, is_believed in zip(instants, believed, strict=True) if is_believed)
    for instant, is_believed in zip(instants, believed, strict=True):
        current = instant if is_believed else current
        found.append(current)
    return found
