"""Change files that lie where files arrive: the folder of downloads, and the one from which a file came last.

Nothing is opened here but the beginning of a file, and nobody waits for a folder of thousands: only the newest are
looked at.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from gealc_tui.replica import Replica
from gealc_tui.sync.bundle import LARGEST_FILE

READABLE = frozenset({".json", ".txt", ".eml", ".zip", ".msg"})
"""How the names of files end that may hold changes."""

MOST_LOOKED_AT = 60
"""Of a folder the newest: what came longer ago is chosen by hand."""

_BEGINNING = 64 * 1024
_FOLDER = "received_from"


class Arrival(NamedTuple):
    """A file that is here: when it came (seconds of this machine's clock), and whether it was taken in before."""

    path: Path
    at: float
    is_known: bool


def folders(replica: Replica) -> tuple[Path, ...]:
    """Where files arrive, those that are there."""
    from platformdirs import user_downloads_path

    last = replica.setting(_FOLDER)
    wanted = [*([Path(last)] if last else []), user_downloads_path()]
    return tuple(one for one in dict.fromkeys(wanted) if one.is_dir())


def came_from(replica: Replica, file: Path) -> None:
    """Remembers the folder from which a file was received."""
    if file.is_absolute():
        replica.set_setting(_FOLDER, str(file.parent))


def arrivals(replica: Replica, places: Iterable[Path], *, most: int = 8) -> tuple[Arrival, ...]:
    """The change files in some folders, the newest first. A file or folder that cannot be read is passed over."""
    found: list[tuple[float, Path]] = []
    for folder in places:
        try:
            there = [(one.stat().st_mtime, one) for one in folder.iterdir() if one.suffix.lower() in READABLE]
        except OSError:
            continue
        found += sorted(there, reverse=True)[:MOST_LOOKED_AT]
    told: list[Arrival] = []
    for at, path in sorted(found, reverse=True):
        if len(told) == most:
            break
        if (known := _known(replica, path)) is not None:
            told.append(Arrival(path, at, known))
    return tuple(told)


def _known(replica: Replica, path: Path) -> bool | None:
    """Whether a change file was taken in before; None for what is no change file, or cannot be read."""
    try:
        if not path.is_file() or path.stat().st_size > LARGEST_FILE:
            return None
        with path.open("rb") as file:
            beginning = file.read(_BEGINNING)
            if b"gealc" not in beginning and b"cambios-" not in beginning and not path.name.startswith("cambios-"):
                return None
            return replica.was_received(beginning + file.read())
    except OSError:
        return None
