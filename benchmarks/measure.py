"""Medians of things done in turn, and the plain table that they make."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from statistics import median
from time import perf_counter, process_time
from typing import NamedTuple

Act = Callable[[], float]
"""Does something once and returns the seconds that count, so that preparing for it costs nothing."""


class Figure(NamedTuple):
    """A line of the table. Without `floor` it is a size or a time that stands alone."""

    what: str
    ours: float
    unit: str
    floor: float | None = None
    against: str = ""


class Stopwatch:
    """`with Stopwatch() as watch: …` and then `watch.seconds`."""

    clock: Callable[[], float] = staticmethod(perf_counter)
    seconds = 0.0

    @classmethod
    def counts_work(cls) -> None:
        """From now on the processor time of this process counts, and not how long others made it wait."""
        cls.clock = staticmethod(process_time)

    def __enter__(self) -> Stopwatch:
        self._since = self.clock()
        return self

    def __exit__(self, *_: object) -> None:
        self.seconds = self.clock() - self._since


def in_turn(rounds: int, *acts: Act, discard: int = 1) -> tuple[float, ...]:
    """The median of each act, done A B A B: what slows the machine for a while slows all of them.

    The first `discard` rounds warm the caches and do not count.
    """
    seen = [[act() for act in acts] for _ in range(discard + rounds)][discard:]
    return tuple(median(column) for column in zip(*seen, strict=True))


def table(figures: Iterable[Figure]) -> Iterator[str]:
    """The figures as lines of text, columns aligned; a line as soon as its figure is there."""
    yield f"{'what':<46}{'ours':>10}{'floor':>10}  {'unit':<9}{'ratio':>7}  floor is"
    for what, ours, unit, floor, against in figures:
        beside = "" if floor is None else _number(floor)
        ratio = "" if not floor else f"{ours / floor:.2f}"
        yield f"{what:<46}{_number(ours):>10}{beside:>10}  {unit:<9}{ratio:>7}  {against}".rstrip()


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 1_000 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"
