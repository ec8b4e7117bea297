"""The numbers that Word counts itself, from a paragraph or from its style: none of them stands in the text.

ECMA-376, part 1, section 17.9. Promise: what is shown in front of a paragraph is told as Word shows it; bullets,
which are no text, are not.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

DEEPEST = 9
"""Levels of a list."""

_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"))
_ROMAN_SMALL = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


def name_of(element: Any) -> str:
    """The name of an element without its namespace, of which there are a usual and a strict one; "" of a comment."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def value_of(element: Any, name: str = "val") -> str | None:
    """An attribute, whatever its namespace."""
    for key, value in element.attrib.items():
        if key.rpartition("}")[2] == name:
            return str(value)
    return None


def child(element: Any, *path: str) -> Any:
    """The first descendant along a path of names; None."""
    for name in path:
        if element is None:
            return None
        element = next((one for one in element if name_of(one) == name), None)
    return element


def is_on(element: Any) -> bool:
    """Whether a switch is there and on: `<w:vanish/>`, `<w:vanish w:val="true"/>`."""
    return element is not None and value_of(element) not in ("0", "false", "off")


def number_in(element: Any, otherwise: int) -> int:
    """A number that an element holds, if it is a credible one."""
    text = value_of(element) if element is not None else None
    return int(text) if text is not None and text.isascii() and text.isdecimal() and len(text) < 7 else otherwise


class _Level(NamedTuple):
    start: int
    format: str
    text: str
    is_legal: bool
    """All its numbers are shown as digits."""
    restarts: int
    """It begins anew behind a number of a level before this one (counted from 1); 0: never."""


class Styles:
    """What paragraph styles say that matters here, also of the style on which they are based."""

    def __init__(self, root: Any) -> None:
        self._styles: dict[str, Any] = {}
        self._usual = ""
        for style in () if root is None else root:
            if name_of(style) == "style" and value_of(style, "type") in (None, "paragraph"):
                id = value_of(style, "styleId") or ""
                self._styles[id] = style
                if value_of(style, "default") in ("1", "true"):
                    self._usual = id

    def chain(self, properties: Any) -> Iterator[Any]:
        """What says something of a paragraph: its own properties, then those of its style and what that is based on."""
        if properties is not None:
            yield properties
        said = child(properties, "pStyle")
        id = (value_of(said) if said is not None else None) or self._usual
        seen: set[str] = set()
        while id in self._styles and id not in seen:
            seen.add(id)
            style = self._styles[id]
            if (own := child(style, "pPr")) is not None:
                yield own
            base = child(style, "basedOn")
            id = (value_of(base) or "") if base is not None else ""

    def level(self, properties: Any) -> int | None:
        """The outline level of a paragraph: 0 for a heading 1; None for plain text."""
        for said in self.chain(properties):
            if (outline := child(said, "outlineLvl")) is not None:
                level = number_in(outline, DEEPEST)
                return level if level < DEEPEST else None
        return None


