"""Activities added to one area, one behind the other: the first ones, and the last of very many."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks import copies
from benchmarks.floors import Floor
from benchmarks.measure import Figure, Stopwatch, in_turn
from gealc_tui.commands import structure

_LOOKED_AT = 100


def figures(count: int, _rounds: int) -> Iterator[Figure]:
    """`count` activities; each is a change of its own, durable when the command returns."""
    with copies.folder() as folder, copies.opened(copies.settled(folder / "home")) as replica:
        floor = Floor(folder / "floor.db")

        def add() -> float:
            with Stopwatch() as watch:
                structure.add_activity(replica, "3.6", "Una más")
            return watch.seconds

        first, least = in_turn(_LOOKED_AT, add, floor.commit, discard=10)
        yield Figure("structure: an activity added", first * 1e3, "ms", least * 1e3, "one row, WAL/FULL")
        for _ in range(max(count - 2 * _LOOKED_AT, 0)):
            add()
        last, least = in_turn(_LOOKED_AT, add, floor.commit, discard=10)
        yield Figure(f"structure: one more after {count:,}", last * 1e3, "ms", least * 1e3, "one row, WAL/FULL")
        yield Figure(
            f"structure: the last ones, to the first ones ({count:,})", last * 1e3, "ms", first * 1e3, "the first"
        )
        floor.close()
