"""The plan as it stood when a meeting was closed, folded again from the log of five authors."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from benchmarks import copies
from benchmarks.authors import Office, Shape
from benchmarks.floors import Floor
from benchmarks.measure import Figure, Stopwatch, in_turn
from benchmarks.merge import merge
from gealc_tui.commands import meetings, people
from gealc_tui.store.as_of import Past


def figures(edits: int, rounds: int) -> Iterator[Figure]:
    for name in ("W", "V"):
        yield from _shape(Shape(name, edits), rounds)


def _shape(shape: Shape, rounds: int) -> Iterator[Figure]:
    n, label = shape.edits, f"as of {shape.name} {shape.edits:,}"
    data, rows = Office(shape).file(n)
    with copies.folder() as folder, copies.opened(copies.fresh(folder / "ours")) as replica:
        people.introduce(replica, "Ana", "UY", "focal")
        merge(replica, data, n)
        meeting = meetings.begin(replica, body="assembly")
        with Stopwatch() as closing:
            meetings.close(replica, meeting)
        (moment,) = meetings.closings(replica, meeting)
        numbers = iter(range(sys.maxsize))

        def fold() -> float:
            with Stopwatch() as watch:
                stood = Past(replica._db).at(moment)
            if not stood.is_verified:
                raise AssertionError(stood)
            return watch.seconds

        def floor() -> float:
            least = Floor(folder / f"floor{next(numbers)}.db", shape.registers)
            seconds = least.merge(rows)
            least.close()
            return seconds

        ours, f1 = in_turn(rounds, fold, floor, discard=0)
        yield Figure(f"{label}: closing a meeting", closing.seconds * 1e3, "ms")
        yield Figure(f"{label}: the plan as it stood", ours / n * 1e6, "µs/edit", f1 / n * 1e6, "F1")
