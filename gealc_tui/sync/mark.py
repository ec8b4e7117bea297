"""The high-water mark: beside a private key, up to where it has written.

It lies outside the database, so that a database which is an old copy (a backup put back, a file copied from
elsewhere) is known for what it is: it lacks the change that the mark names. Light: read at each start.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple


class Mark(NamedTuple):
    """Number and id of the last change that a replica wrote."""

    seq: int
    tip: str


def write(folder: Path, replica: str, mark: Mark) -> None:
    """Notes what was written last; to be called after the commit.

    Does not wait for the disk: a mark that lags behind its database says nothing, and one that cannot be written is
    no reason to refuse words.
    """
    with suppress(OSError):
        descriptor = os.open(_path(folder, replica), os.O_WRONLY | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
        try:
            # One write of one length: nobody reads half of it.
            os.write(descriptor, f"{mark.seq:13} {mark.tip}\n".encode())
        finally:
            os.close(descriptor)


def read(folder: Path, replica: str) -> Mark | None:
    """What was noted last; None if nothing was, or nothing legible."""
    try:
        seq, tip = _path(folder, replica).read_text("ascii").split()
        return Mark(int(seq), tip)
    except (OSError, ValueError):
        return None


def _path(folder: Path, replica: str) -> Path:
    return folder / f"{replica}.mark"
