"""The one place where an error that nobody named becomes a refusal.

Whatever reads foreign bytes names what it refuses. Should it still raise something else, that is a fault of the
program, and it must not keep the other files of a batch, or one's own export, from their way. So the work on foreign
bytes runs inside `Gate.passing`, which makes a `GateFault` of such an error, and keeps its type and its place in a
private log: docs/decisions/0022-the-gate.md. Nothing of the content is kept.
"""

from __future__ import annotations

import os
import struct
import traceback
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from email.errors import MessageError
from pathlib import Path, PurePath
from zipfile import BadZipFile, LargeZipFile

from gealc_tui import errors
from gealc_tui.store.database import UNNAMED

FAULTS = (
    # What Python raises over values of another type, size or shape than was thought; RuntimeError includes
    # RecursionError, ValueError all errors of encodings, JSON and base64.
    ArithmeticError,
    AssertionError,
    AttributeError,
    BufferError,
    EOFError,
    LookupError,
    MemoryError,
    NameError,
    RuntimeError,
    StopIteration,
    SystemError,
    TypeError,
    ValueError,
    # What the libraries that open envelopes raise beyond that.
    BadZipFile,
    LargeZipFile,
    MessageError,
    struct.error,
    zlib.error,
    UNNAMED,
)
"""What foreign bytes can make our own code raise. Not among them: what the system, the person, or a program file that
is missing cause. Those are no fault of a file."""

LARGEST_LOG = 64 * 1024
"""Bytes. Beyond them the older half goes."""


class Gate:
    """Where foreign bytes pass, for one copy. `log` is the file in which faults are kept."""

    def __init__(self, log: Path) -> None:
        self._log = log

    @contextmanager
    def passing(self) -> Iterator[None]:
        """Raises GateFault for an error that nobody named; the named ones go on."""
        try:
            yield
        except FAULTS as error:
            raise self.refused(error) from error

    def refused(self, error: BaseException) -> errors.GateFault:
        """The refusal for an error; what is known of it is in the log."""
        kind, place = type(error).__name__, _place(error)
        with suppress(OSError):
            _keep(self._log, f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ} {kind} {place}\n")
        return errors.GateFault(kind=kind, place=place, log=str(self._log))


def _place(error: BaseException) -> str:
    """Where it was raised, and where our own code was then, if elsewhere: `gealc_tui/sync/rows.py:93`."""
    frames = [(PurePath(frame.f_code.co_filename), line) for frame, line in traceback.walk_tb(error.__traceback__)]
    ours = [one for one in frames if "gealc_tui" in one[0].parts]
    return " < ".join(dict.fromkeys(f"{'/'.join(path.parts[-3:])}:{line}" for path, line in [*frames[-1:], *ours[-1:]]))


def _keep(log: Path, line: str) -> None:
    """Adds a line, which its owner alone may read. The log never outgrows its measure."""
    if log.exists() and log.stat().st_size > LARGEST_LOG:
        log.write_bytes(log.read_bytes()[-LARGEST_LOG // 2 :].partition(b"\n")[2])
    with open(os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "a", encoding="utf-8") as file:
        file.write(line)
