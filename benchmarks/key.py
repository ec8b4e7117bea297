"""A status key, from the press until the change is on the disk and the tree shows it.

The application commits before it paints, so the new mark on the screen is the later of the two.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle

from benchmarks import blank, copies
from benchmarks.floors import Floor
from benchmarks.measure import Figure, in_turn
from benchmarks.start import BLANK, GEALC, look_at_activity
from benchmarks.terminal import Terminal


def figures(presses: int) -> Iterator[Figure]:
    with copies.folder() as folder:
        env = {"GEALC_HOME": str(copies.settled(folder / "home").folder)}
        floor = Floor(folder / "floor.db")
        with Terminal(GEALC, env) as ours, Terminal(BLANK, env) as empty:
            look_at_activity(ours)
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
        yield Figure("key: press to durable and repainted", mark * 1e3, "ms", least, against)
        whole.sort()
        yield Figure("key: press to the last byte painted", whole[len(whole) // 2] * 1e3, "ms", least, against)
        floor.close()
