"""What leaves the program: results on stdout, complaints on stderr, exit codes. The one place that prints.

Promises: stdout carries results only; foreign text reaches a terminal without anything that it would obey; a table
is cut to the width of a terminal and to nothing else; no stream makes the program crash, whatever its encoding and
however it ends.
"""

from __future__ import annotations

import io
import json
import os
import shutil
import sys
import unicodedata
from collections.abc import Sequence
from contextlib import suppress
from enum import IntEnum
from typing import NamedTuple, TextIO

from gealc_tui import errors
from gealc_tui.cli import patience
from gealc_tui.i18n import t
from gealc_tui.plain import drawable


class Exit(IntEnum):
    """What a command ends with; scripts rely on these numbers."""

    DONE = 0
    REFUSED = 1
    USAGE = 2
    WAITS = 3
    """Done, and something waits for a person."""
    INTERRUPTED = 130


# --- streams -------------------------------------------------------------------------------------------------


def prepare() -> None:
    """Makes the streams able to take any text: UTF-8, or on a terminal of another encoding a `?` for what it lacks."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            keeps = stream.isatty() and stream.encoding.lower() not in ("ascii", "us-ascii", "ansi_x3.4-1968")
            stream.reconfigure(encoding=stream.encoding if keeps else "utf-8", errors="replace")


def finish() -> None:
    """Writes out what is still on its way. Raises BrokenPipeError and FileUnwritable."""
    if sys.stdout is not None:
        try:
            sys.stdout.flush()
        except BrokenPipeError:
            raise
        except OSError as error:
            raise _unwritable(error) from error


def silence() -> None:
    """Nobody listens any more: what is still on its way goes nowhere, and Python does not complain at its end."""
    with suppress(OSError, ValueError, AttributeError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)


def write(text: str) -> None:
    """Text for a program, as it is. Raises BrokenPipeError and FileUnwritable."""
    patience.hush()
    stream: TextIO | None = sys.stdout
    if stream is None:
        raise errors.FileUnwritable(path=t("la salida"), reason="other")
    try:
        stream.write(text)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise _unwritable(error) from error


def write_bytes(data: bytes) -> None:
    """Bytes for a program, as they are. Raises BrokenPipeError and FileUnwritable."""
    stream = getattr(sys.stdout, "buffer", None)
    if stream is None:
        raise errors.FileUnwritable(path=t("la salida"), reason="other")
    try:
        sys.stdout.flush()
        stream.write(data)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise _unwritable(error) from error


def _unwritable(error: OSError) -> errors.FileUnwritable:
    silence()
    return errors.FileUnwritable(path=t("la salida"), reason=errors.reason_of(error))


def say(text: str = "") -> None:
    """A line, or several, for people."""
    write(drawable(text) + "\n")


def say_json(value: object) -> None:
    """A result for programs."""
    write(json.dumps(value, indent=2, ensure_ascii=False) + "\n")


def complain(text: str) -> None:
    """A sentence on stderr. That nobody can read it is no reason to fail."""
    patience.hush()
    with suppress(OSError, ValueError, AttributeError):
        sys.stderr.write(drawable(text) + "\n")
        sys.stderr.flush()


# --- lines and tables ----------------------------------------------------------------------------------------


class Cell(NamedTuple):
    """A text of one line, and the number of its colour (ANSI SGR) or none."""

    text: str
    colour: str = ""


Row = Sequence[Cell | str] | str
"""The cells of a table's row; a text alone is a heading between rows."""

_GAP = "  "


def one_line(text: str) -> str:
    """Foreign text as one line that a terminal does not obey."""
    return " ".join(drawable(text).split())


def say_line(text: str, indent: int = 0) -> None:
    """One line, cut to the terminal's width; whole when it goes elsewhere."""
    say(_fitted(" " * indent + one_line(text)))


def say_table(rows: Sequence[Row], titles: Sequence[str] = ()) -> None:
    """Aligned columns; the last one takes what room is left."""
    table: list[Row] = [[Cell(title, "1") for title in titles]] if titles and rows else []
    table += rows
    cells = [[_drawn(cell) for cell in row] for row in table if not isinstance(row, str)]
    widths = [max((cell_width(cell.text) for cell in column), default=0) for column in zip(*cells, strict=True)]
    drawn = iter(cells)
    coloured = _is_coloured()
    for row in table:
        if isinstance(row, str):
            write(_painted(Cell(_fitted(one_line(row)), "1"), coloured) + "\n")
        else:
            write(_row_text(next(drawn), widths, coloured) + "\n")


def _drawn(cell: Cell | str) -> Cell:
    return Cell(one_line(cell)) if isinstance(cell, str) else Cell(one_line(cell.text), cell.colour)


def _row_text(cells: Sequence[Cell], widths: Sequence[int], coloured: bool) -> str:
    parts = []
    room = _width()
    for place, (cell, width) in enumerate(zip(cells, widths, strict=True)):
        is_last = place == len(cells) - 1
        text = cell.text if room is None else cut(cell.text, max(room, 0))
        padding = "" if is_last else " " * (width - cell_width(text)) + _GAP
        if room is not None:
            padding = padding[: max(room - cell_width(text), 0)]
            room -= width + len(_GAP)
        parts.append(_painted(Cell(text, cell.colour), coloured) + padding)
    return "".join(parts).rstrip()


def _painted(cell: Cell, coloured: bool) -> str:
    return f"\x1b[{cell.colour}m{cell.text}\x1b[0m" if coloured and cell.colour and cell.text else cell.text


def _is_coloured() -> bool:
    return _is_terminal() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def _is_terminal() -> bool:
    return sys.stdout is not None and sys.stdout.isatty()


def require_terminal() -> None:
    """Raises NoTerminal where the application can neither be typed into nor drawn: it would write escapes to nobody.

    In a browser it has a driver of its own, and needs none.
    """
    streams = (sys.__stdin__, sys.__stdout__, sys.__stderr__)
    if not os.environ.get("TEXTUAL_DRIVER") and not all(stream is not None and stream.isatty() for stream in streams):
        raise errors.NoTerminal()


def _width() -> int | None:
    """The terminal's columns; None: nothing is cut."""
    return shutil.get_terminal_size().columns if _is_terminal() else None


def _fitted(line: str) -> str:
    width = _width()
    return line if width is None else cut(line, width)


def cell_width(text: str) -> int:
    """How many columns of a terminal a line takes."""
    return sum(_columns(character) for character in text)


def _columns(character: str) -> int:
    if character.isascii():
        return 1
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def cut(text: str, width: int) -> str:
    """A line in at most `width` columns; what is cut away leaves a `…`."""
    if cell_width(text) <= width:
        return text
    kept, room = [], width - 1
    for character in text:
        room -= _columns(character)
        if room < 0:
            break
        kept.append(character)
    return "".join(kept).rstrip() + "…" if width > 0 else ""


def say_text(text: str, indent: int) -> None:
    """A long text as it is, each of its lines moved to the right."""
    say("\n".join(" " * indent + line for line in drawable(text).split("\n")))
