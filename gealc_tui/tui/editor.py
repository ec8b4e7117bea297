"""A text written in the person's own editor ($VISUAL, $EDITOR).

The text lies meanwhile in a file that only its owner can read, in a folder of its own that goes away. Whatever the
editor does, no word is lost: what cannot be taken back stays where it is, and the error says where.
"""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import NamedTuple

from gealc_tui import errors
from gealc_tui.domain.limits import LONGEST_TEXT

_LARGEST = 4 * LONGEST_TEXT
"""Bytes that a note may take in UTF-8."""


class Edited(NamedTuple):
    """What came back. `failed`: the editor ended with an error, having written this all the same."""

    text: str
    failed: bool = False


def command() -> list[str]:
    """The editor, with its arguments. Raises EditorMissing."""
    chosen = os.environ.get("VISUAL") or os.environ.get("EDITOR") or ""
    try:
        words = shlex.split(chosen, posix=os.name != "nt")
    except ValueError:
        words = []
    if not words or shutil.which(words[0].strip('"')) is None:
        raise errors.EditorMissing(command=chosen)
    return [words[0].strip('"'), *words[1:]]


def edited(text: str) -> Edited:
    """The text as the person left it in their editor, which has the terminal meanwhile.

    Raises EditorMissing, EditorFailed and FileUnwritable; the text is then as it was.
    """
    words = command()
    try:
        # Its owner's only, as `mkdtemp` makes it.
        folder = Path(tempfile.mkdtemp(prefix="gealc-"))
        file = folder / "nota.txt"
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as out:
            out.write(f"{text}\n" if text else "")
    except OSError as error:
        raise errors.FileUnwritable(path=tempfile.gettempdir(), reason=errors.reason_of(error)) from error
    keep = False
    try:
        ended = subprocess.run([*words, str(file)], check=False).returncode
        if not file.is_file():
            raise errors.EditorFailed(reason="lost")
        if file.stat().st_size > _LARGEST:
            keep = True
            raise errors.EditorFailed(reason="too_large", path=str(file))
        came = _read(file)
    except OSError as error:
        keep = file.exists()
        raise errors.EditorFailed(reason="other", path=str(file) if keep else "") from error
    finally:
        if not keep:
            shutil.rmtree(folder, ignore_errors=True)
    if ended and came == text:
        raise errors.EditorFailed(reason="status")
    return Edited(came, bool(ended))


def _read(file: Path) -> str:
    """The text of a file in whatever encoding an editor chose; without the newline that editors put at the end."""
    data = file.read_bytes()
    text = next((found for name in _encodings(data) if (found := _decoded(data, name)) is not None), "")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.removesuffix("\n")


def _encodings(data: bytes) -> tuple[str, ...]:
    wide = ("utf-16",) if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ()
    # Latin-1 knows every byte.
    return (*wide, "utf-8-sig", "cp1252", "latin-1")


def _decoded(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None
