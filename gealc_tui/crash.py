"""The last net: what nobody foresaw ends in a sentence, and leaves a report that stays on this machine.

Promises: the terminal gets one sentence, and no value that the program held; the report says where the program was,
with no message that may hold words of the plan, and only its owner can read it. Decision 23 says why everything is
caught here, and nowhere else.
"""

from __future__ import annotations

import os
import platform
import sys
import time
import traceback
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import gealc_tui
from gealc_tui import errors

REPORT = "fallo.txt"
"""The report, beside the database; a later one takes its place."""

_TELLING = (TypeError, AttributeError, ImportError, NameError, RecursionError, AssertionError, NotImplementedError)
"""Errors whose message speaks of the program: that of any other may quote what somebody wrote."""

_MOST_ERRORS = 10
"""How far the causes of an error are followed."""

_MOST_FRAMES = 60


def _stamp() -> tuple[int, int, int] | None:
    """What changes when the program's files are replaced."""
    with suppress(OSError):
        found = os.stat(gealc_tui.__file__)
        return found.st_ino, found.st_mtime_ns, found.st_size
    return None


_AT_START = _stamp()


def understood(error: Exception, database: Path) -> errors.GealcError:
    """What a person is told of an error: of one of ours itself, else why it came about as far as can be found out."""
    if isinstance(error, errors.GealcError):
        return error
    if _was_replaced():
        return errors.ProgramReplaced()
    if not _is_sound(database):
        return errors.DatabaseAltered(path=str(database), detail=type(error).__name__)
    return errors.ProgramFailed(report=_written(error, database.parent / REPORT))


def _was_replaced() -> bool:
    """Whether a file of the program is not the one that runs."""
    if _stamp() != _AT_START:
        return True
    loaded = (module for name, module in [*sys.modules.items()] if name.partition(".")[0] == "gealc_tui")
    return not all(os.path.exists(path) for module in loaded if (path := getattr(module, "__file__", None)))


def _is_sound(database: Path) -> bool:
    """Whether nothing is known against the database; a look at it that fails is no second fault to tell of."""
    with suppress(Exception):
        from gealc_tui.store.soundness import is_sound

        return not database.exists() or is_sound(database)
    return True


def _written(error: Exception, path: Path) -> str:
    """Writes the report, for its owner's eyes. Returns its path; empty if it could not be written."""
    with suppress(OSError):
        path.unlink(missing_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            file.write("\n".join(_lines(error)) + "\n")
        return str(path)
    return ""


def program_line() -> str:
    """Program, Python and system, in one line."""
    return f"gealc {gealc_tui.__version__}, Python {platform.python_version()}, {platform.platform()}"


def _lines(error: Exception) -> Iterator[str]:
    yield program_line()
    yield time.strftime("%Y-%m-%d %H:%M:%S %z")
    one: BaseException | None = error
    for _ in range(_MOST_ERRORS):
        if one is None:
            return
        yield ""
        for frame in traceback.extract_tb(one.__traceback__)[-_MOST_FRAMES:]:
            yield f"{frame.filename}:{frame.lineno} {frame.name}: {frame.line or ''}"
        yield f"{type(one).__name__}: {one}" if isinstance(one, _TELLING) else type(one).__name__
        one = one.__cause__ or one.__context__
