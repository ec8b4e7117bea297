"""The same edits taken in by libraries of others: a map of registers, filled with what five people sent.

They are told apart from ours by what they promise: a value that somebody wrote at the same time is dropped without a
word, nobody signs, nothing is on the disk, and there is no history with names. So their figures are what a merge can
cost at best when nothing of that is asked for. What is not installed is left out (`uv run --group bench …`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib.util import find_spec
from statistics import median
from typing import Any

from benchmarks.authors import AUTHORS, Shape
from benchmarks.measure import Figure, Stopwatch

Peer = Callable[[Shape], tuple[list[bytes], Callable[[list[bytes]], int]]]
"""Makes the five updates of a shape, and gives what takes them into a fresh document and counts its registers."""


def figures(edits: int, rounds: int) -> Iterator[Figure]:
    for name in ("W", "V"):
        shape = Shape(name, edits)
        for peer, make in PEERS.items():
            if find_spec(peer) is not None:
                yield from _figures(f"{peer} {name} {edits:,}", shape, make, rounds)


def _figures(label: str, shape: Shape, make: Peer, rounds: int) -> Iterator[Figure]:
    updates, take_in = make(shape)
    seconds = []
    for _ in range(rounds):
        with Stopwatch() as watch:
            registers = take_in(updates)
        seconds.append(watch.seconds)
        if registers != min(shape.registers, shape.edits // AUTHORS):
            raise AssertionError(registers)
    yield Figure(f"{label}: into a fresh document", median(seconds) / shape.edits * 1e6, "µs/edit")
    yield Figure(f"{label}: what is sent", sum(map(len, updates)) / shape.edits, "B/edit")


def _edits(shape: Shape, author: int) -> Iterator[tuple[str, str]]:
    for n in range(shape.edits // AUTHORS):
        edit = shape.edit(author, n)
        yield f"{edit.entity} {edit.field}", str(edit.value)


def _pycrdt(shape: Shape) -> tuple[list[bytes], Callable[[list[bytes]], int]]:
    from pycrdt import Doc, Map

    updates = []
    for author in range(AUTHORS):
        doc: Any = Doc()
        registers = doc.get("registers", type=Map)
        with doc.transaction():
            for place, value in _edits(shape, author):
                registers[place] = value
        updates.append(doc.get_update())

    def take_in(files: list[bytes]) -> int:
        doc: Any = Doc()
        for file in files:
            doc.apply_update(file)
        return len(doc.get("registers", type=Map))

    return updates, take_in


def _loro(shape: Shape) -> tuple[list[bytes], Callable[[list[bytes]], int]]:
    from loro import ExportMode, LoroDoc, VersionVector

    updates = []
    for author in range(AUTHORS):
        doc: Any = LoroDoc()
        registers = doc.get_map("registers")
        for place, value in _edits(shape, author):
            registers.insert(place, value)
        doc.commit()
        updates.append(bytes(doc.export(ExportMode.Updates(VersionVector()))))

    def take_in(files: list[bytes]) -> int:
        doc: Any = LoroDoc()
        for file in files:
            doc.import_(file)
        return len(doc.get_map("registers"))

    return updates, take_in


PEERS: dict[str, Peer] = {"pycrdt": _pycrdt, "loro": _loro}
