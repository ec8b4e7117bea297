"""Files written whole or not at all: beside their place, on the disk, and named when they are finished.

What a process that was killed leaves unfinished begins with `.gealc-`; the next ones that write there sweep it away.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

_PREFIX = ".gealc-"
_STALE_SECONDS = 60 * 60
"""Nothing takes so long to write: after it the process that did is gone."""

_HELD = {5, 32, 33}
"""Windows: access denied, sharing violation, lock violation. An antivirus, an indexer or OneDrive has a file open."""

_PAUSES = (0.05, 0.1, 0.2, 0.4)
"""Seconds between attempts on a file that is held: such programs let go within a second."""

DATABASE_ENDS = ("", "-wal", "-shm", "-journal")
"""An unfinished file may be a database, and then SQLite may leave these beside it."""


@contextmanager
def unfinished(folder: Path) -> Iterator[Path]:
    """An empty file without a name of its own yet, its owner's only; gone afterwards, if it got none.

    Raises OSError.
    """
    sweep(folder)
    descriptor, name = tempfile.mkstemp(dir=folder, prefix=_PREFIX)
    os.close(descriptor)
    try:
        yield Path(name)
    finally:
        for end in DATABASE_ENDS:
            # Whatever the block did, it did: what cannot be removed now is swept away later.
            with suppress(OSError):
                unlink(Path(name + end))


def sweep(folder: Path) -> None:
    """Removes what killed processes left unfinished in a folder."""
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            # Another process may be faster, or still at work.
            with suppress(OSError):
                if entry.name.startswith(_PREFIX) and time.time() - entry.stat().st_mtime > _STALE_SECONDS:
                    os.unlink(entry)


def write(path: Path, data: bytes) -> None:
    """Writes a file so that it is there whole, or as it was. Raises OSError.

    What is no ordinary file (a device, a pipe) cannot be replaced and is written to; a link leads to its target.
    """
    path = path.resolve()
    if path.exists() and not path.is_file():
        path.write_bytes(data)
        return
    with unfinished(path.parent) as file:
        _fill(file, data)
        replace(file, path)


def replace(source: Path, target: Path) -> None:
    """Gives a file the name of another one, and takes its place; waits for whoever holds it. Raises OSError."""
    _when_free(lambda: os.replace(source, target))


def unlink(path: Path) -> None:
    """Removes a file, if it is there; waits for whoever holds it. Raises OSError."""
    _when_free(lambda: path.unlink(missing_ok=True))


def _when_free(act: Callable[[], None]) -> None:
    for pause in _PAUSES:
        try:
            return act()
        except PermissionError as error:
            if getattr(error, "winerror", None) not in _HELD:
                raise
        time.sleep(pause)
    return act()


def write_new(files: Mapping[Path, bytes]) -> None:
    """Writes several new files: all of them are there, or none. Raises OSError.

    No file is named before all of them lie on the disk, and names need next to no room.
    """
    named: list[Path] = []
    with ExitStack() as stack:
        ready = [(stack.enter_context(unfinished(path.parent)), path) for path in files]
        for file, path in ready:
            _fill(file, files[path])
        try:
            for file, path in ready:
                replace(file, path)
                named.append(path)
        except OSError:
            remove(named)
            raise


def remove(paths: list[Path]) -> None:
    """Removes files that were written in vain, as far as the system lets."""
    for path in paths:
        with suppress(OSError):
            unlink(path)


def _fill(file: Path, data: bytes) -> None:
    with file.open("wb") as out:
        out.write(data)
        out.flush()
        os.fsync(out.fileno())
