"""Python's collector of cyclic garbage, put off while a great many objects are made that form no cycles.

A large merge makes millions of tuples and texts. The collector would go through all of them again and again, and find
nothing: on 15,000 notes that was a third of the time. A start of the application makes modules and styles, which stay:
there it took a tenth. Everything else is freed as always, by counting references.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def put_off() -> Iterator[None]:
    """Collects no cycles until the block, or the function that this decorates, ends."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def await_settling() -> None:
    """Collects no cycles until `settle`: a start makes what stays."""
    gc.disable()


def settle() -> None:
    """What was made so far is looked at no more, and from now on cycles are collected as usual."""
    gc.freeze()
    gc.enable()
