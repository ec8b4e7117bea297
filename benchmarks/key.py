"""A status key, from the press until the change is on the disk and the tree shows it.

The application commits before it paints, so the new mark on the screen is the later of the two.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import cycle
from pathlib import Path

from benchmarks import blank, copies, large
from benchmarks.floors import Floor
from benchmarks.measure import Figure, in_turn
from benchmarks.start import BLANK, GEALC, look_at_activity, look_at_large
from benchmarks.terminal import Terminal
from gealc_tui import paths


def figures(presses: int) -> Iterator[Figure]:
    with copies.folder() as folder:
        yield from _figures(presses, folder, copies.settled(folder / "home"), look_at_activity, "2019")
    with copies.folder() as folder:
        yield from _figures(presses, folder, large.home(), look_at_large, "100,000")


def _figures(
    presses: int, folder: Path, home: paths.Home, look: Callable[[Terminal], None], plan: str
) -> Iterator[Figure]:
    env = {"GEALC_HOME": str(home.folder)}
    floor = Floor(folder / "floor.db")
    with Terminal(GEALC, env) as ours, Terminal(BLANK, env) as empty:
        look(ours)
        # The large plan is kept from run to run, as the last one left it.
        ours.press("1")
        ours.rests(0.5)
        empty.rests(0.5)
        statuses = cycle([("2", "≈"), ("3", "●")])
        marks = cycle([blank.MARKS[1], blank.MARKS[0]])
        whole: list[float] = []

        def press() -> float:
            key, mark = next(statuses)
            pressed = ours.press(key)
            shown = ours.shows(mark)
            whole.append(ours.rests() - pressed)
            return shown - pressed

        def press_empty() -> float:
            pressed = empty.press("x")
            shown = empty.shows(next(marks))
            empty.rests(0.02)
            return shown - pressed

        mark, paint, commit = in_turn(presses, press, press_empty, floor.commit)
    least = (paint + commit) * 1e3
    against = f"Static {paint * 1e3:.1f} + commit {commit * 1e3:.2f}"
    yield Figure(f"key: durable and repainted, {plan}", mark * 1e3, "ms", least, against)
    whole.sort()
    yield Figure(f"key: the last byte painted, {plan}", whole[len(whole) // 2] * 1e3, "ms", least, against)
    floor.close()
