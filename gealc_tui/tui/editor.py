"""A text written in the person's own editor ($VISUAL, $EDITOR).

The text lies meanwhile in a file that only its owner can read, in a folder of its own that goes away. Whatever the
editor does, no word is lost: what cannot be taken back stays where it is, and the error says where. An editor with a
window of its own (`VISUAL=code`) ends at once, long before somebody saves: then the file stays, and is looked at.
"""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from gealc_tui import errors
from gealc_tui.domain.limits import LONGEST_TEXT

_LARGEST = 4 * LONGEST_TEXT
"""Bytes that a note may take in UTF-8."""


AT_ONCE_SECONDS = 2.0
"""Who ends so soon and has changed nothing may go on in a window of its own."""


class Edited(NamedTuple):
    """What came back. `failed`: the editor ended with an error, having written this all the same."""

    text: str
    failed: bool = False
    file: Path | None = None
    """The file, if the editor may still write into it."""


class WaitedFor(NamedTuple):
    """A file into which an editor may still write: when it was last written, and what it held then."""

    file: Path
    written: int
    text: str

    @classmethod
    def from_now(cls, file: Path, text: str) -> WaitedFor:
        """What is written from now on is new."""
        return cls(file, _written(file), text)

    def new_one(self) -> WaitedFor | None:
        """The file as it was written since it was last looked at; None: it was not, or cannot be read yet."""
        written = _written(self.file)
        if written == self.written:
            return None
        try:
            # Emptied first, filled then: who looks in between waits for the rest.
            if not 0 < self.file.stat().st_size <= _LARGEST:
                return None
            return WaitedFor(self.file, written, _read(self.file))
        except OSError:
            return None

    def put_into(self, text: str, after: WaitedFor) -> str:
        """A text with what this file held replaced by what it holds `after`; what was typed besides stays."""
        if self.text and self.text in text:
            return text.replace(self.text, after.text, 1)
        return f"{text}\n{after.text}" if text else after.text

    def remembered(self) -> str:
        """One line by which `again` finds it. What the file held lies beside it. Raises OSError."""
        _beside(self.file).write_bytes(self.text.encode())
        return f"{self.written} {self.file}"

    @classmethod
    def again(cls, line: str) -> WaitedFor | None:
        """From such a line; None if it is none, or the file is gone."""
        written, _, path = line.partition(" ")
        file = Path(path)
        if not (written.isascii() and written.isdigit() and path and file.is_file()):
            return None
        try:
            return cls(file, int(written), _beside(file).read_bytes().decode())
        except (OSError, UnicodeDecodeError):
            return cls(file, int(written), "")


def _beside(file: Path) -> Path:
    return file.with_name("antes.txt")


def _written(file: Path) -> int:
    try:
        return file.stat().st_mtime_ns
    except OSError:
        return 0


def usual(system: str) -> tuple[str, ...]:
    """Editors that come with a system (`os.name`), for who names none; the first one that is there is taken."""
    return ("notepad",) if system == "nt" else ("nano", "vi")


_USUAL = usual(os.name)


def command() -> list[str]:
    """The editor, with its arguments. Raises EditorMissing."""
    chosen = os.environ.get("VISUAL") or os.environ.get("EDITOR") or ""
    if not chosen:
        found = next((path for name in _USUAL if (path := shutil.which(name))), None)
        if found is None:
            raise errors.EditorMissing(command="")
        return [found]
    # A path with blanks is often not quoted: the whole is tried first.
    for words in ([chosen.strip('"')], _words(chosen)):
        # By the path that is found: on Windows `code` is `code.CMD`, which is run only by its whole name.
        if words and (program := shutil.which(words[0])) is not None:
            return [program, *words[1:]]
    raise errors.EditorMissing(command=chosen)


def _words(chosen: str) -> list[str]:
    """A command line in words, without their quotes; none if a quote is not closed."""
    try:
        words = shlex.split(chosen, posix=os.name != "nt")
    except ValueError:
        return []
    return [word.strip('"') for word in words]


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
    began = time.monotonic()
    try:
        ended = subprocess.run([*words, str(file)], check=False).returncode
        if not file.is_file():
            raise errors.EditorFailed(reason="lost")
        if file.stat().st_size > _LARGEST:
            keep = True
            raise errors.EditorFailed(reason="too_large", path=str(file))
        came = _read(file)
        keep = not ended and came == text and time.monotonic() - began < AT_ONCE_SECONDS
    except OSError as error:
        keep = file.exists()
        raise errors.EditorFailed(reason="other", path=str(file) if keep else "") from error
    finally:
        if not keep:
            shutil.rmtree(folder, ignore_errors=True)
    if ended and came == text:
        raise errors.EditorFailed(reason="status")
    return Edited(came, bool(ended), file if keep else None)


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
