"""Change files of five authors who worked apart, merged into a fresh copy: names, chains and signatures checked."""

from __future__ import annotations

import subprocess
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks import copies, memory
from benchmarks.authors import Office, Shape
from benchmarks.floors import Floor
from benchmarks.measure import Figure, Stopwatch, in_turn
from gealc_tui.replica import Replica

LATER = 100
"""Edits in the small file that comes into a full copy."""


def figures(edits: int, rounds: int) -> Iterator[Figure]:
    for name in ("W", "V"):
        yield from _shape(Shape(name, edits), rounds)


def _shape(shape: Shape, rounds: int) -> Iterator[Figure]:
    n, label = shape.edits, f"merge {shape.name} {shape.edits:,}"
    office = Office(shape)
    data, rows = office.file(n)
    with copies.folder() as folder:
        numbers = iter(range(sys.maxsize))

        def fresh() -> float:
            with copies.opened(copies.fresh(folder / f"ours{next(numbers)}")) as replica:
                return merge(replica, data, n)

        def floor() -> float:
            least = Floor(folder / f"floor{next(numbers)}.db", shape.registers)
            seconds = least.merge(rows)
            least.close()
            return seconds

        ours, f1 = in_turn(rounds, fresh, floor, discard=0)
        yield Figure(f"{label}: into a fresh copy", ours / n * 1e6, "µs/edit", f1 / n * 1e6, "F1")

        home = copies.fresh(folder / "full")
        with copies.opened(home) as replica:
            merge(replica, data, n)
            again = median(merge(replica, data, 0) for _ in range(rounds))
            yield Figure(f"{label}: the same file again", again / n * 1e6, "µs/edit")
            least = Floor(folder / "full-floor.db", shape.registers)
            least.merge(rows)
            later, small, copied = [], [], []
            make = replica.backups.make

            def timed(*given: Any) -> Any:
                with Stopwatch() as watch:
                    made = make(*given)
                copied.append(watch.seconds)
                return made

            replica.backups.make = timed  # type: ignore[method-assign]
            for _ in range(max(rounds, 5)):
                file, more = office.file(LATER)
                seconds = merge(replica, file, LATER)
                later.append(seconds - copied[-1])
                small.append(least.merge(more))
            least.close()
            yield Figure(f"{label}: the dated copy before a merge", median(copied) * 1e3, "ms")
            yield Figure(
                f"{label}: then {LATER} more", median(later) * 1e3, "ms", median(small) * 1e3, f"F1 of {LATER}"
            )
        yield Figure(f"{label}: the file", len(data) / n, "B/edit")
        yield Figure(f"{label}: the file, deflated", len(zlib.compress(data)) / n, "B/edit")
        yield Figure(f"{label}: memory above a start", _memory(folder, data), "MB")


def merge(replica: Replica, data: bytes, new: int) -> float:
    """Takes a file in. Returns the seconds; a merge that does not take in just `new` changes measures nothing."""
    with Stopwatch() as watch:
        report = replica.merge([("file.json", data)], accept=True)
    if report.refused or report.new != new:
        raise AssertionError(report)
    return watch.seconds


def _memory(folder: Path, data: bytes) -> float:
    """Megabytes, from a process of its own."""
    file, home = folder / "file.json", copies.fresh(folder / "memory")
    file.write_bytes(data)
    said = subprocess.run(
        [sys.executable, "-m", memory.__name__, str(home.folder), str(file)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    return float(said.stdout)
