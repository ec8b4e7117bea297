"""Long texts drawn a window at a time: as much as somebody reads at once, and a line that says what is left out.

Promise: what is drawn of a text has at most as many lines and characters as asked, however long the text is, for a
terminal lays every line out again at each change of size. The whole can always be opened (`screens.whole_text`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from rich.text import Text

from gealc_tui.domain.word_difference import Part, Parts
from gealc_tui.i18n import t, tn


class Window(NamedTuple):
    """How much of a text is drawn."""

    lines: int
    characters: int


IN_A_LIST = Window(60, 12_000)
"""Of a field, a note or an observation among others."""

IN_A_CHANGE = Window(10, 1_000)
"""Of what a change wrote, among all that happened."""

ALONE = Window(300, 20_000)
"""Of a value that is compared with others."""

A_PAGE = Window(1_000, 100_000)
"""Of a text that stands alone on a page, such as minutes."""

MOST_ROWS = 300
"""Of a list whose rows are all drawn at once."""

_A_LIST = Window(600, 60_000)
"""Of all that stands in a list, before each text of it is cut short."""

_SHORT = Window(2, 200)

_ALIKE = Window(20, 1_500)
"""Of what two texts have in common, between what differs."""


def excerpt(text: str, window: Window = IN_A_LIST) -> str:
    """The beginning of a text; if something is left out, a last line says how much."""
    kept = _beginning(text, window)
    return text if kept == len(text) else f"{text[:kept]}\n{_left_out(text[kept:])}"


def bounded(texts: Iterable[Text]) -> list[Text]:
    """The texts of a list; when those before have taken the room that a list has, only how each begins."""
    found: list[Text] = []
    lines = characters = 0
    for text in texts:
        if lines > _A_LIST.lines or characters > _A_LIST.characters:
            kept = _beginning(text.plain, _SHORT)
            text = text if kept == len(text.plain) else Text.assemble(text[:kept], " …")
        found.append(text)
        lines, characters = lines + text.plain.count("\n") + 1, characters + len(text.plain)
    return found


def excerpt_of_parts(parts: Parts, window: Window = ALONE) -> Parts:
    """Of a text that was compared, all that differs as far as it fits, and of what is alike its ends."""
    found: list[Part] = []
    room = window
    for place, part in enumerate(parts):
        shown = part.text if part.differs else _ends(part.text)
        kept = _beginning(shown, room)
        found.append(Part(shown[:kept], part.differs))
        if kept < len(shown):
            rest = part.text[kept:] + "".join(one.text for one in parts[place + 1 :])
            found.append(Part(f"\n{_left_out(rest)}", False))
            break
        room = Window(room.lines - shown.count("\n"), room.characters - len(shown))
    return tuple(found)


def _beginning(text: str, window: Window) -> int:
    """How many characters of a text are drawn: whole lines, if there are several."""
    ends = [*_line_ends(text, window)]
    return ends[-1] if ends else min(len(text), window.characters)


def _line_ends(text: str, window: Window) -> Iterator[int]:
    start = 0
    for _ in range(max(window.lines, 1)):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        if end > window.characters:
            return
        yield end
        if end == len(text):
            return
        start = end + 1


def _ends(text: str) -> str:
    """What is alike, without its middle if it is long."""
    first = _beginning(text, _ALIKE)
    last = len(text) - _beginning(text[::-1], _ALIKE)
    if first >= last:
        return text
    return f"{text[:first]}\n{t('… {what} iguales …', what=_size(text[first:last]))}\n{text[last:]}"


def _left_out(text: str) -> str:
    return t("… siguen {what}", what=_size(text.strip("\n") or text))


def _size(text: str) -> str:
    lines = text.count("\n") + 1
    if lines > 1:
        return tn("{n} renglón", "{n} renglones", lines)
    return tn("{n} carácter", "{n} caracteres", len(text))
