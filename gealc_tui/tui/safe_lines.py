"""The last net before the terminal: whatever a widget draws, nothing that a terminal would obey leaves with it.

Words are made fit (`plain.drawable`) where they are drawn. Lines that are typed into draw themselves, and what is
pasted into them, or opened in them, is anybody's.
"""

from __future__ import annotations

import re

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

# None of these takes a column: a line keeps its width without them.
_OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")


class Unobeyed(LineFilter):
    """Leaves control characters and bidirectional overrides out of what is drawn; the text itself keeps them."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        if not any(_OBEYED.search(text) for text, _, control in segments if not control):
            return segments
        return [one if one.control else Segment(_OBEYED.sub("", one.text), one.style) for one in segments]
