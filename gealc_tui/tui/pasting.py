"""What is pasted, made fit for where it goes: accents composed, and many lines made one where only one has room."""

from __future__ import annotations

import unicodedata
from typing import NamedTuple


class Pasted(NamedTuple):
    """The text as it goes in, and how many lines were made one (0: none)."""

    text: str
    joined: int = 0


def fitted(text: str, *, one_line: bool) -> Pasted:
    """A pasted text with composed accents (NFC) and newlines as `\\n`. On one line nothing but blanks is left out."""
    composed = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    if not one_line:
        return Pasted(composed)
    # Everything at which Textual's Input would cut.
    lines = [line.strip() for line in composed.splitlines() if line.strip()]
    if len(lines) < 2:
        return Pasted(lines[0] if lines and "\n" in composed else composed.strip("\r\n"))
    return Pasted(" ".join(lines), len(lines))
