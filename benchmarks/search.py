"""A letter of a search among 100,000 activities: until what is found is painted, and the question alone."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median

from benchmarks import blank, copies, large
from benchmarks.measure import Figure, Stopwatch
from benchmarks.start import BLANK, GEALC, look_at_large
from benchmarks.terminal import Terminal
from gealc_tui.commands import finding

WORDS = ("taller 9", "firma lima", "peru", "117.2")
ESCAPE = "\x1b"


def figures(rounds: int) -> Iterator[Figure]:
    home = large.home()
    env = {"GEALC_HOME": str(home.folder)}
    painted: list[float] = []
    first: list[float] = []
    floor: list[float] = []
    with Terminal(GEALC, env) as ours, Terminal(BLANK, env) as empty:
        look_at_large(ours)
        empty.shows(blank.READY)
        for _ in range(rounds):
            for words in WORDS:
                ours.press("/")
                ours.rests(0.3)
                for letter in words:
                    pressed = ours.press(letter)
                    first.append(ours.answers() - pressed)
                    painted.append(ours.rests(0.25) - pressed)
                    pressed = empty.press("x")
                    floor.append(empty.answers() - pressed)
                    empty.rests(0.02)
                ours.press(ESCAPE)
                ours.rests(0.5)
    against = "Static"
    least = median(floor) * 1e3
    yield Figure("search: a letter, to the first byte", median(first) * 1e3, "ms", least, against)
    yield Figure("search: a letter, to the last byte", median(painted) * 1e3, "ms", least, against)
    asked: list[float] = []
    with copies.opened(home) as replica:
        for _ in range(rounds + 1):
            for words in WORDS:
                for end in range(1, len(words) + 1):
                    with Stopwatch() as watch:
                        finding.search(replica, words[:end])
                    asked.append(watch.seconds)
    asked.sort()
    yield Figure("search: the question, median", median(asked) * 1e3, "ms")
    yield Figure("search: the question, 95th percentile", asked[len(asked) * 95 // 100] * 1e3, "ms")
