"""How much work something takes, counted and not timed: lines of ours that ran, and steps of SQLite's machine.

A machine that is busy or slow changes no count, so that what grows too fast is found in CI.
"""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any, TypeVar

import pytest

import gealc_tui

_OURS = gealc_tui.__path__[0]

MOST = 2.2
"""How much more a doubled input may take."""

T = TypeVar("T")


class Work:
    """What was counted so far."""

    lines = 0
    steps = 0

    @property
    def total(self) -> int:
        return self.lines + self.steps


@contextmanager
def counted(connections: Iterable[sqlite3.Connection] = ()) -> Iterator[Work]:
    """Counts the work of a block; of SQLite, that of some connections, and of those that the block opens."""
    work = Work()
    connect = sqlite3.connect

    def line(frame: FrameType, event: str, argument: Any) -> Any:
        work.lines += event == "line"
        return line

    def call(frame: FrameType, event: str, argument: Any) -> Any:
        return line if frame.f_code.co_filename.startswith(_OURS) else None

    def step() -> None:
        work.steps += 1

    def connected(*arguments: Any, **options: Any) -> sqlite3.Connection:
        connection: sqlite3.Connection = connect(*arguments, **options)
        connection.set_progress_handler(step, 1)
        return connection

    for connection in connections:
        connection.set_progress_handler(step, 1)
    before = sys.gettrace()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sqlite3, "connect", connected)
        sys.settrace(call)
        try:
            yield work
        finally:
            sys.settrace(before)
            for connection in connections:
                connection.set_progress_handler(None, 0)


def assert_grows_with_its_input(
    make: Callable[[int], T],
    use: Callable[[T], object],
    size: int,
    connections: Callable[[T], Iterable[sqlite3.Connection]] = lambda _: (),
) -> None:
    """What `use` does with an input of size, of twice and of four times the size: each doubling adds twice as much.

    Increments are compared, so that what does not depend on the input hides nothing.
    """
    works = []
    for times in (1, 2, 4):
        made = make(size * times)
        use(made)  # what is imported and read once is no part of it
        with counted(connections(made)) as work:
            use(made)
        works.append(work)
    small, middle, large = (work.total for work in works)
    added, added_again = max(middle - small, 5 * size), large - middle
    counts = f"lines {[work.lines for work in works]}, steps of SQLite {[work.steps for work in works]}"
    assert added_again <= MOST * added, counts
