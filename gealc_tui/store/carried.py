"""What this copy remembers of the files of shared folders, so that none is read twice: its own, never travels."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from typing import NamedTuple

from gealc_tui import errors
from gealc_tui.store.database import Database, stored


class Stretch(NamedTuple):
    """Changes of one log: those after number `after`, whose id is `previous`, up to `last`, whose id is `tip`."""

    replica: str
    after: int
    previous: str
    last: int
    tip: str


class Carried(NamedTuple):
    """A file that was read: the stamp that it bore then, and the stretches in it; none if it is no bundle."""

    stamp: str
    holds: tuple[Stretch, ...]


def carried(db: Database, place: str) -> dict[str, Carried]:
    """The files that were read in the folder `place`, by name."""
    found = {}
    for name, stamp, holds in db.rows("SELECT name, stamp, holds FROM carried WHERE place = ?", [_text(place)]):
        # What cannot be understood any more is read again.
        with suppress(errors.DatabaseAltered, TypeError):
            found[str(stored(name))] = Carried(stamp, tuple(Stretch(*one) for one in stored(holds)))
    return found


def remember(db: Database, place: str, files: Mapping[str, Carried]) -> None:
    """Remembers files of the folder `place`."""
    db.executemany(
        "INSERT INTO carried VALUES (?, ?, ?, ?)"
        " ON CONFLICT (place, name) DO UPDATE SET stamp = excluded.stamp, holds = excluded.holds",
        [(_text(place), _text(name), one.stamp, json.dumps(one.holds)) for name, one in files.items()],
    )


def _text(name: str) -> str:
    """A name of any bytes as SQLite takes it: the system's names may hold half a pair."""
    return json.dumps(name)
