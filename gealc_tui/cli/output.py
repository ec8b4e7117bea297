"""What leaves the program: results on stdout, complaints on stderr, exit codes. The one place that prints.

Promises: stdout carries results only; foreign text reaches a terminal without anything that it would obey; what is
cut or broken is so for the width of a terminal and nothing else, between words; no stream makes the program crash,
whatever its encoding and however it ends.
"""

from __future__ import annotations

import errno
import io
import json
import os
import re
import shutil
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from enum import IntEnum
from typing import NamedTuple, TextIO

from gealc_tui import errors
from gealc_tui.cli import console, patience
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
    """Makes the streams able to take any text: UTF-8, or on a terminal of another encoding a `?` for what it lacks.

    Who names an encoding in PYTHONIOENCODING gets that.
    """
    is_named = bool(os.environ.get("PYTHONIOENCODING", "").partition(":")[0])
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            keeps = is_named or (
                stream.isatty() and stream.encoding.lower() not in ("ascii", "us-ascii", "ansi_x3.4-1968")
            )
            stream.reconfigure(encoding=stream.encoding if keeps else "utf-8", errors="replace")


def finish() -> None:
    """Writes out what is still on its way. Raises BrokenPipeError and FileUnwritable."""
    if sys.stdout is not None:
        with _named():
            sys.stdout.flush()


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
    with _named():
        stream.write(text)


def write_bytes(data: bytes) -> None:
    """Bytes for a program, as they are. Raises BrokenPipeError and FileUnwritable."""
    stream = getattr(sys.stdout, "buffer", None)
    if stream is None:
        raise errors.FileUnwritable(path=t("la salida"), reason="other")
    with _named():
        sys.stdout.flush()
        stream.write(data)


@contextmanager
def _named() -> Iterator[None]:
    """Raises BrokenPipeError if nobody listens any more, FileUnwritable for whatever else keeps a stream from it."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        if sys.platform == "win32" and error.errno == errno.EINVAL:
            # What Windows says of a pipe whose reader has gone (`gealc log | more`, then q).
            raise BrokenPipeError from error
        silence()
        raise errors.FileUnwritable(path=t("la salida"), reason=errors.reason_of(error)) from error


def say(text: str = "") -> None:
    """A line, or several, for people; on a terminal broken between words."""
    write(_wrapped(drawable(text), sys.stdout) + "\n")


def say_path(path: object) -> None:
    """A path on a line of its own, never broken: it may be copied."""
    write(drawable(str(path)) + "\n")


def say_json(value: object) -> None:
    """A result for programs."""
    write(json.dumps(value, indent=2, ensure_ascii=False) + "\n")


def complain(text: str) -> None:
    """A sentence on stderr. That nobody can read it is no reason to fail."""
    patience.hush()
    with suppress(OSError, ValueError, AttributeError):
        sys.stderr.write(_wrapped(drawable(text), sys.stderr) + "\n")
        sys.stderr.flush()


# --- lines ----------------------------------------------------------------------------------------


class Cell(NamedTuple):
    """A text of one line, and the number of its colour (ANSI SGR) or none."""

    text: str
    colour: str = ""


Row = Sequence[Cell | str] | str
"""The cells of a table's row; a text alone is a heading between rows."""


def one_line(text: str) -> str:
    """Foreign text as one line that a terminal does not obey."""
    return " ".join(drawable(text).split())


def say_line(text: str, indent: int = 0) -> None:
    """One line, cut to the terminal's width; whole when it goes elsewhere."""
    say(fitted(" " * indent + one_line(text)))


def painted(cell: Cell, coloured: bool) -> str:
    """The text of a cell, in its colour where there are colours."""
    return f"\x1b[{cell.colour}m{cell.text}\x1b[0m" if coloured and cell.colour and cell.text else cell.text


def is_coloured() -> bool:
    """Whether stdout is a terminal on which colours are wanted."""
    return console.is_coloured(sys.stdout)


def require_terminal() -> None:
    """Raises NoTerminal where the application can neither be typed into nor drawn: it would write escapes to nobody.

    In a browser it has a driver of its own, and needs none.
    """
    streams = (sys.__stdin__, sys.__stdout__, sys.__stderr__)
    if not os.environ.get("TEXTUAL_DRIVER") and not all(stream is not None and stream.isatty() for stream in streams):
        raise errors.NoTerminal()


def width() -> int | None:
    """The terminal's columns; None: nothing is cut."""
    return shutil.get_terminal_size().columns if console.is_terminal(sys.stdout) else None


def fitted(line: str) -> str:
    """A line in the width of the terminal, cut between words; whole when it goes elsewhere."""
    room = width()
    return line if room is None else cut_at_word(line, room)


def _wrapped(text: str, stream: TextIO | None) -> str:
    """Sentences in the width of the terminal, broken between words; as they are when they go elsewhere."""
    if not console.is_terminal(stream):
        return text
    columns = shutil.get_terminal_size().columns
    return "\n".join(broken for line in text.split("\n") for broken in _broken(line, columns))


_QUOTED_VALUE = re.compile(r'--[\w-]+ "[^"]*"')
"""An option and its value in quotes, in a command that may be copied."""


def _broken(line: str, columns: int) -> list[str]:
    """A line in pieces of at most so many columns; a word that is longer stays whole, for it may be a path."""
    if cell_width(line) <= columns:
        return [line]
    words = line.split(" ")
    indent = " " * next((place for place, word in enumerate(words) if word), 0)
    pieces = [indent]
    # NUL, which no line holds that reaches this place, stands for the blanks at which nothing is broken.
    kept = _QUOTED_VALUE.sub(lambda found: found[0].replace(" ", "\0"), line.removeprefix(indent))
    for word in kept.split(" "):
        if pieces[-1] == indent:
            pieces[-1] += word
        elif cell_width(pieces[-1]) + 1 + cell_width(word) <= columns:
            pieces[-1] += f" {word}"
        else:
            pieces.append(indent + word)
    return [piece.replace("\0", " ") for piece in pieces]


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


def cut_at_word(text: str, width: int) -> str:
    """As `cut`, without the piece of a word that the cut would leave; a first word that is too long is broken."""
    short = cut(text, width)
    if short == text or not short:
        return short
    kept = short[:-1]
    if text[len(kept) : len(kept) + 1].isspace() or not (whole := kept.rpartition(" ")[0].rstrip()):
        return short
    return whole + "…"


def say_text(text: str, indent: int) -> None:
    """A long text as it is, each of its lines moved to the right."""
    say("\n".join(" " * indent + line for line in drawable(text).split("\n")))
