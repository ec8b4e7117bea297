"""From the start of the process until the plan can be read, and until the help is printed."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence

from benchmarks import blank, copies, large
from benchmarks.measure import Figure, Stopwatch, in_turn
from benchmarks.terminal import Terminal

GEALC = [sys.executable, "-m", "gealc_tui"]
BLANK = [sys.executable, "-m", "benchmarks.blank"]

AREA = "Datos abiertos"
"""Words of the tree."""

PRODUCT = "Reporte de los talleres."
"""Words of the activity that was last looked at (3.1.2), in the right pane."""

DOWN = "\x1b[B"


def figures(rounds: int) -> Iterator[Figure]:
    with copies.folder() as folder:
        env = {"GEALC_HOME": str(copies.settled(folder).folder)}

        def paint(argv: Sequence[str], text: str) -> float:
            with Terminal(argv, env) as terminal:
                return terminal.shows(text) - terminal.started

        with Terminal(GEALC, env) as terminal:
            look_at_activity(terminal)
        tree, detail, floor = in_turn(
            rounds,
            lambda: paint(GEALC, AREA),
            lambda: paint(GEALC, PRODUCT),
            lambda: paint(BLANK, blank.READY),
        )
        against = "Textual, one Static"
        yield Figure("start: process to the tree painted", tree * 1e3, "ms", floor * 1e3, against)
        yield Figure("start: to the last activity painted", detail * 1e3, "ms", floor * 1e3, against)

        big = {"GEALC_HOME": str(large.home().folder)}

        def paint_large() -> float:
            with Terminal(GEALC, big) as terminal:
                return terminal.shows(large.SHOWN) - terminal.started

        ours, floor = in_turn(rounds, paint_large, lambda: paint(BLANK, blank.READY))
        yield Figure("start: 100,000 activities, the last one painted", ours * 1e3, "ms", floor * 1e3, against)

        memory = [memory_of(argv, text, env) for argv, text in ((GEALC, PRODUCT), (BLANK, blank.READY))]
        yield Figure("start: memory, the plan of 2019", memory[0], "MB", memory[1], against)
        yield Figure("start: memory, 100,000 activities", memory_of(GEALC, large.SHOWN, big), "MB", memory[1], against)

        nothing = [sys.executable, "-c", "pass"]
        ours, floor = in_turn(2 * rounds, lambda: _run([*GEALC, "--help"]), lambda: _run(nothing))
        yield Figure("start: gealc --help", ours * 1e3, "ms", floor * 1e3, "python -c pass")


def look_at_activity(terminal: Terminal) -> None:
    """Goes from the first area to activity 3.1.2."""
    terminal.shows(AREA)
    terminal.rests(0.5)
    for _ in range(2):
        terminal.press(DOWN)
        terminal.rests()
    terminal.shows(PRODUCT)
    # Until the place is remembered.
    terminal.rests(1.0)


def look_at_large(terminal: Terminal) -> None:
    """Waits for the activity in the middle of the large plan, where the home was left."""
    terminal.shows(large.SHOWN)
    terminal.rests(1.0)


def memory_of(argv: Sequence[str], text: str, env: Mapping[str, str]) -> float:
    """The memory that a program holds for itself once a text is painted, in megabytes."""
    with Terminal(argv, env) as terminal:
        terminal.shows(text)
        terminal.rests(0.5)
        return terminal.memory()


def _run(argv: Sequence[str]) -> float:
    with Stopwatch() as watch:
        subprocess.run(argv, stdout=subprocess.DEVNULL, check=True)
    return watch.seconds