class Numbering:
    """Counts, paragraph by paragraph, as Word does."""

    def __init__(self, root: Any, styles: Styles) -> None:
        self._styles = styles
        self._levels: dict[str, dict[int, _Level]] = {}
        self._of: dict[str, str] = {}
        """The abstract list of each list."""
        self._overrides: dict[tuple[str, int], int] = {}
        self._by_style: dict[tuple[str, str], int] = {}
        self._counts: dict[str, list[int | None]] = {}
        self._begun: set[tuple[str, int]] = set()
        linked: dict[str, str] = {}
        by_link: dict[str, str] = {}
        for one in () if root is None else root:
            if name_of(one) == "abstractNum":
                id = value_of(one, "abstractNumId") or ""
                self._levels[id] = dict(self._read_levels(id, one))
                if (link := child(one, "styleLink")) is not None:
                    by_link[value_of(link) or ""] = id
                if (link := child(one, "numStyleLink")) is not None:
                    linked[id] = value_of(link) or ""
            elif name_of(one) == "num":
                self._read_list(one)
        for id, style in linked.items():
            self._levels[id] = self._levels[id] or self._levels.get(by_link.get(style, ""), {})

    def _read_levels(self, id: str, abstract: Any) -> Iterator[tuple[int, _Level]]:
        for one in abstract:
            if name_of(one) == "lvl":
                place = int(value_of(one, "ilvl") or "0") if (value_of(one, "ilvl") or "0") in "012345678" else 0
                if (style := child(one, "pStyle")) is not None:
                    self._by_style[id, value_of(style) or ""] = place
                yield place, _level(one, place)

    def _read_list(self, one: Any) -> None:
        id, abstract = value_of(one, "numId") or "", child(one, "abstractNumId")
        self._of[id] = (value_of(abstract) or "") if abstract is not None else ""
        for override in one:
            if name_of(override) == "lvlOverride":
                place = value_of(override, "ilvl") or ""
                begin = child(override, "startOverride")
                if begin is not None and place in tuple("012345678"):
                    self._overrides[id, int(place)] = number_in(begin, 1)

    def label(self, properties: Any) -> str:
        """What is shown in front of the next paragraph, which has these properties; "" if nothing is."""
        found = self._place(properties)
        if found is None:
            return ""
        list, place = found
        abstract = self._of[list]
        levels = self._levels.get(abstract, {})
        level = levels.get(place)
        if level is None:
            return ""
        counts = self._counts.setdefault(abstract, [None] * DEEPEST)
        if (list, place) in self._overrides and (list, place) not in self._begun:
            self._begun.add((list, place))
            counts[place] = self._overrides[list, place]
        else:
            before = counts[place]
            counts[place] = level.start if before is None else before + 1
        for deeper in range(place + 1, DEEPEST):
            below = levels.get(deeper)
            if below is not None and below.restarts > place:
                counts[deeper] = None
        if level.format in ("bullet", "none"):
            return ""
        return self._spelled(level, levels, counts)

    def _place(self, properties: Any) -> tuple[str, int] | None:
        """The list and the level of a paragraph; the list 0 says that it has none, whatever its style says."""
        list, place = None, None
        for said in self._styles.chain(properties):
            numbers = child(said, "numPr")
            if numbers is None:
                continue
            id, level = child(numbers, "numId"), child(numbers, "ilvl")
            if place is None and level is not None:
                place = number_in(level, 0)
            if list is None and id is not None:
                list = value_of(id) or ""
            if list is not None:
                break
        if list is None or list not in self._of:
            return None
        if place is None:
            style = child(properties, "pStyle")
            place = self._by_style.get((self._of[list], (value_of(style) or "") if style is not None else ""), 0)
        return (list, place) if place < DEEPEST else None

    def _spelled(self, level: _Level, levels: dict[int, _Level], counts: list[int | None]) -> str:
        text = level.text
        for place in range(DEEPEST):
            if f"%{place + 1}" in text:
                other = levels.get(place)
                format = "decimal" if other is None or level.is_legal else other.format
                number = counts[place]
                if number is None:
                    number = counts[place] = 1 if other is None else other.start
                text = text.replace(f"%{place + 1}", _number(number, format))
        return text.strip()


def _level(one: Any, place: int) -> _Level:
    format, text = child(one, "numFmt"), child(one, "lvlText")
    return _Level(
        number_in(child(one, "start"), 0),
        (value_of(format) or "decimal") if format is not None else "decimal",
        (value_of(text) or "") if text is not None else "",
        is_on(child(one, "isLgl")),
        number_in(child(one, "lvlRestart"), place),
    )


def _number(number: int, format: str) -> str:
    if format in ("lowerRoman", "upperRoman"):
        spelled = _roman(number)
    elif format in ("lowerLetter", "upperLetter"):
        # a … z, aa, bb …
        spelled = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 % 20 + 1) if number > 0 else ""
    elif format == "decimalZero":
        spelled = f"{number:02}"
    else:
        spelled = str(number)
    return spelled.upper() if format.startswith("upper") else spelled


def _roman(number: int) -> str:
    if not 0 < number < 4000:
        return str(number)
    spelled = ""
    for worth, sign in _ROMAN + _ROMAN_SMALL:
        spelled += sign * (number // worth)
        number %= worth
    return spelled
