"""Copies of the plan to measure on, in folders that are thrown away: nobody's own home is read or written."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from gealc_tui import paths
from gealc_tui.commands import people
from gealc_tui.replica import Replica


@contextmanager
def folder() -> Iterator[Path]:
    """An empty folder, gone afterwards. TMPDIR says on which disk."""
    with TemporaryDirectory(prefix="gealc-benchmark-") as name:
        yield Path(name)


def settled(folder: Path) -> paths.Home:
    """A home that holds the plan of 2019 and whose user has said who they are."""
    home = fresh(folder)
    with opened(home) as replica:
        people.introduce(replica, "Ana", "UY", "focal")
    return home


def fresh(folder: Path) -> paths.Home:
    """A home as the first start leaves it: the plan of 2019, and nobody's words."""
    home = paths.Home(folder, folder / "gealc.db")
    paths.settle(home)
    return home


def opened(home: paths.Home) -> Replica:
    return Replica(home.database, home.keys)
