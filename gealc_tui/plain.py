"""Foreign text made fit to be drawn: nothing in it moves the cursor, colours, or turns the line round.

The text itself is kept as it is; only what reaches a terminal passes through here.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Escape sequences whole (CSI, OSC, the rest), then control characters but newline, then bidirectional overrides.
_SEQUENCES = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]|(?:\x1b\]|\x9d)[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)?|\x1b[@-Z\\^_]"
)
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def drawable(text: str) -> str:
    """The text without what a terminal would obey; tabs become spaces, newlines stay."""
    return _CONTROLS.sub("", _SEQUENCES.sub("", text)).replace("\t", "    ")


@lru_cache(4096)
def folded(text: str) -> str:
    """A text without accents, case and blanks at its ends, for finding."""
    decomposed = unicodedata.normalize("NFD", text.strip().casefold())
    return "".join(character for character in decomposed if not unicodedata.combining(character))
