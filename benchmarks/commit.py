"""A status set through the command, durably, without a screen."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle
from statistics import median
from time import process_time

from benchmarks import copies
from benchmarks.floors import Floor
from benchmarks.measure import Figure, Stopwatch, in_turn
from gealc_tui.commands import activities
from gealc_tui.domain.vocabulary import Status


def figures(rounds: int) -> Iterator[Figure]:
    with copies.folder() as folder, copies.opened(copies.settled(folder / "home")) as replica:
        floor = Floor(folder / "floor.db")
        statuses = cycle([Status.IN_PROGRESS, Status.DONE])
        worked: list[float] = []

        def edit() -> float:
            status = next(statuses)
            before = process_time()
            with Stopwatch() as watch:
                activities.set_status(replica, "2019/3.1.2", status)
            worked.append(process_time() - before)
            return watch.seconds

        ours, least = in_turn(rounds, edit, floor.commit, discard=10)
        yield Figure("commit: a durable edit", ours * 1e3, "ms", least * 1e3, "one row, WAL/FULL")
        yield Figure("commit: of it, processor time", median(worked) * 1e3, "ms")
        floor.close()
